package io.github.lanewise.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Labels of steps and pixels, and weights of samples: what is not in PyTorch's numbers. */
class WeightedLossTest {

    private static final SoftmaxCrossEntropy ENTROPY = new SoftmaxCrossEntropy();

    private static void assertRefused(String message, Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertEquals(message, e.getMessage());
    }

    private static LossPass bind(Loss loss, int... shape) {
        return loss.bind(new Shape(shape), Workspace.training(2));
    }

    static Stream<SoftmaxCrossEntropy> losses() {
        return Stream.of(
                ENTROPY,
                ENTROPY.ignoreIndex(2),
                ENTROPY.weight(1, 2, 0.5f).labelSmoothing(0.1f).reduction(Reduction.COUNT_MEAN));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAgreeWithCentralDifferences(SoftmaxCrossEntropy loss) {
        int[][] rows = {{0, 2, 1, 1}, {2, 2, 2, 2}, {0, 0, 2, 1}};
        Targets labels = Targets.labels(rows);
        Targets weighted = Targets.weighted(labels, 0.5f, 2, 3);
        for (Targets targets : new Targets[] {labels, weighted}) {
            for (Shape shape : new Shape[] {new Shape(4, 3), new Shape(3, 2, 2)}) {
                GradientCheck.Result result = GradientCheck.of(loss, shape, targets, 1);
                assertTrue(result.passed(), result::toString);
            }
        }
    }

    @Test
    void sampleOfWeightTwoIsTwoSamplesAndOneOfWeightZeroIsNone() {
        Matrix x = Matrices.gaussian(3, 4, 1);
        x.data()[0] = Float.NaN;
        Matrix twice = Matrix.zeros(2, 4);
        System.arraycopy(x.data(), 4, twice.data(), 0, 4);
        System.arraycopy(x.data(), 4, twice.data(), 4, 4);
        LossPass weighted = ENTROPY.bind(new Shape(4), Workspace.training(3));
        LossPass plain = bind(ENTROPY, 4);
        Targets targets = Targets.weighted(Targets.labels(0, 3, 2), 0, 2, 0);
        assertEquals(
                plain.forward(twice, Targets.labels(3, 3)), weighted.forward(x, targets), 1e-6);
        assertEquals(0f, weighted.backward().at(0, 0));
        assertEquals(2, weighted.judged(targets));
    }

    @Test
    void accuracyIsOverWhatCounts() {
        Matrix x = Matrix.copyOf(new float[][] {{9, 0, 0, 9, 9, 0}, {0, 9, 0, 9, 9, 0}});
        LossPass pass = bind(ENTROPY.ignoreIndex(0), 3, 2);
        Targets labels = Targets.labels(new int[][] {{0, 1, 0}, {1, 1, 0}});
        assertEquals(3, pass.judged(labels));
        assertEquals(2 + 1, pass.correct(x, labels));
        Targets weighted = Targets.weighted(labels, 3, 0.5f);
        assertEquals(3 + 1, pass.judged(weighted));
        assertEquals(3 + 1, pass.correct(x, weighted));
    }

    /** Once a predicted 0 counted as right though it is ignored, and accuracy passed 100 %. */
    @Test
    void ignoredLabelIsNotRightEither() {
        LossPass pass = bind(ENTROPY.ignoreIndex(0), 2);
        Matrix x = Matrix.copyOf(new float[][] {{1, 0}, {0, 1}});
        assertEquals(1, pass.judged(Targets.labels(0, 1)));
        assertEquals(1, pass.correct(x, Targets.labels(0, 1)));
    }

    @Test
    void accuracyOfAnImageLooksAtEachPixel() {
        Matrix x = Matrix.copyOf(new float[][] {{1, 0, 0, 1}, {0, 0, 1, 1}});
        Targets labels = Targets.labels(new int[][] {{0, 1}, {0, 1}});
        assertEquals(2 + 1, bind(ENTROPY, 2, 1, 2).correct(x, labels));
    }

    @Test
    void wrongTargetsAreNamed() {
        assertRefused(
                "SoftmaxCrossEntropy: targets have 1 labels a sample, predictions have 5 positions"
                        + " of 3 classes; give one for each, by Targets.labels(rows)",
                () -> bind(ENTROPY, 5, 3).check(Targets.labels(0, 1)));
        assertRefused(
                "SoftmaxCrossEntropy: sample 1 has label 3 at position 0; the model has 3 classes,"
                        + " so it must be from 0 to 2, or -100 to be ignored",
                () ->
                        bind(ENTROPY, 2, 3)
                                .check(
                                        Targets.weighted(
                                                Targets.labels(new int[][] {{0, 1}, {3, 0}}),
                                                1,
                                                1)));
        assertRefused(
                "Targets: rows of labels differ in length: row 0 has 1, row 1 has 2; use"
                        + " Targets.steps(rows), or fill the"
                        + " shorter ones with a label that the loss ignores",
                () -> Targets.labels(new int[][] {{0}, {1, 2}}));
        assertRefused(
                "Targets: 3 labels, 2 a sample; each sample must have 1 or more, and all",
                () -> new Targets.Labels(new int[3], 2));
        assertRefused(
                "Targets: 1 weights for 2 samples; give one for each, or one for each step",
                () -> Targets.weighted(Targets.labels(0, 1), 1));
        assertRefused(
                "Targets: weight of sample 1 is -1.0; it must be 0 or more, and finite",
                () -> Targets.weighted(Targets.labels(0, 1), 1, -1));
    }

    @Test
    void weightsReachEachPartAndMultiply() {
        Targets parts = Targets.several(Targets.labels(0, 1), Targets.values(Matrix.zeros(2, 1)));
        Targets twice = Targets.weighted(Targets.weighted(parts, 2, 3), 5, 7);
        for (Targets part : ((Targets.Several) twice).parts()) {
            assertArrayEquals(new float[] {10, 21}, ((Targets.Weighted) part).weights());
        }
    }

    @Test
    void predictionsOfIgnoredStepsMayBeAnything() {
        Matrix x = Matrix.row(1, 0, Float.NaN, Float.NaN, 0, 2);
        LossPass pass = ENTROPY.bind(new Shape(3, 2), Workspace.training(1));
        float loss = pass.forward(x, Targets.labels(new int[][] {{0, -100, 1}}));
        assertEquals((Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(-2))) / 2, loss, 1e-6);
        assertEquals(0f, pass.backward().at(0, 2));
        assertEquals(0f, pass.losses().at(0, 1));
    }

    @Test
    void jointLossWeighsItsParts() {
        List<Shape> outputs = List.of(new Shape(3), new Shape(2));
        List<Loss> losses = List.of(ENTROPY, new MSELoss());
        JointLoss joint = new JointLoss(outputs, losses, List.of(1f, 2f));
        Matrix x = Matrices.gaussian(2, 5, 1);
        Matrix logits = Matrix.copyOf(new float[][] {row(x, 0, 0, 3), row(x, 1, 0, 3)});
        Matrix numbers = Matrix.copyOf(new float[][] {row(x, 0, 3, 5), row(x, 1, 3, 5)});
        Targets labels = Targets.labels(2, 0);
        Targets values = Targets.values(Matrices.gaussian(2, 2, 2));
        float[] weights = {0.5f, 3};
        float expected =
                bind(ENTROPY, 3).forward(logits, Targets.weighted(labels, weights))
                        + 2
                                * bind(new MSELoss(), 2)
                                        .forward(numbers, Targets.weighted(values, weights));
        Targets both = Targets.weighted(Targets.several(labels, values), weights);
        assertEquals(expected, bind(joint, 5).forward(x, both), 1e-6f);
    }

    private static float[] row(Matrix x, int i, int from, int to) {
        return Arrays.copyOfRange(x.data(), i * x.cols() + from, i * x.cols() + to);
    }

    @Test
    void lossesNeedAForwardCall() {
        assertThrows(IllegalStateException.class, () -> bind(ENTROPY, 2).losses());
    }
}
