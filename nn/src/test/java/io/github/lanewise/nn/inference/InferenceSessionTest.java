package io.github.lanewise.nn.inference;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.ResidualNetworkTest;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@Tag("bits")
class InferenceSessionTest {

    private static final int THREADS = 8;
    private static final int SAMPLES = 60;
    private static final Shape IMAGE = new Shape(1, 9, 9);

    private final Sequential images =
            new Sequential(
                    new Conv2d(1, 5, 3),
                    new BatchNorm2d(5),
                    new ReLU(),
                    new MaxPool2d(2),
                    new Flatten(),
                    new Dropout(0.3f),
                    new Linear(45, 70),
                    new ReLU(),
                    new Linear(70, 7));

    private final Sequential points =
            new Sequential(new Linear(6, 40), new ReLU(), new Linear(40, 3));

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void eightThreadsGetTheBitsOfTrainerPredict(int batch) throws Exception {
        Matrix inputs = gaussian(SAMPLES, IMAGE.features(), 1);
        InferenceSession session = InferenceSession.of(images, IMAGE, batch);
        List<Callable<Matrix>> callers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            callers.add(() -> session.predict(inputs));
            callers.add(() -> oneByOne(session, inputs));
            callers.add(() -> oneByOne(session.onCallersThread(), inputs));
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Matrix>> results = executor.invokeAll(callers);
            float[] expected = values(predicted(images, inputs, IMAGE));
            for (Future<Matrix> result : results) {
                assertArrayEquals(expected, values(result.get()));
            }
        }
    }

    private static Matrix oneByOne(InferenceSession session, Matrix inputs) {
        float[][] outputs = new float[inputs.rows()][];
        for (int i = 0; i < inputs.rows(); i++) {
            int start = i * inputs.cols();
            outputs[i] =
                    session.predict(
                            Arrays.copyOfRange(inputs.data(), start, start + inputs.cols()));
        }
        return Matrix.copyOf(outputs);
    }

    private static Matrix predicted(Layer model, Matrix inputs, Shape shape) {
        return new Trainer(model, new MSELoss(), new SGD(0.1f)).predict(inputs, shape);
    }

    /** Numbers below, at and between the sizes of batches, and above the largest. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 8, 9, 11, 16, 23, 27, 40, 43, 44, 45, 88, 133})
    void anyNumberOfRowsGivesTheSameBits(int rows) {
        Matrix inputs = padded(rows, 6);
        Matrix outputs = Matrix.zeros(rows + 1, 5);
        Matrix window = new Matrix(outputs.data(), 1, rows, 3, 5);
        InferenceSession.of(points, 44).predict(inputs, window);
        Matrix expected = rows == 0 ? window : predicted(points, inputs, new Shape(6));
        assertArrayEquals(values(expected), values(window));
        for (int i = 0; i < outputs.size(); i++) {
            int col = i % 5;
            if (i / 5 == rows || col < 1 || col > 3) {
                assertEquals(0, outputs.data()[i], "outside the window, at " + i);
            }
        }
    }

    private static Matrix padded(int rows, int cols) {
        Matrix all = gaussian(rows, cols + 2, 3);
        return new Matrix(all.data(), Math.min(1, rows), rows, cols, cols + 2);
    }

    @Test
    void aSessionComputesWithTheWeightsOfTheMoment() {
        InferenceSession session = InferenceSession.of(points, 1);
        float[] sample = {1, 2, 3, 4, 5, 6};
        session.predict(sample);
        new Trainer(points, new SoftmaxCrossEntropy(), new SGD(0.1f))
                .fit(Dataset.of(new float[][] {sample}, new int[] {2}), 3, 1);
        float[] expected = values(predicted(points, Matrix.row(sample), new Shape(6)));
        assertArrayEquals(expected, session.predict(sample));
    }

    /** Five rows are computed as eight; an embedding rejects what is no row of its table. */
    @Test
    void aSampleThatIsRejectedLeavesTheSessionAsItWas() {
        InferenceSession session =
                InferenceSession.of(
                        new Sequential(new Embedding(4, 2), new Flatten()), new Shape(1), 8);
        float[] row = session.predict(new float[] {3});
        assertThrows(
                IllegalArgumentException.class,
                () -> session.predict(Matrix.of(new float[] {0, 1, 2, 3, 4}, 5, 1)));
        Matrix three = session.predict(Matrix.of(new float[] {3, 3, 3}, 3, 1));
        assertArrayEquals(row, values(three.rowRange(2, 3)));
        assertThrows(IllegalArgumentException.class, () -> session.predict(new float[] {4}));
        assertArrayEquals(row, session.predict(new float[] {3}));
    }

    @Test
    void theInputShapeIsThatOfTheFirstLayerOrTheInputs() {
        assertEquals(new Shape(6), InferenceSession.of(points, 4).inputShape());
        assertEquals(new Shape(3), InferenceSession.of(points, 4).outputShape());
        assertEquals(new Shape(6), new Sequential(points, new Softmax()).inputShape());
        assertEquals(
                new Shape(34), InferenceSession.of(ResidualNetworkTest.network(), 1).inputShape());
        assertNull(images.inputShape());
        assertEquals(
                "InferenceSession(1x9x9 -> 7, batch 16)",
                InferenceSession.of(images, IMAGE, 16).toString());
    }

    @Test
    void errorsSayWhatIsExpected() {
        assertMessage(
                "InferenceSession: Sequential takes samples of several shapes; say which:"
                        + " InferenceSession.of(model, shape, 3)",
                IllegalStateException.class,
                () -> InferenceSession.of(images, 3));
        assertMessage(
                "InferenceSession: batch is 0; it must be 1 or more",
                IllegalArgumentException.class,
                () -> InferenceSession.of(points, 0));
        assertMessage(
                "Sequential[0] Linear(6 -> 40): input has 5 features, the layer takes 6",
                IllegalArgumentException.class,
                () -> InferenceSession.of(points, new Shape(5), 1));
        InferenceSession session = InferenceSession.of(images, IMAGE, 4);
        assertMessage(
                "predict: sample has 80 values; it must have 81 (shape 1x9x9)",
                IllegalArgumentException.class,
                () -> session.predict(new float[80]));
        assertMessage(
                "predict: outputs has 8 values; it must have 7 (shape 7)",
                IllegalArgumentException.class,
                () -> session.predict(new float[81], new float[8]));
        assertMessage(
                "predict: inputs is 2x80; it must be 2x81 (a row is a sample of shape 1x9x9)",
                IllegalArgumentException.class,
                () -> session.predict(Matrix.zeros(2, 80)));
        assertMessage(
                "predict: outputs is 1x7; it must be 2x7 (a row is a sample of shape 7)",
                IllegalArgumentException.class,
                () -> session.predict(Matrix.zeros(2, 81), Matrix.zeros(1, 7)));
        assertMessage("sample", NullPointerException.class, () -> session.predict((float[]) null));
    }

    private static void assertMessage(
            String expected, Class<? extends Exception> type, Runnable call) {
        assertEquals(expected, assertThrows(type, call::run).getMessage());
    }
}
