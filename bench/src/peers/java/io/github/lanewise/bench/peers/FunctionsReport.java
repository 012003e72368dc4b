package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.KernelsUnderTest;
import io.github.lanewise.bench.RandomMatrix;
import io.github.lanewise.bench.memory.Turns;
import io.github.lanewise.bench.report.Surroundings;
import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import org.bytedeco.mkl.global.mkl_rt;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Our elementary functions and softmax beside native ones, in one JVM, in turns. */
@Command(
        name = "bench/run functions",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Measures exp, tanh, log and softmax of Lanewise, of MKL's vector math (high accuracy)"
                    + " and of oneDNN in turns, on one thread, and prints values per nanosecond as"
                    + " Markdown."
        })
public final class FunctionsReport implements Callable<Integer> {

    private static final List<String> RIVALS = List.of("MKL", "oneDNN");

    /**
     * Beyond what any of them may be wrong by, relative to the result or to 1; oneDNN's log most.
     */
    private static final double TOLERANCE = 1e-5;

    @Option(names = "--rounds", defaultValue = "15", description = "Turns of each function")
    private int rounds;

    @Option(names = "--slice", defaultValue = "20", description = "Milliseconds of a turn")
    private int sliceMillis;

    @Option(
            names = "--cols",
            split = ",",
            defaultValue = "10,256,1000,4096",
            description = "Values in a row; there are 64 rows")
    private List<Integer> cols;

    @Spec private CommandSpec spec;

    private Kernels kernels;
    private Kernels reference;

    /** Runs the report. */
    public static void main(String... args) {
        System.exit(new CommandLine(new FunctionsReport()).execute(args));
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of("functions"));
        arguments.addAll(spec.commandLine().getParseResult().originalArgs());
        System.out.println(Surroundings.describe(arguments));
        kernels = KernelsUnderTest.of("simd", 1);
        reference = KernelsUnderTest.reference();
        // Both are there before either is used, so that each finds its own OpenMP.
        List<Rival> libraries = List.of(new Mkl(), OneDnn.matmul());
        libraries.forEach(library -> library.threads(1));
        mkl_rt.vmlSetMode(mkl_rt.VML_HA);
        System.out.printf("%nValues/ns, one thread, median of %d rounds%n%n", rounds);
        System.out.println("| function | shape | Lanewise | MKL | oneDNN | ours / best rival |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (String function : List.of("exp", "tanh", "log", "softmax")) {
            for (int n : cols) {
                compare(function, operand(function, n));
            }
        }
        return 0;
    }

    /** Makes numbers from -1 to 1, for the logarithm from 0.5 to 1.5. */
    private static Matrix operand(String function, int n) {
        Matrix x = new RandomMatrix(1).next(64, n);
        for (int i = 0; function.equals("log") && i < x.data().length; i++) {
            x.data()[i] = Math.abs(x.data()[i]) + 0.5f;
        }
        return x;
    }

    private void compare(String function, Matrix x) {
        Matrix y = Matrix.zeros(x.rows(), x.cols());
        Matrix expected = Matrix.zeros(x.rows(), x.cols());
        ours(reference, function, x, expected);
        ours(kernels, function, x, y);
        check("Lanewise", function, expected, y.data());
        Map<String, Runnable> tasks = new LinkedHashMap<>();
        tasks.put("Lanewise", () -> ours(kernels, function, x, y));
        try (NativeOperands memory = new NativeOperands(x, Matrix.zeros(1, 1), x.size())) {
            if (!function.equals("softmax")) {
                tasks.put("MKL", () -> mkl(function, memory, x.size()));
            }
            tasks.put("oneDNN", new OneDnnFunction(function, x, memory)::run);
            for (String rival : RIVALS) {
                if (tasks.containsKey(rival)) {
                    tasks.get(rival).run();
                    check(rival, function, expected, memory.result());
                }
            }
            measure(function, x, tasks);
        }
    }

    private static void ours(Kernels kernels, String function, Matrix x, Matrix y) {
        switch (function) {
            case "exp" -> kernels.activate(Activation.EXP, x, y);
            case "tanh" -> kernels.activate(Activation.TANH, x, y);
            case "log" -> kernels.activate(Activation.LOG, x, y);
            default -> kernels.softmax(x, y);
        }
    }

    private static void mkl(String function, NativeOperands memory, int n) {
        switch (function) {
            case "exp" -> mkl_rt.vsExp(n, memory.a(), memory.c());
            case "tanh" -> mkl_rt.vsTanh(n, memory.a(), memory.c());
            default -> mkl_rt.vsLn(n, memory.a(), memory.c());
        }
    }

    private void measure(String function, Matrix x, Map<String, Runnable> tasks) {
        List<Turns.Time> times =
                new Turns(rounds, sliceMillis).measure(List.copyOf(tasks.values()));
        Map<String, Double> rates = new LinkedHashMap<>();
        int i = 0;
        for (String name : tasks.keySet()) {
            rates.put(name, x.size() / times.get(i++).median());
        }
        double best = RIVALS.stream().mapToDouble(r -> rates.getOrDefault(r, 0.0)).max().orElse(0);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.2f | %s | %.2f | %.2f |%n",
                function,
                x.shape(),
                rates.get("Lanewise"),
                rates.containsKey("MKL") ? "%.2f".formatted(rates.get("MKL")) : "",
                rates.get("oneDNN"),
                rates.get("Lanewise") / best);
    }

    /** Compares with our reference, whose own error a test bounds. */
    private static void check(String library, String function, Matrix expected, float[] y) {
        for (int i = 0; i < y.length; i++) {
            double right = expected.data()[i];
            if (!(Math.abs(y[i] - right)
                    <= TOLERANCE * (Math.abs(right) + (function.equals("softmax") ? 0 : 1)))) {
                throw new IllegalStateException(
                        "%s, %s: value %d is %s, expected %s"
                                .formatted(library, function, i, y[i], right));
            }
        }
    }
}
