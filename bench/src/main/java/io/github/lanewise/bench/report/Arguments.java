package io.github.lanewise.bench.report;

import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line: three flags of our own, the rest JMH's.
 *
 * @param help whether to print the usage only
 * @param full whether to measure every shape
 * @param out folder of the results and of JMH's output
 * @param jmh JMH's options
 * @param expressions regular expressions of benchmarks; none means all
 */
record Arguments(
        boolean help, boolean full, Path out, CommandLineOptions jmh, List<String> expressions) {

    static final String USAGE =
            """
            Usage: bench/run [--full] [--out DIR] [JMH options] [regular expressions of benchmarks]

            Prints a Markdown table of scalar and SIMD kernels beside the CPU's FMA peak.

              --full           every shape; without it a few telling ones, in two to three minutes
              --out DIR        where results.json and JMH's output go; by default bench/target
              -Dlanewise.x=y   a property of the engine, for example -Dlanewise.vectorBits=256
              -p threads=1,2   thread counts; by default 1
              -p shape=S,T     shapes; each benchmark writes them its own way, so name it too
              -f, -i, -r, ...  JMH's own: bench/run -h lists them

            Example: bench/run Gemm -p shape=NN:64x784x256,NT:128x512x512 -p threads=1,2
            Beside other libraries: bench/run peers --help, bench/run training --help
            """;

    static Arguments parse(String... arguments) throws CommandLineOptionException {
        boolean help = false;
        boolean full = false;
        Path out = BuildFolder.path();
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help" -> help = true;
                case "--full" -> full = true;
                case "--out" -> {
                    if (++i == arguments.length) {
                        throw new CommandLineOptionException("--out needs a folder");
                    }
                    out = Path.of(arguments[i]);
                }
                default -> rest.add(arguments[i]);
            }
        }
        List<String> expressions = jmh(rest).getIncludes();
        // JMH would add these to the includes of every plan.
        rest.removeAll(expressions);
        return new Arguments(help, full, out, jmh(rest), expressions);
    }

    private static CommandLineOptions jmh(List<String> arguments)
            throws CommandLineOptionException {
        return new CommandLineOptions(arguments.toArray(String[]::new));
    }

    /** Returns the thread counts to measure. */
    List<Integer> threads() {
        return jmh.getParameter("threads").hasValue()
                ? jmh.getParameter("threads").get().stream().map(Integer::valueOf).toList()
                : List.of(1);
    }
}
