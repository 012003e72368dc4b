package io.github.lanewise.examples.fuzz;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Feeds broken inputs to every reader of outside bytes: those that once broke one, kept in the
 * resources, and others made from sound ones. {@code lanewise.fuzz.executions} for each target (a
 * short run unless set), {@code lanewise.fuzz.seed}, {@code lanewise.fuzz.target} for some of them,
 * with commas. A longer run has another seed each time, which it prints. The profile {@code fuzz}
 * does the same guided by coverage.
 */
class FuzzTest {

    private static final int SHORT_RUN = 150;

    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> noInputBreaksAReader() throws IOException {
        List<String> only = List.of(System.getProperty("lanewise.fuzz.target", "").split(","));
        return FuzzTargets.all(folder).stream()
                .filter(target -> only.contains("") || only.contains(target.name()))
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> run(target)));
    }

    private static void run(FuzzTarget target) throws Exception {
        long executions = Long.getLong("lanewise.fuzz.executions", SHORT_RUN);
        long seed = seed(executions);
        System.out.printf("fuzz %s: -Dlanewise.fuzz.seed=%d%n", target.name(), seed);
        long begin = System.nanoTime();
        try (target) {
            List<byte[]> inputs = new ArrayList<>(target.seeds());
            inputs.addAll(FuzzTargets.corpus(target.name()));
            for (byte[] input : inputs) {
                check(target, input);
            }
            Mutator mutator = new Mutator(seed);
            for (long i = 0; i < executions; i++) {
                check(target, mutator.mutate(inputs));
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        System.out.printf("fuzz %s: %,d executions, %d s%n", target.name(), executions, seconds);
    }

    /** A build that fails must fail again; a longer run must not try the same once more. */
    private static long seed(long executions) {
        long free = executions == SHORT_RUN ? 1 : new SplittableRandom().nextLong(Long.MAX_VALUE);
        return Long.getLong("lanewise.fuzz.seed", free);
    }

    /** Checks an input; keeps one that breaks the target. */
    private static void check(FuzzTarget target, byte[] input) throws IOException {
        try {
            Oracle.check(target, input);
        } catch (AssertionError e) {
            String name = "%08x".formatted(Arrays.hashCode(input));
            Path file = Path.of("target", "fuzz", target.name(), name);
            Files.createDirectories(file.getParent());
            Files.write(file, input);
            throw new AssertionError(
                    "%s: %s: %s; once mended, keep it beside the corpus and list it there as %s"
                            .formatted(
                                    target.name(),
                                    file,
                                    e.getMessage(),
                                    target.name() + "/" + name),
                    e);
        }
    }
}
