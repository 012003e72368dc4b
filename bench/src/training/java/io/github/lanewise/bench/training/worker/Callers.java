package io.github.lanewise.bench.training.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;

/** Several threads that ask one network at once. */
final class Callers {

    private Callers() {}

    /** Returns the answer to a request for callers: calls of all together and nanoseconds. */
    static String run(Stack.Inference inference, int count, int millis) {
        CyclicBarrier start = new CyclicBarrier(count + 1);
        long[] calls = new long[count];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int mine = i;
            Stack.Inference own = i == 0 ? inference : inference.forAnotherThread();
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .start(
                                    () -> {
                                        await(start);
                                        calls[mine] = Timing.repeat(own::run, millis * 1_000_000L);
                                    }));
        }
        long begin = System.nanoTime();
        await(start);
        threads.forEach(Callers::join);
        long nanos = System.nanoTime() - begin;
        long all = 0;
        for (long mine : calls) {
            all += mine;
        }
        return "ran %d %d".formatted(all, nanos);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException("the callers were interrupted", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the callers were interrupted", e);
        }
    }
}
