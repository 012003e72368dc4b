package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.plain.PlainKernels;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;

class WarmUpTest {

    @Test
    void callsRunOnPlainKernelsWhileTheOthersAreStillBeingMade() {
        KernelSet plain = PlainKernels.create();
        CountDownLatch asked = new CountDownLatch(1);
        KernelSource source = WarmUp.start(plain, () -> madeAfter(asked));
        try {
            for (Family family : Family.values()) {
                assertSame(plain, source.current(family), family.name());
            }
        } finally {
            asked.countDown();
        }
    }

    private static KernelSet madeAfter(CountDownLatch asked) {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return PlainKernels.create();
    }
}
