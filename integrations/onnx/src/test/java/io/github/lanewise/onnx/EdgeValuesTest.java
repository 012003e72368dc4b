package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.onnx.export.OnnxExport;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Numbers at the limits, and those that are none, come out of the file as out of the layer. */
final class EdgeValuesTest {

    private static final float[] NUMBERS = {
        -0.5f, 0.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, 0.75f, -3
    };

    @TempDir private Path folder;

    /** Both vectors are the same one. */
    private static Model same(Merge layer) {
        Input x = new Input(2);
        return new Model(x, Value.merge(layer, x, x));
    }

    static List<ExportCase> cases() {
        return List.of(
                ExportCase.of(new Hardshrink(0.5f), NUMBERS.length),
                ExportCase.of(new Softshrink(0.5f), NUMBERS.length),
                ExportCase.of(new Threshold(0.5f, -7), NUMBERS.length),
                ExportCase.of("distance of 0", same(new PairwiseDistance(3, 0, false)), 2),
                ExportCase.of("no angle", same(new CosineSimilarity(0, 1e-30f)), 2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void runtimeComputesTheSame(ExportCase one) throws IOException {
        Path file = folder.resolve("model.onnx");
        new OnnxExport(one.model()).inputShape(one.input()).write(file);
        int count = one.input().features();
        float[] inputs = count == NUMBERS.length ? NUMBERS : new float[count];
        Ort.Array array = new Ort.Array(inputs, 1, count);
        float[] found = Ort.run(file, Map.of("input", array)).values().iterator().next();
        Matrix samples = new Matrix(inputs.clone(), 0, 1, count, count);
        Shape shape = one.input();
        Matrix expected = one.model().bind(shape, Workspace.inference(1)).forward(samples);
        for (int i = 0; i < found.length; i++) {
            assertEquals(expected.at(0, i), found[i], "output " + i);
        }
    }
}
