package io.github.lanewise.bench.memory;

import io.github.lanewise.bench.KernelsUnderTest;
import io.github.lanewise.bench.RandomMatrix;
import io.github.lanewise.bench.SameBits;
import io.github.lanewise.bench.report.Surroundings;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How near do the kernels that only move memory come to a triad in the same level of memory? */
public final class MemoryReport {

    private static final String USAGE =
            """
            Usage: bench/run memory [--threads 1,2] [--kib 512,196608] [--rounds 9] [--slice 20]

            Prints GB/s of the memory-bound kernels, and their share of a triad of as many bytes.

              --threads   thread counts
              --kib       how much memory the operands of a kernel take together, in KiB: by
                          default what fits the L2 cache, and what fits no cache
              --rounds    turns of each kernel
              --slice     milliseconds of a turn
            """;

    private static final int COLS = 1024;

    private List<Integer> threads = List.of(1, 2);
    private List<Integer> kib = List.of(512, 192 * 1024);
    private int rounds = 9;
    private int sliceMillis = 20;

    private MemoryReport() {}

    /** Exits with 0, or with 2 if the arguments are wrong. */
    public static void main(String... args) {
        MemoryReport report = new MemoryReport();
        try {
            if (report.parse(args)) {
                System.out.println(Surroundings.describe(command(args)));
                report.run();
            } else {
                System.out.print(USAGE);
            }
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "bench: " + e.getMessage() + "; bench/run memory --help lists the options");
            System.exit(2);
        }
    }

    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of("memory"));
        command.addAll(List.of(args));
        return command;
    }

    /** Reads the arguments; returns false if they ask for help. */
    private boolean parse(String... args) {
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--help")) {
                return false;
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            List<Integer> values = numbers(args[i], args[i + 1]);
            switch (args[i]) {
                case "--threads" -> threads = values;
                case "--kib" -> kib = values;
                case "--rounds" -> rounds = values.getFirst();
                case "--slice" -> sliceMillis = values.getFirst();
                default -> throw new IllegalArgumentException("unknown option " + args[i]);
            }
        }
        return true;
    }

    private static List<Integer> numbers(String option, String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.matches("[1-9]\\d{0,6}")) {
                throw new IllegalArgumentException(
                        "%s: is '%s'; it must be whole numbers from 1 on".formatted(option, text));
            }
            numbers.add(Integer.valueOf(part));
        }
        return numbers;
    }

    private void run() {
        System.out.println("\n| kernel | KiB | threads | us | GB/s | of triad | best of triad |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (int size : kib) {
            for (int count : threads) {
                run(size, count);
            }
        }
    }

    private void run(int size, int count) {
        Kernels kernels = KernelsUnderTest.of("simd", count);
        Kernels triad = KernelsUnderTest.of(Triad.set(), count);
        MemoryKernel[] all = MemoryKernel.values();
        List<Runnable> tasks = new ArrayList<>();
        for (MemoryKernel kernel : all) {
            Matrix[] x = operands(kernel, size);
            if (kernel == MemoryKernel.TRIAD) {
                tasks.add(() -> kernel.run(triad, x));
            } else {
                check(kernel, kernels, size);
                tasks.add(() -> kernel.run(kernels, x));
            }
        }
        List<Turns.Time> times = new Turns(rounds, sliceMillis).measure(tasks);
        for (int k = 0; k < all.length; k++) {
            print(all[k], size, count, times.get(k), times.getFirst());
        }
    }

    private static void print(
            MemoryKernel kernel, int size, int count, Turns.Time time, Turns.Time triad) {
        double bytes = bytes(kernel, size);
        double triadBytes = bytes(MemoryKernel.TRIAD, size);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.1f | %.1f | %.0f %% | %.0f %% |%n",
                kernel.title(),
                size,
                count,
                time.median() * 1e-3,
                bytes / time.median(),
                100 * bytes / time.median() * triad.median() / triadBytes,
                100 * bytes / time.best() * triad.best() / triadBytes);
    }

    private static double bytes(MemoryKernel kernel, int size) {
        return (double) kernel.moves() * Float.BYTES * rows(kernel, size) * COLS;
    }

    private static int rows(MemoryKernel kernel, int size) {
        return Math.max(1, size * (1024 / Float.BYTES) / COLS / kernel.operands());
    }

    private static Matrix[] operands(MemoryKernel kernel, int size) {
        RandomMatrix random = new RandomMatrix(1);
        Matrix[] x = new Matrix[kernel.operands() + 1];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.next(i < kernel.operands() ? rows(kernel, size) : 1, COLS);
            for (int j = 0; i > 2 && j < x[i].data().length; j++) {
                x[i].data()[j] = Math.abs(x[i].data()[j]);
            }
        }
        return x;
    }

    /** Compares all operands and the result with the reference, bit for bit. */
    private static void check(MemoryKernel kernel, Kernels kernels, int size) {
        Matrix[] expected = operands(kernel, size);
        Matrix[] actual = operands(kernel, size);
        float number = kernel.run(KernelsUnderTest.reference(), expected);
        SameBits.require(
                kernel.title(), Matrix.row(number), Matrix.row(kernel.run(kernels, actual)));
        for (int i = 0; i < expected.length; i++) {
            SameBits.require(kernel.title(), expected[i], actual[i]);
        }
    }
}
