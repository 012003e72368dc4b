package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.internal.scalar.ScalarFmaLoop;

import org.junit.jupiter.api.Test;

class FmaPeakTest {

    @Test
    void peakIsPlausible() {
        double peak = FmaPeak.measure(new ScalarFmaLoop(), 2);
        assertTrue(peak > 0.01 && peak < 1e5, peak + " GFLOP/s");
    }

    @Test
    void anInterruptedMeasurementSaysSoAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThrows(IllegalStateException.class, () -> FmaPeak.measure(new ScalarFmaLoop(), 2));
        assertTrue(Thread.interrupted(), "the interruption was lost");
    }

    @Test
    void chainsConverge() {
        // The fixed point of c = 0.75 c + 0.5.
        assertEquals(2, new ScalarFmaLoop().run(1_000), 1e-5);
    }
}
