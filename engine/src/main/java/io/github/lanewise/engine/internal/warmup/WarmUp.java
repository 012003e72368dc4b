package io.github.lanewise.engine.internal.warmup;

import io.github.lanewise.engine.internal.DaemonThreads;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.KernelSource;

import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Begins with plain loops and goes over to SIMD, family by family, as soon as SIMD is faster.
 *
 * <p>Until C2 has compiled it, vector code runs hundreds of times slower than afterwards and
 * allocates; plain loops are compiled within a few dozen milliseconds. So a daemon thread runs the
 * SIMD kernels on small operands while the program computes on plain loops, and a {@link
 * CompilationProbe} of each kernel of a family tells when it is compiled. Nobody can tell the
 * moment of the change except by the clock, because the bits are the same.
 *
 * <p>Products are probed at once, other heavy families from their first call on, light ones from
 * the third: a program pays for no kernel that it does not use, or hardly. A family that is not
 * compiled in the end is named in a warning, and gets another trial later. The thread ends once
 * nothing has been due for some seconds, or if it is interrupted; what is due then, or later,
 * starts another.
 */
public final class WarmUp implements KernelSource, Runnable {

    /**
     * How many times as long as a round took the light families rest after it, on few cores. Most
     * of the program's speed is there by then, and what they and C2 take, it loses.
     */
    private static final int REST = 24;

    /** A round counts for no more than this: one that takes much longer was held up by others. */
    private static final long LONGEST_ROUND_NANOS = 4_000_000;

    /** How long the thread waits for a family to be due before it ends. */
    private static final long IDLE_NANOS = 3_000_000_000L;

    private final KernelSet plain;
    private final Supplier<KernelSet> maker;
    private final DaemonThreads threads;
    private final long idleNanos;
    private final Consumer<String> warn;
    private final Map<Family, String> faults = new ConcurrentSkipListMap<>();
    private final Set<Family> ready = EnumSet.noneOf(Family.class);
    private final BlockingQueue<Family> wanted = new PriorityBlockingQueue<>(16, Family::byUrgency);
    private final Map<Family, List<CompilationProbe>> probes = new EnumMap<>(Family.class);
    private final FamilyCalls calls = new FamilyCalls();
    private final CompilerCore core = new CompilerCore();
    private final AtomicReferenceArray<KernelSet> current =
            new AtomicReferenceArray<>(Family.values().length);

    private final Map<Family, CompilationWait> waits = new EnumMap<>(Family.class);
    private KernelSet simd;

    /** Whether there is a thread, or will be as soon as it has started. */
    private boolean running;

    /** Whether the SIMD kernels do not work here, so that no family ever takes over again. */
    private volatile boolean failed;

    private WarmUp(
            KernelSet plain,
            Supplier<KernelSet> maker,
            DaemonThreads threads,
            long idleNanos,
            Consumer<String> warn) {
        this.plain = plain;
        this.maker = maker;
        this.threads = threads;
        this.idleNanos = idleNanos;
        this.warn = warn;
        for (Family family : Family.values()) {
            current.set(family.ordinal(), plain);
            if (family.isHeavy()) {
                waits.put(family, CompilationWait.forFamily(family));
            }
        }
    }

    /**
     * Starts the probes in the background and returns the source that they feed. Even making the
     * SIMD kernels is left to the background, since it loads a good part of the Vector API.
     */
    public static KernelSource start(KernelSet plain, Supplier<KernelSet> simd) {
        return start(plain, simd, DaemonThreads.shared(), IDLE_NANOS, WarmUp::log);
    }

    private static void log(String warning) {
        System.getLogger("io.github.lanewise.engine").log(Level.WARNING, warning);
    }

    /**
     * The same on a thread from there, which ends when nothing has been due for so long, and warns
     * there.
     */
    static KernelSource start(
            KernelSet plain,
            Supplier<KernelSet> simd,
            DaemonThreads threads,
            long idleNanos,
            Consumer<String> warn) {
        WarmUp warmUp = new WarmUp(plain, simd, threads, idleNanos, warn);
        warmUp.ask(Family.PRODUCTS);
        return warmUp;
    }

    @Override
    public KernelSet current(Family family) {
        if (calls.areCounted(family)) {
            count(family);
        }
        if (core.isOneOfFew() && family.isHeavy()) {
            waits.get(family).await();
        }
        return current.get(family.ordinal());
    }

    @Override
    public List<String> faults() {
        return List.copyOf(faults.values());
    }

    @Override
    public boolean wantsCore() {
        return core.isWanted() && !failed;
    }

    /** Counts the first calls of a family, or those since its last trial. */
    private synchronized void count(Family family) {
        if (calls.areEnough(family)) {
            ask(family);
        }
    }

    private synchronized void ask(Family family) {
        if (calls.makeDue(family)) {
            core.begin(family);
            wanted.add(family);
            family.helpers().forEach(this::ask);
        }
        if (!running && !failed) {
            running = true;
            if (threads.start("lanewise-warm-up", this) == null) {
                leave();
            }
        }
    }

    /**
     * Leaves what is due to a later call of the same family, which starts a thread for it; nobody
     * waits for it meanwhile.
     */
    private synchronized void leave() {
        running = false;
        for (Family family = wanted.poll(); family != null; family = wanted.poll()) {
            calls.forget(family);
            core.leave(family);
        }
        waits.values().forEach(CompilationWait::end);
    }

    @Override
    public void run() {
        boolean works = false;
        try {
            if (simd == null) {
                simd = maker.get();
            }
            for (Family family = next(); family != null; family = next()) {
                if (!probe(family)) {
                    wanted.add(family);
                }
            }
            works = true;
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants it to end; what is ready stays so.
            works = true;
            leave();
        } finally {
            if (!works) {
                failed = true;
                waits.values().forEach(CompilationWait::end);
            }
        }
    }

    /** Returns the next family that is due, or null once none has been for some time. */
    private Family next() throws InterruptedException {
        Family family = wanted.poll(idleNanos, TimeUnit.NANOSECONDS);
        if (family != null) {
            return family;
        }
        synchronized (this) {
            family = wanted.poll();
            running = family != null;
            return family;
        }
    }

    /**
     * Probes a family's kernels until all probes are done or a family comes that goes ahead;
     * returns whether they are done.
     */
    private boolean probe(Family family) throws InterruptedException {
        List<CompilationProbe> all = probes.computeIfAbsent(family, this::newProbes);
        while (!all.stream().allMatch(CompilationProbe::isDone)) {
            if (Thread.interrupted()) {
                wanted.add(family);
                throw new InterruptedException();
            }
            Family next = wanted.peek();
            if (next != null && next.isMoreUrgentThan(family)) {
                return false;
            }
            rest(family, runRounds(all));
        }
        Optional<CompilationProbe> slow =
                all.stream().filter(probe -> !probe.isCompiled()).findFirst();
        if (slow.isPresent()) {
            staysPlain(family, slow.get());
        } else {
            faults.remove(family);
            ready.add(family);
            publish();
        }
        core.end(family);
        if (family.isHeavy()) {
            waits.get(family).end();
        }
        return true;
    }

    private void staysPlain(Family family, CompilationProbe slow) {
        String fault =
                String.format(
                        Locale.ROOT,
                        "the kernels of %s stay on plain loops (same results, slower): %s",
                        family,
                        slow.fault());
        if (faults.put(family, fault) == null) {
            warn.accept(fault + "; examples/run doctor looks for the cause");
        }
        probes.remove(family);
        allowRetry(family);
    }

    /** A machine may have been too busy for the compiler, and be so no more. */
    private synchronized void allowRetry(Family family) {
        calls.allowRetry(family);
    }

    private List<CompilationProbe> newProbes(Family family) {
        return FamilyProbes.of(family).kernels().stream()
                .map(kernel -> new CompilationProbe(kernel, simd, plain))
                .toList();
    }

    /** Runs a round of each probe that is not done; returns how long they took. */
    private static long runRounds(List<CompilationProbe> probes) {
        long nanos = 0;
        for (CompilationProbe probe : probes) {
            if (!probe.isDone()) {
                nanos += probe.runRound();
            }
        }
        return nanos;
    }

    /** Leaves the cores to the program and the compiler, after a round that took so long. */
    private void rest(Family family, long nanos) {
        if (family.isLight() && core.isShared()) {
            LockSupport.parkNanos(REST * Math.min(nanos, LONGEST_ROUND_NANOS));
        } else {
            Thread.yield();
        }
    }

    private void publish() {
        for (Family family : ready) {
            if (ready.containsAll(family.helpers())) {
                current.set(family.ordinal(), simd);
            }
        }
    }
}
