package io.github.lanewise.nn.random;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

import java.time.Instant;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * How many random cases run, and which: {@code lanewise.random.graphs} (a short run unless set) and
 * {@code lanewise.random.seed}, the first of them. Unless that is set, a short run is the same each
 * time, and a long one begins elsewhere than those before it. A failure names its seed; {@code
 * -Dlanewise.random.seed=SEED -Dlanewise.random.graphs=1} repeats it.
 */
final class RandomSettings {

    /** Cases in one dynamic test, so that a long run does not make a test of each. */
    private static final int CHUNK = 500;

    /** Failures that are told besides the first of a test. */
    private static final int MOST_FAILURES = 20;

    private static final Long GRAPHS = Long.getLong("lanewise.random.graphs");

    /** A million for each second, so that runs of fewer cases share none. */
    private static final long FIRST_SEED =
            Long.getLong(
                    "lanewise.random.seed",
                    GRAPHS == null ? 1 : Instant.now().getEpochSecond() * 1_000_000);

    private RandomSettings() {}

    static long firstSeed() {
        return FIRST_SEED;
    }

    static boolean isLongRun() {
        return GRAPHS != null;
    }

    /** Returns the number of cases, where a short run has so many. */
    static long count(int shortRun) {
        return GRAPHS == null ? shortRun : GRAPHS;
    }

    /** Says how to run a case again. */
    static String repeats(long seed) {
        return "-Dlanewise.random.seed=%d -Dlanewise.random.graphs=1 repeats: ".formatted(seed);
    }

    /** Makes the tests of a property that must hold for each seed. */
    static Stream<DynamicTest> forEachSeed(int shortRun, LongConsumer property) {
        long first = FIRST_SEED;
        long count = count(shortRun);
        return LongStream.range(0, Math.ceilDiv(count, CHUNK))
                .mapToObj(
                        chunk -> {
                            long from = first + chunk * CHUNK;
                            long to = Math.min(from + CHUNK, first + count);
                            String name = "seeds %d to %d".formatted(from, to - 1);
                            return DynamicTest.dynamicTest(name, checks(from, to, property));
                        });
    }

    private static Executable checks(long from, long to, LongConsumer property) {
        return () -> {
            AssertionError failure = null;
            for (long seed = from; seed < to; seed++) {
                AssertionError another = check(seed, property);
                if (failure == null) {
                    failure = another;
                } else if (another != null && failure.getSuppressed().length < MOST_FAILURES) {
                    failure.addSuppressed(another);
                }
            }
            if (failure != null) {
                throw failure;
            }
        };
    }

    private static AssertionError check(long seed, LongConsumer property) {
        try {
            property.accept(seed);
            return null;
        } catch (RuntimeException | Error e) {
            return new AssertionError(repeats(seed) + e, e);
        }
    }
}
