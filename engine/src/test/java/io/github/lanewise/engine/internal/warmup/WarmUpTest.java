package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.internal.DaemonThreads;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.PointwiseKernels;
import io.github.lanewise.engine.internal.plain.PlainKernels;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WarmUpTest {

    private final List<Thread> started = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final DaemonThreads threads = new DaemonThreads(this::start, clock::get, m -> {});
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile boolean slow = true;
    private boolean full;
    private int attempts;

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

    @Test
    void theThreadEndsWhenNothingIsDueAndComesBack() throws InterruptedException {
        KernelSource source = start(PlainKernels::create);
        assertEnds(0);
        for (int call = 0; call < 3; call++) {
            source.current(Family.DROPOUT);
        }
        assertEnds(1);
        source.current(Family.DROPOUT);
        source.current(Family.PRODUCTS);
        assertEquals(2, started.size(), "nothing was due");
    }

    @Test
    void anInterruptedThreadEndsAndTheNextCallStartsAnother() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        KernelSource source = start(() -> madeAfter(interrupted));
        started.getFirst().interrupt();
        interrupted.countDown();
        assertEnds(0);
        assertFalse(source.wantsCore(), "callers keep a core free for nobody");
        for (int call = 0; call < 100; call++) {
            source.current(Family.PRODUCTS);
        }
        assertEnds(1);
        source.current(Family.PRODUCTS);
        assertEquals(2, started.size(), "products had been probed");
    }

    @Test
    void whereNoThreadStartsCallsRunOnPlainKernelsUntilOneDoes() throws InterruptedException {
        full = true;
        KernelSet plain = PlainKernels.create();
        KernelSource source =
                WarmUp.start(
                        plain,
                        PlainKernels::create,
                        threads,
                        TimeUnit.MILLISECONDS.toNanos(1),
                        warnings::add);
        for (int call = 0; call < 100; call++) {
            assertSame(plain, source.current(Family.PRODUCTS));
            assertSame(plain, source.current(Family.DROPOUT));
        }
        assertEquals(1, attempts);
        full = false;
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        source.current(Family.DROPOUT);
        assertEnds(0);
    }

    @Test
    void aFamilyThatNeverTakesOverIsNamedOnce() throws InterruptedException {
        KernelSource source = start(this::withSlowBytes);
        callBytes(source, 100);
        assertEnds(0);
        assertEquals(1, warnings.size(), "warnings");
        assertEquals(1, source.faults().size(), "faults");
        String fault = source.faults().getFirst();
        assertTrue(fault.contains("BYTES stay on plain loops"), fault);
        assertTrue(warnings.getFirst().startsWith(fault), warnings.getFirst());
    }

    @Test
    void aFamilyThatWasTooLateGetsAnotherTrial() throws InterruptedException {
        KernelSource source = start(this::withSlowBytes);
        callBytes(source, 100);
        assertEnds(0);
        assertEquals(1, source.faults().size(), "faults");
        slow = false;
        callBytes(source, FamilyCalls.CALLS_TO_RETRY);
        assertEnds(1);
        assertEquals(List.of(), source.faults());
        assertEquals("slow", source.current(Family.BYTES).name());
        assertEquals(1, warnings.size(), "warnings");
    }

    @Test
    void trialsComeToAnEnd() throws InterruptedException {
        KernelSource source = start(this::withSlowBytes);
        for (int trial = 0; trial < 5; trial++) {
            callBytes(source, FamilyCalls.CALLS_TO_RETRY);
            started.getLast().join(TimeUnit.SECONDS.toMillis(50));
        }
        assertEquals(3, started.size(), "threads started");
        assertEquals(1, source.faults().size(), "faults");
        assertEquals(1, warnings.size(), "warnings");
    }

    private static void callBytes(KernelSource source, int calls) {
        for (int call = 0; call < calls; call++) {
            source.current(Family.BYTES);
        }
    }

    /** Kernels that unpack bytes a hundred times over as long as they are slow. */
    private KernelSet withSlowBytes() {
        KernelSet plain = PlainKernels.create();
        PointwiseKernels pointwise =
                (PointwiseKernels)
                        Proxy.newProxyInstance(
                                WarmUpTest.class.getClassLoader(),
                                new Class<?>[] {PointwiseKernels.class},
                                (proxy, method, arguments) -> {
                                    for (int turn = 0; turn < (slow ? 100 : 1); turn++) {
                                        method.invoke(plain.pointwise(), arguments);
                                    }
                                    return null;
                                });
        return new KernelSet(
                "slow",
                32,
                plain.products(),
                pointwise,
                plain.updates(),
                plain.rows(),
                plain.normalizations(),
                plain.cells(),
                plain.convolutions(),
                plain.pools(),
                plain.channels(),
                plain.losses());
    }

    private KernelSource start(Supplier<KernelSet> maker) {
        long idle = TimeUnit.MILLISECONDS.toNanos(1);
        return WarmUp.start(PlainKernels.create(), maker, threads, idle, warnings::add);
    }

    private void assertEnds(int number) throws InterruptedException {
        assertEquals(number + 1, started.size(), "threads started");
        started.get(number).join(TimeUnit.SECONDS.toMillis(50));
        assertFalse(started.get(number).isAlive(), "the warm-up does not end");
    }

    private void start(Thread thread) {
        attempts++;
        if (full) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        started.add(thread);
        thread.start();
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
