package io.github.lanewise.bench.report;

import io.github.lanewise.bench.GemmBenchmark;
import io.github.lanewise.bench.InferenceBenchmark;
import io.github.lanewise.bench.ReluBenchmark;
import io.github.lanewise.bench.SoftmaxBenchmark;
import io.github.lanewise.bench.TrainingStepBenchmark;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One benchmark class, and the shapes of it that say most in little time.
 *
 * @param benchmark the class
 * @param shapes what a quick run measures
 */
record Suite(Class<?> benchmark, List<String> shapes) {

    static final List<Suite> ALL =
            List.of(
                    new Suite(
                            GemmBenchmark.class,
                            List.of(
                                    "NN:64x784x256",
                                    "TN:784x64x256",
                                    "NT:64x128x256",
                                    "NN:512x512x512")),
                    new Suite(ReluBenchmark.class, List.of("64x256", "64x784")),
                    new Suite(SoftmaxBenchmark.class, List.of("64x10", "64x1000")),
                    new Suite(TrainingStepBenchmark.class, List.of("M1", "M5")),
                    new Suite(InferenceBenchmark.class, List.of("M1@1", "M1@256")));

    /**
     * Returns the fully qualified methods that a command line's regular expressions ask for; none
     * means all.
     */
    List<String> methods(Collection<String> expressions) {
        return Arrays.stream(benchmark.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(method -> benchmark.getName() + "." + method.getName())
                .filter(
                        name ->
                                expressions.isEmpty()
                                        || expressions.stream()
                                                .anyMatch(
                                                        e ->
                                                                Pattern.compile(e)
                                                                        .matcher(name)
                                                                        .find()))
                .toList();
    }

    /**
     * Plans a run of some methods. The command line goes first, but for what the table relies on.
     */
    ChainedOptionsBuilder plan(Arguments arguments, List<String> methods, int threads) {
        ChainedOptionsBuilder plan =
                base(arguments.jmh())
                        .param("threads", Integer.toString(threads))
                        .jvmArgsPrepend("-Dlanewise.threads=" + threads);
        methods.forEach(method -> plan.include("^" + Pattern.quote(method) + "$"));
        if (!arguments.full() && !arguments.jmh().getParameter("shape").hasValue()) {
            plan.param("shape", shapes.toArray(String[]::new));
        }
        return plan;
    }

    /** Starts a plan that reports microseconds per operation and stops at the first error. */
    static ChainedOptionsBuilder base(Options commandLine) {
        return new OptionsBuilder()
                .parent(commandLine)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .shouldFailOnError(true);
    }
}
