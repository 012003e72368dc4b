package io.github.lanewise.nn.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/** The schedules that PyTorch has not, at places where their formulas are known. */
class WavesTest {

    private static double[] first(int steps, LongToDoubleFunction at) {
        return LongStream.range(0, steps).mapToDouble(at).toArray();
    }

    @Test
    void aFlatRateFallsInTheSecondHalf() {
        double[] expected = {8, 8, 8, 8, 8, 4 + 4 * Math.sqrt(0.5), 4, 4 - 4 * Math.sqrt(0.5), 0};
        assertArrayEquals(expected, first(9, new FlatCosine(8, 8)::at), 1e-12);
    }

    /** Its waves end where 1 + 3 t / 12 is a power of two; log2(3) is amid the second. */
    @Test
    void wavesOfCosineLogDoubleInLength() {
        CosineLogLR waves = new CosineLogLR(0.5, 12, 2);
        assertEquals(0, waves.at(0));
        assertEquals(0.16184450211443602, waves.at(3), 1e-12);
        assertEquals(0, waves.at(4), 1e-12);
        assertEquals(0.46521548521560263, waves.at(8), 1e-12);
        assertEquals(0, waves.at(12), 1e-12);
    }

    @Test
    void aWaveOfCosineLogReachesTheRate() {
        double top = new CosineLogLR(0.5, 1_000_000, 1).at(414_214);
        assertEquals(0.5, top, 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "1, 31"})
    void stepsAndCyclesOutOfRangeAreRefused(long steps, int cycles) {
        assertThrows(IllegalArgumentException.class, () -> new CosineLogLR(1, steps, cycles));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30})
    void theEndsOfTheRangeOfCyclesAreInIt(int cycles) {
        assertEquals(0, new CosineLogLR(1, 5, cycles).at(0));
    }

    @Test
    void aFlatRateWithoutStepsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new FlatCosine(1, 0));
    }
}
