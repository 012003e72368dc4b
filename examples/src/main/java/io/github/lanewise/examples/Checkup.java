package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.engine.Engine;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Measures the peak of this machine and, in turns with it, how much of it products reach.
 *
 * <p>Others may use the machine too and slow any turn, so the best of several counts. Products that
 * seem faster than the peak are a sign that its turns were the slow ones: then more turns follow.
 */
final class Checkup {

    private static final int LEAST_TURNS = 3;
    private static final int MOST_TURNS = 10;
    private static final double MOST_SECONDS_PER_CALL = 0.4;
    // Plain multiply-adds in C2's code are ten and more; in the interpreter or without the CPU's
    // instruction a hundred times fewer.
    private static final double SLOW_SCALAR = 0.2;

    private final Measurement small = Measurement.product(64, 64, 64);
    private final Measurement square = Measurement.product(512, 512, 512);
    private final Measurement layer = Measurement.product(64, 784, 256);
    private final Measurement smallMemory = Measurement.axpy(1 << 16);
    private Measurement memory;
    private double scalar;
    private double peak = Double.NaN;
    private boolean products;

    /**
     * What was measured, in 10<sup>9</sup> operations per second.
     *
     * @param scalar of one thread, without vectors
     * @param peak of all threads, on registers; NaN if that would take too long
     * @param product of two large matrices; NaN if that would take too long
     */
    record Figures(double scalar, double peak, double product) {

        /** Returns the share of the peak that products reach. */
        double share() {
            return product / peak;
        }
    }

    private Checkup() {}

    /** Measures, for about four seconds. */
    static Checkup measure() {
        Checkup checkup = new Checkup();
        checkup.run();
        return checkup;
    }

    private void run() {
        scalar = ScalarSpeed.measure();
        small.warmUp();
        smallMemory.warmUp();
        products = square.secondsAt(small.best()) < MOST_SECONDS_PER_CALL;
        memory = Measurement.bandwidth();
        if (memory.secondsAt(smallMemory.best()) >= MOST_SECONDS_PER_CALL) {
            memory = smallMemory;
        }
        if (products) {
            square.warmUp();
            layer.warmUp();
        }
        for (int turn = 0; turn < LEAST_TURNS || turn < MOST_TURNS && dubious(); turn++) {
            if (products) {
                square.turn();
            }
            if (scalar > SLOW_SCALAR) {
                peak = Double.isNaN(peak) ? 0 : peak;
                peak = Math.max(peak, Engine.measureFmaPeak());
            }
            if (products) {
                layer.turn();
            }
            memory.turn();
        }
    }

    private boolean dubious() {
        return peak > scalar && (figures().share() > 1 || layer.best() > peak);
    }

    Figures figures() {
        return new Figures(scalar, peak, products ? square.best() : Double.NaN);
    }

    /** Prints what was measured. */
    void print(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%nplain loop       %8s GFLOP/s, no vectors, threads: 1%n",
                number(scalar));
        if (Double.isNaN(peak)) {
            out.println("FMA peak         not measured: it would take too long");
        } else {
            out.printf(
                    Locale.ROOT,
                    "FMA peak         %8.1f GFLOP/s, threads: %d%n",
                    peak,
                    Engine.threads());
        }
        if (products) {
            product(out, "512x512x512", square);
            product(out, "64x784x256", layer);
        } else {
            product(out, "64x64x64", small);
            out.printf(
                    Locale.ROOT,
                    "gemm 512x512x512 not measured: a call would take %.0f s%n",
                    square.secondsAt(small.best()));
        }
        out.printf(
                Locale.ROOT,
                "memory           %8s GB/s, y = a x + y over %s each%n%n",
                number(memory.best()),
                memory == smallMemory ? "256 kB" : "64 MB");
    }

    private static String number(double billions) {
        return text(billions < 1 ? "%.4f" : "%.1f", billions);
    }

    private void product(PrintWriter out, String shape, Measurement measurement) {
        out.printf(Locale.ROOT, "gemm %-11s %8s GFLOP/s", shape, number(measurement.best()));
        if (!Double.isNaN(peak)) {
            out.printf(Locale.ROOT, ", %.0f %% of the peak", 100 * measurement.best() / peak);
        }
        out.println();
    }
}
