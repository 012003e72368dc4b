package io.github.lanewise.nn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must hold for NaN and its like in every network. {@link KernelSetsTest} compares the bits of
 * all special values between kernel sets.
 */
class SpecialValuesTest {

    /** Outputs that are places, or are put there: NaN moves them, as any number does. */
    private static final Pattern PLACES = Pattern.compile("MaxUnpool|[Ii]ndices");

    @TestFactory
    Stream<DynamicTest> nanReachesEveryOutputThatDependsOnIt() {
        return RandomSettings.forEachSeed(150, SpecialValuesTest::checkNan);
    }

    private static void checkNan(long seed) {
        RandomGraph graph = RandomGraph.of(seed);
        if (graph.integers() > 0 || PLACES.matcher(graph.toString()).find()) {
            return;
        }
        graph.model().initialize(3);
        int rows = Math.max(2, graph.batch());
        Draw d = new Draw(seed, false);
        int features = graph.input().features();
        int at = d.among(0, rows * features - 1);
        float[] expected = outputs(graph, rows, -1, 0);
        float[] poisoned = outputs(graph, rows, at, Float.NaN);
        float[] moved = outputs(graph, rows, at, d.real(-2, 2));
        int width = expected.length / rows;
        for (int i = 0; i < expected.length; i++) {
            int output = i;
            Supplier<String> where =
                    () ->
                            "output %d of sample %d: %s"
                                    .formatted(output % width, output / width, graph);
            if (i / width != at / features) {
                assertEquals(
                        expected[i], poisoned[i], () -> "another sample's NaN: " + where.get());
            } else if (moved[i] != expected[i]) {
                float y = poisoned[i];
                assertTrue(Float.isNaN(y), () -> "NaN became " + y + ": " + where.get());
            }
        }
    }

    private static float[] outputs(RandomGraph graph, int rows, int at, float value) {
        Matrix samples = graph.samples(rows, 0);
        if (at >= 0) {
            samples.data()[at] = value;
        }
        return Matrices.values(
                graph.model().bind(graph.input(), Workspace.inference(rows)).forward(samples));
    }
}
