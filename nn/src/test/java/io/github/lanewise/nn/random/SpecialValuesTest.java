package io.github.lanewise.nn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.stream.Stream;

/**
 * What must hold for NaN and its like in every network. {@link KernelSetsTest} compares the bits of
 * all special values between kernel sets.
 */
class SpecialValuesTest {

    @TestFactory
    Stream<DynamicTest> nanReachesEveryOutputThatDependsOnIt() {
        return RandomSettings.forEachSeed(150, SpecialValuesTest::checkNan);
    }

    private static void checkNan(long seed) {
        RandomGraph graph = RandomGraph.of(seed);
        boolean unpools = graph.toString().contains("MaxUnpool"); // NaN moves where numbers go
        if (graph.integers() > 0 || unpools) {
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
            String where = "output %d of sample %d: %s".formatted(i % width, i / width, graph);
            if (i / width != at / features) {
                assertEquals(expected[i], poisoned[i], () -> "another sample's NaN: " + where);
            } else if (moved[i] != expected[i]) {
                float y = poisoned[i];
                assertTrue(Float.isNaN(y), () -> "NaN became " + y + ": " + where);
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
