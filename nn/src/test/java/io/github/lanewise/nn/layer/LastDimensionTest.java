package io.github.lanewise.nn.layer;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** Layers that work on the last dimension of inputs of any rank. */
class LastDimensionTest {

    private static final int BATCH = 4;
    private static final int STEPS = 3;
    private static final int FEATURES = 7;

    static Stream<Layer> layers() {
        return Stream.of(
                new Linear(FEATURES, 5),
                new Linear(FEATURES, 5).withoutBias(),
                new Softmax(),
                new LogSoftmax(),
                new Sequential(new Linear(FEATURES, 6), new ReLU(), new Linear(6, 2)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void eachRowIsASampleOfALargerBatchBitForBit(Layer layer) {
        Matrix x = gaussian(BATCH, STEPS * FEATURES, 1);
        Matrix rows = Matrix.of(x.data(), BATCH * STEPS, FEATURES);
        Pass ofSequences = layer.bind(new Shape(STEPS, FEATURES), Workspace.training(BATCH));
        Pass ofRows = layer.bind(new Shape(FEATURES), Workspace.training(BATCH * STEPS));
        float[] y = values(ofRows.forward(rows));
        assertArrayEquals(y, values(ofSequences.forward(x)));
        float[] dy = values(gaussian(1, y.length, 2));
        float[] dx = values(ofRows.backward(Matrix.of(dy, BATCH * STEPS, y.length / BATCH / 3)));
        float[] gradients = gradients(layer);
        layer.parameters().values().forEach(Param::clearGradient);
        Matrix dSequences = Matrix.of(dy, BATCH, y.length / BATCH);
        assertArrayEquals(dx, values(ofSequences.backward(dSequences)));
        assertArrayEquals(gradients, gradients(layer));
    }

    private static float[] gradients(Layer layer) {
        return layer.parameters().isEmpty()
                ? new float[0]
                : values(layer.parameters().firstEntry().getValue().gradient());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardAgreesWithCentralDifferences(Layer layer) {
        GradientCheck.Result result =
                GradientCheck.of(layer, new Shape(2, STEPS, FEATURES), BATCH, 1);
        assertTrue(result.passed(), result::toString);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void paddingBetweenSamplesIsNotRead(Layer layer) {
        Matrix x = gaussian(BATCH, STEPS * FEATURES, 1);
        Matrix padded =
                new Matrix(new float[BATCH * 30], 5, BATCH, STEPS * FEATURES, STEPS * FEATURES + 3);
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(x.data(), i * x.ld(), padded.data(), 5 + i * padded.ld(), x.cols());
        }
        Pass pass = layer.bind(new Shape(STEPS, FEATURES), Workspace.inference(BATCH));
        float[] expected = values(pass.forward(x)).clone();
        assertArrayEquals(expected, values(pass.forward(padded)));
    }

    @Test
    void theLastDimensionMustFit() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new Linear(4, 2).outputShape(new Shape(3, 5)));
        assertEquals("Linear(4 -> 2): input is 3x5; its last dimension must be 4", e.getMessage());
    }
}
