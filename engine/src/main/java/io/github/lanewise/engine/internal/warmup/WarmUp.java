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
import java.util.concurrent.atomic.AtomicInteger;
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
     * With so many cores, a program's threads leave none for the probes. Until heavy families are
     * compiled, which most of the time goes into, it pays to leave it one.
     */
    private static final int FEW_CORES = 3;

    /**
     * How many times as long as a round took the light families rest after it, on few cores. Most
     * of the program's speed is there by then, and what they and C2 take, it loses.
     */
    private static final int REST = 24;

    /**
     * A round that seems to take longer than this was held up by others, and counts for no more.
     */
    private static final long LONGEST_ROUND_NANOS = 100_000;

    /**
     * So many calls of a family do not start its probes, unless it is heavy: what is used once or
     * twice may stay slow.
     */
    private static final int FEW_CALLS = 2;

    /** Calls of a family after which kernels that were not compiled in time get another trial. */
    static final int CALLS_TO_RETRY = 10_000;

    /** After so many trials a family stays on plain loops. */
    private static final int MOST_TRIALS = 3;

    /**
     * How long after a heavy family callers still leave a core to C2, on few cores, if other
     * families are due: it then compiles what the first fast calls have shown it, and a worker
     * would only share a core with its caller.
     */
    private static final long SETTLING_NANOS = 500_000_000;

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
    private final int[] calls = new int[Family.values().length];
    private final int[] trials = new int[Family.values().length];
    private final boolean[] asked = new boolean[Family.values().length];
    private final AtomicReferenceArray<KernelSet> current =
            new AtomicReferenceArray<>(Family.values().length);

    private final int cores = Runtime.getRuntime().availableProcessors();
    private final boolean coresAreFew = cores <= FEW_CORES;
    private final AtomicInteger due = new AtomicInteger();
    private final AtomicInteger heavyDue = new AtomicInteger();
    private final Map<Family, CompilationWait> waits = new EnumMap<>(Family.class);
    private KernelSet simd;

    /** Whether there is a thread, or will be as soon as it has started. */
    private boolean running;

    /** Whether the SIMD kernels do not work here, so that no family ever takes over again. */
    private volatile boolean failed;

    /** Whether a heavy family is over, and C2 has not settled yet. */
    private volatile boolean settling;

    /** When it will have, by the clock. */
    private volatile long settled;

    /** Whether a call has lately asked for more cores than its own. */
    private volatile boolean othersAreInUse;

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
        if (!asked[family.ordinal()]) {
            count(family);
        }
        if (coresAreFew && family.isHeavy()) {
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
        if (!othersAreInUse) {
            othersAreInUse = true;
        }
        return coresAreFew && !failed && (heavyDue.get() > 0 || isSettling());
    }

    private boolean isSettling() {
        if (settling && (due.get() == 0 || System.nanoTime() - settled > 0)) {
            settling = false;
        }
        return settling;
    }

    /** Counts the first calls of a family, or those since its last trial. */
    private synchronized void count(Family family) {
        int first = family.isHeavy() ? 1 : FEW_CALLS + 1;
        int enough = trials[family.ordinal()] == 0 ? first : CALLS_TO_RETRY;
        if (++calls[family.ordinal()] >= enough) {
            ask(family);
        }
    }

    private synchronized void ask(Family family) {
        if (!asked[family.ordinal()]) {
            asked[family.ordinal()] = true;
            due.incrementAndGet();
            if (family.isHeavy()) {
                heavyDue.incrementAndGet();
            }
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
            asked[family.ordinal()] = false;
            due.decrementAndGet();
            if (family.isHeavy()) {
                heavyDue.decrementAndGet();
            }
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
        due.decrementAndGet();
        if (family.isHeavy()) {
            settled = System.nanoTime() + SETTLING_NANOS;
            settling = true;
            heavyDue.decrementAndGet();
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
        calls[family.ordinal()] = 0;
        asked[family.ordinal()] = ++trials[family.ordinal()] == MOST_TRIALS;
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
        if (coresAreFew && family.isLight() && (othersAreInUse || cores == 1)) {
            othersAreInUse = false;
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
