package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.lang.management.ManagementFactory;

/**
 * Counts the bytes that the calling thread allocates. Until C2 has compiled SIMD kernels, these
 * make objects of vectors, so that everything is repeated until it is clean once. What allocates by
 * itself does so every time.
 */
final class Allocation {

    private static final long ALLOWED_BYTES_PER_STEP = 1024;

    /** Far more than C2 needs; plain loops need but to be loaded. */
    static final int ROUNDS = Engine.kernelSet().equals("scalar") ? 500 : 30_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    static void assertNone(Runnable step) {
        assertEquals(0, leastBytesPerStep(step, 1));
    }

    static void assertFew(Runnable step) {
        long bytes = leastBytesPerStep(step, ALLOWED_BYTES_PER_STEP);
        assertTrue(bytes < ALLOWED_BYTES_PER_STEP, () -> bytes + " bytes in every step");
    }

    /**
     * Returns the bytes of the first twenty steps on end that stay below a limit, or of the last.
     */
    private static long leastBytesPerStep(Runnable step, long limit) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && bytes >= limit; round++) {
            bytes = 0;
            for (int i = 0; i < 20; i++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                step.run();
                bytes = Math.max(bytes, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
        }
        return bytes;
    }

    /** Looks for an epoch in which no step allocates much, and ends training with it. */
    static final class Meter implements TrainerCallback {

        private long before;
        private long mostOfEpoch;

        @Override
        public void onBatchEnd(Progress progress) {
            long now = THREADS.getCurrentThreadAllocatedBytes();
            mostOfEpoch = Math.max(mostOfEpoch, now - before);
            before = now;
        }

        @Override
        public void onEpochEnd(Progress progress) {
            boolean shapesSeen = progress.epoch() > 1;
            if (shapesSeen && mostOfEpoch < ALLOWED_BYTES_PER_STEP) {
                progress.stop();
            } else if (progress.epoch() < progress.epochs()) {
                mostOfEpoch = 0;
            }
        }

        void assertFew() {
            assertTrue(
                    mostOfEpoch < ALLOWED_BYTES_PER_STEP,
                    () -> "%d bytes in a step of every epoch".formatted(mostOfEpoch));
        }
    }
}
