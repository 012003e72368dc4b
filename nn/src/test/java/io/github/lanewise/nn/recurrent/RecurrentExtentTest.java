package io.github.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many layers stand on each other. */
class RecurrentExtentTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, Integer.MAX_VALUE})
    void layersOutOfRangeAreRefusedBeforeTheyTakeMemory(int layers) {
        LSTM lstm = new LSTM(2, 3);
        assertThrows(IllegalArgumentException.class, () -> lstm.numLayers(layers));
    }

    @Test
    void aThousandLayersStandOnEachOther() {
        assertEquals(4000, new GRU(1, 1).numLayers(1000).parameters().size());
    }
}
