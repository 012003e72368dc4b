package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.GemmShape;
import io.github.lanewise.bench.RandomMatrix;
import io.github.lanewise.engine.Matrix;

import java.util.ArrayList;
import java.util.List;

/**
 * All libraries on one shape, in turns: what slows the machine for a while slows them all.
 *
 * <p>In each round each library gets a slice of time; the round starts with another library each
 * time. Before its first slice it is warmed up and its result checked. A library whose one call
 * takes several slices gets two rounds only.
 */
final class Contest {

    private static final long WARM_UP_NANOS = 300_000_000;
    private static final long FIRST_WARM_UP_NANOS = 2_000_000_000;
    private static final long WAKE_NANOS = 10_000_000;
    private static final long CLOCK_NANOS = 100_000;
    private static final int SLOW_SLICES = 4;
    private static final int SLOW_ROUNDS = 2;

    private final List<Rival> rivals;
    private final int rounds;
    private final long sliceNanos;
    private boolean first = true;

    /** One library in the contest for a shape. */
    private record Entry(
            Rival rival, Product product, int callsPerClock, int rounds, List<Double> gflops) {}

    Contest(List<Rival> rivals, int rounds, int sliceMillis) {
        this.rivals = rivals;
        this.rounds = rounds;
        sliceNanos = sliceMillis * 1_000_000L;
    }

    /** Measures every library that can use so many threads. */
    List<Series> run(String text, int threads) {
        GemmShape shape = GemmShape.parse(text);
        RandomMatrix random = new RandomMatrix(1);
        Matrix a = shape.randomA(random);
        Matrix b = shape.randomB(random);
        List<Entry> entries = new ArrayList<>();
        for (Rival rival : rivals) {
            if (rival.maxThreads() >= threads) {
                entries.add(enter(rival, shape, a, b, threads));
            }
        }
        first = false;
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < entries.size(); turn++) {
                Entry entry = entries.get((round + turn) % entries.size());
                if (round < entry.rounds) {
                    entry.gflops.add(slice(entry, shape.flops(), threads));
                }
            }
        }
        List<Series> series = new ArrayList<>();
        for (Entry entry : entries) {
            entry.product.close();
            series.add(
                    new Series(
                            entry.rival.name(),
                            text,
                            threads,
                            entry.gflops.stream().mapToDouble(Double::doubleValue).toArray()));
        }
        return series;
    }

    private Entry enter(Rival rival, GemmShape shape, Matrix a, Matrix b, int threads) {
        rival.threads(threads);
        Product product = rival.product(shape, a, b);
        repeat(product, 1, first ? FIRST_WARM_UP_NANOS : WARM_UP_NANOS);
        new Oracle(shape, a, b).check(rival.name(), product.result());
        double nanos = repeat(product, 1, WAKE_NANOS);
        rest(rival, threads);
        int callsPerClock = (int) Math.max(1, CLOCK_NANOS / nanos);
        boolean slow = nanos > SLOW_SLICES * sliceNanos;
        return new Entry(
                rival,
                product,
                callsPerClock,
                slow ? Math.min(rounds, SLOW_ROUNDS) : rounds,
                new ArrayList<>());
    }

    private double slice(Entry entry, double flops, int threads) {
        entry.rival.threads(threads);
        if (entry.rounds == rounds) {
            repeat(entry.product, entry.callsPerClock, WAKE_NANOS);
        }
        double nanos = repeat(entry.product, entry.callsPerClock, sliceNanos);
        rest(entry.rival, threads);
        return flops / nanos;
    }

    /**
     * Multiplies for some time and returns the nanoseconds of a call; looks at the clock now and
     * then.
     */
    private static double repeat(Product product, int callsPerClock, long nanos) {
        long begin = System.nanoTime();
        long elapsed;
        long calls = 0;
        do {
            for (int i = 0; i < callsPerClock; i++) {
                product.multiply();
            }
            calls += callsPerClock;
            elapsed = System.nanoTime() - begin;
        } while (elapsed < nanos);
        return (double) elapsed / calls;
    }

    /** Waits until the library's threads have given up their cores. */
    private static void rest(Rival rival, int threads) {
        if (threads == 1) {
            return;
        }
        try {
            Thread.sleep(rival.spinMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the contest was interrupted", e);
        }
    }
}
