package io.github.lanewise.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;

import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        Layer model =
                new Sequential(
                        new Linear(3, 4).withoutBias(),
                        new ReLU(),
                        new Dropout(0.25f),
                        new Linear(4, 2));
        String json = Architecture.toJson(model);
        Layer read = Architecture.fromJson(json);
        assertEquals(model.toString(), read.toString());
        assertEquals(json, Architecture.toJson(read));
    }

    @Test
    void whatIsNoDescriptionIsRefused() {
        FormatException e =
                assertThrows(
                        FormatException.class,
                        () -> Architecture.fromJson("{\"type\": \"Runtime\", \"options\": {}}"));
        assertTrue(e.getMessage().contains("a layer that this program knows"), e.getMessage());
        assertThrows(FormatException.class, () -> Architecture.fromJson("Linear(3, 4)"));
    }
}
