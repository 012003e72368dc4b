package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.KernelsUnderTest;
import io.github.lanewise.bench.RandomMatrix;
import io.github.lanewise.bench.memory.Turns;
import io.github.lanewise.bench.report.Surroundings;
import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.mkl.global.mkl_rt;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.DoubleUnaryOperator;

/** Our elementary functions beside MKL's vector math, in one JVM, in turns. */
@Command(
        name = "bench/run functions",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures exponential, logarithm and tanh of Lanewise and of MKL's vector math in"
                + " turns, and our softmax, on one thread, and prints values per nanosecond as"
                + " Markdown."
        })
public final class FunctionsReport implements Callable<Integer> {

    /** MKL's modes by their error: below 1 ulp, below 4. */
    private static final int[] MODES = {mkl_rt.VML_HA, mkl_rt.VML_LA};

    /** Beyond what any of the functions may be wrong by, relative to the result. */
    private static final double TOLERANCE = 1e-6;

    @Option(names = "--rounds", defaultValue = "15", description = "Turns of each function")
    private int rounds;

    @Option(names = "--slice", defaultValue = "20", description = "Milliseconds of a turn")
    private int sliceMillis;

    @Option(
            names = "--cols",
            split = ",",
            defaultValue = "256,1000,4096",
            description = "Values in a row; there are 64 rows")
    private List<Integer> cols;

    @Spec private CommandSpec spec;

    private final Kernels kernels = KernelsUnderTest.of("simd", 1);

    /** A function of MKL's on n values. */
    private interface VectorMath {
        void apply(int n, FloatPointer x, FloatPointer y);
    }

    /** Runs the report. */
    public static void main(String... args) {
        System.exit(new CommandLine(new FunctionsReport()).execute(args));
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of("functions"));
        arguments.addAll(spec.commandLine().getParseResult().originalArgs());
        System.out.println(Surroundings.describe(arguments));
        mkl_rt.MKL_Set_Threading_Layer(mkl_rt.MKL_THREADING_INTEL);
        mkl_rt.MKL_Set_Num_Threads(1);
        System.out.println(
                "\nValues per nanosecond, one thread, median of " + rounds + " rounds:\n");
        System.out.println(
                "| function | values | Lanewise | MKL, high accuracy | MKL, low accuracy |"
                        + " ours / high | ours / low |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (int n : cols) {
            // log and tanh of small numbers take the same time as of any.
            Matrix x = new RandomMatrix(1).next(64, n);
            compare("exp", Activation.EXP, mkl_rt::vsExp, Math::exp, x);
            compare("tanh", Activation.TANH, mkl_rt::vsTanh, Math::tanh, x);
            for (int i = 0; i < x.data().length; i++) {
                x.data()[i] = Math.abs(x.data()[i]) + 0.5f;
            }
            compare("log", Activation.LOG, mkl_rt::vsLn, Math::log, x);
            softmax(x);
        }
        return 0;
    }

    private void compare(
            String name, Activation f, VectorMath theirs, DoubleUnaryOperator oracle, Matrix x) {
        int n = x.size();
        Matrix y = Matrix.zeros(x.rows(), x.cols());
        List<Runnable> tasks = new ArrayList<>(List.of(() -> kernels.activate(f, x, y)));
        try (NativeOperands memory = new NativeOperands(x, Matrix.zeros(1, 1), n)) {
            for (int mode : MODES) {
                tasks.add(
                        () -> {
                            mkl_rt.vmlSetMode(mode);
                            theirs.apply(n, memory.a(), memory.c());
                        });
            }
            tasks.getFirst().run();
            check("Lanewise " + name, oracle, x, y.data());
            tasks.get(1).run();
            check("MKL " + name, oracle, x, memory.result());
            print(name, x, new Turns(rounds, sliceMillis).measure(tasks));
        }
    }

    private void softmax(Matrix x) {
        Matrix y = Matrix.zeros(x.rows(), x.cols());
        print(
                "softmax",
                x,
                new Turns(rounds, sliceMillis).measure(List.of(() -> kernels.softmax(x, y))));
    }

    private static void print(String name, Matrix x, List<Turns.Time> times) {
        double ours = x.size() / times.getFirst().median();
        StringBuilder theirs = new StringBuilder();
        StringBuilder ratios = new StringBuilder();
        for (int i = 1; i <= MODES.length; i++) {
            boolean known = i < times.size();
            double rate = known ? x.size() / times.get(i).median() : Double.NaN;
            theirs.append(known ? String.format(Locale.ROOT, " %.2f |", rate) : " |");
            ratios.append(known ? String.format(Locale.ROOT, " %.2f |", ours / rate) : " |");
        }
        System.out.printf(
                Locale.ROOT, "| %s | %s | %.2f |%s%s%n", name, x.shape(), ours, theirs, ratios);
    }

    private static void check(String what, DoubleUnaryOperator oracle, Matrix x, float[] y) {
        for (int i = 0; i < y.length; i++) {
            double expected = oracle.applyAsDouble(x.data()[i]);
            if (!(Math.abs(y[i] - expected) <= TOLERANCE * (Math.abs(expected) + 1e-3))) {
                throw new IllegalStateException(
                        "%s of %s: expected %s, got %s"
                                .formatted(what, x.data()[i], expected, y[i]));
            }
        }
    }
}
