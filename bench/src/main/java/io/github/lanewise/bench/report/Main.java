package io.github.lanewise.bench.report;

import io.github.lanewise.engine.internal.FmaPeak;
import io.github.lanewise.engine.internal.simd.VectorFmaLoop;

import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs benchmarks and prints scalar, SIMD and the CPU's peak side by side. */
public final class Main {

    private final Arguments arguments;
    private final Session session;

    private Main(Arguments arguments) throws IOException {
        this.arguments = arguments;
        session = new Session(arguments.out());
    }

    /** Exits with 0 if every benchmark ran, 1 if one failed, 2 if the arguments are wrong. */
    public static void main(String... args) throws IOException {
        try {
            Arguments arguments = Arguments.parse(args);
            if (arguments.help()) {
                System.out.print(Arguments.USAGE);
            } else if (arguments.jmh().shouldHelp()) {
                arguments.jmh().showHelp();
            } else {
                System.out.println(Surroundings.describe(List.of(args)));
                new Main(arguments).run();
            }
        } catch (CommandLineOptionException | IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage() + "; bench/run --help lists the options");
            System.exit(2);
        } catch (RunnerException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws RunnerException {
        Map<Integer, Double> peaks = new TreeMap<>();
        for (int threads : arguments.threads()) {
            double peak = FmaPeak.measure(new VectorFmaLoop(), threads);
            System.out.printf(Locale.ROOT, "FMA peak, threads %d: %.1f GFLOP/s%n", threads, peak);
            peaks.put(threads, peak);
        }
        System.out.println();
        Table table = new Table(System.out, peaks);
        int rows = 0;
        for (Suite suite : Suite.ALL) {
            rows += run(suite, table);
        }
        if (rows == 0) {
            throw new RunnerException("no benchmark has a name like " + arguments.expressions());
        }
        System.out.println("\nResults: " + session.writeResults());
    }

    private int run(Suite suite, Table table) throws RunnerException {
        List<String> methods = suite.methods(arguments.expressions());
        if (methods.isEmpty()) {
            return 0;
        }
        int rows = 0;
        for (int threads : arguments.threads()) {
            List<Row> measured =
                    Row.of(
                            session.run(
                                    suite.benchmark().getSimpleName() + "-" + threads,
                                    suite.plan(arguments, methods, threads)));
            table.print(measured);
            rows += measured.size();
        }
        return rows;
    }
}
