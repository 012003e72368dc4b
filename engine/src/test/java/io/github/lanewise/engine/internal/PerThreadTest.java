package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.FutureTask;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PerThreadTest {

    private static final int TRIES = 500;

    @Test
    void eachThreadHasItsOwnAndKeepsIt() throws Exception {
        PerThread<float[]> values = PerThread.withInitial(() -> new float[1]);
        float[] mine = values.get();
        System.gc();
        assertSame(mine, values.get());
        assertNotSame(mine, onAnotherThread(values));
        assertSame(mine, values.get());
        assertNotSame(mine, PerThread.withInitial(() -> new float[1]).get());
    }

    @Test
    void aValueGoesWithItsOwnerThoughItsThreadLives() throws InterruptedException {
        ReferenceQueue<float[]> collected = new ReferenceQueue<>();
        PerThread<float[]> values = PerThread.withInitial(() -> new float[1]);
        WeakReference<float[]> value = new WeakReference<>(values.get(), collected);
        assertNotNull(values.get());
        values = null;
        int tries = 0;
        while (collected.remove(10) == null) {
            assertTrue(++tries < TRIES, "a living thread keeps a value whose owner is gone");
            System.gc();
        }
        assertTrue(value.refersTo(null));
    }

    @Test
    void theValuesOfThreadsThatEndedDoNotPileUp() throws Exception {
        PerThread<float[]> values = PerThread.withInitial(() -> new float[1]);
        for (int thread = 0; thread < 100; thread++) {
            onAnotherThread(values);
        }
        for (int tries = 0; values.size() > 1; tries++) {
            assertTrue(tries < TRIES, values.size() + " values of threads that have ended");
            System.gc();
            onAnotherThread(values);
        }
        assertEquals(1, values.size());
    }

    @Test
    void theValuesOfOneThatIsAskedNoMoreGoWithTheirThreads() throws Exception {
        PerThread<float[]> quiet = PerThread.withInitial(() -> new float[1]);
        PerThread<float[]> busy = PerThread.withInitial(() -> new float[1]);
        onAnotherThread(quiet);
        for (int tries = 0; quiet.size() > 0; tries++) {
            assertTrue(tries < TRIES, "the value of a thread that has ended");
            System.gc();
            onAnotherThread(busy);
        }
        assertEquals(0, quiet.size());
    }

    @Test
    void memoryDoesNotEndWhileValuesThatNobodyUsesHoldIt() throws Exception {
        int size = (int) Math.min(1 << 24, Runtime.getRuntime().maxMemory() / 64);
        PerThread<float[]> values = PerThread.withInitial(() -> new float[size]);
        long fillsHeapTwice = 2 * Runtime.getRuntime().maxMemory() / (4L * size);
        for (int thread = 0; thread < fillsHeapTwice; thread++) {
            assertEquals(size, onAnotherThread(values).length);
        }
        assertEquals(size, values.get().length);
    }

    private static float[] onAnotherThread(PerThread<float[]> values) throws Exception {
        FutureTask<float[]> task = new FutureTask<>(values::get);
        Thread thread = new Thread(task);
        thread.start();
        thread.join();
        return task.get();
    }
}
