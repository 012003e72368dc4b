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
import io.github.lanewise.nn.metrics.Average;
import io.github.lanewise.nn.metrics.Metric;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A step of weight w is what a sample of weight w is. */
class StepWeightsTest {

    private static final int SAMPLES = 3;
    private static final int STEPS = 4;
    private static final int WIDTH = 5;
    private static final int ROWS = SAMPLES * STEPS;
    private static final float[] WEIGHTS = {1, 1, 0, 0, 2, 0.5f, 1, 0, 1, 1, 1, 1};

    private final Matrix sequences = Matrices.gaussian(SAMPLES, STEPS * WIDTH, 1);
    private final Matrix rows = Matrix.of(sequences.data(), ROWS, WIDTH);

    private static Targets labels(int perSample) {
        int[] classes = new int[ROWS];
        Arrays.setAll(classes, i -> i * i % WIDTH);
        return Targets.weighted(new Targets.Labels(classes, perSample), WEIGHTS);
    }

    private static Targets values(int perSample, boolean binary) {
        Matrix all = Matrices.gaussian(ROWS, WIDTH, 2);
        for (int i = 0; binary && i < all.size(); i++) {
            all.data()[i] = all.data()[i] > 0 ? 1 : 0;
        }
        int cols = perSample * WIDTH;
        return Targets.weighted(
                Targets.values(Matrix.of(all.data(), ROWS / perSample, cols)), WEIGHTS);
    }

    private void isTheSame(Loss loss, Targets ofSteps, Targets ofRows) {
        Shape shape = new Shape(STEPS, WIDTH);
        LossPass steps = loss.bind(shape, Workspace.training(SAMPLES));
        LossPass single = loss.bind(new Shape(WIDTH), Workspace.training(ROWS));
        float expected = single.forward(rows, ofRows);
        assertEquals(expected, steps.forward(sequences, ofSteps), Math.abs(expected) * 1e-6);
        float[] gradient = Matrices.values(single.backward());
        assertArrayEquals(gradient, Matrices.values(steps.backward()), 1e-6f);
        assertEquals(single.judged(ofRows), steps.judged(ofSteps));
        if (single.judged(ofRows) != LossPass.NO_ACCURACY) {
            assertEquals(single.correct(rows, ofRows), steps.correct(sequences, ofSteps));
        }
        assertTrue(GradientCheck.of(loss, shape, ofSteps, 1).passed(), loss::toString);
    }

    @ParameterizedTest
    @EnumSource(
            value = Reduction.class,
            names = {"BATCH_MEAN", "COUNT_MEAN"},
            mode = EnumSource.Mode.EXCLUDE)
    void lossesCountStepsByTheirWeights(Reduction reduction) {
        SoftmaxCrossEntropy entropy = new SoftmaxCrossEntropy().reduction(reduction);
        isTheSame(entropy, labels(STEPS), labels(1));
        isTheSame(entropy.ignoreIndex(4), labels(STEPS), labels(1));
        isTheSame(entropy.weight(1, 2, 3, 0.5f, 1), labels(STEPS), labels(1));
        isTheSame(new MSELoss(reduction), values(STEPS, false), values(1, false));
        isTheSame(
                new BCEWithLogitsLoss().reduction(reduction), values(STEPS, true), values(1, true));
        isTheSame(new LogCoshLoss(reduction), values(STEPS, false), values(1, false));
    }

    @Test
    void countMeanDividesByStepsThatAreThere() {
        LossPass pass =
                new MSELoss(Reduction.COUNT_MEAN).bind(new Shape(2, 1), Workspace.training(1));
        Targets targets = Targets.weighted(Targets.values(Matrix.row(0, 0)), new float[] {3, 0});
        assertEquals(12, pass.forward(Matrix.row(2, 9), targets));
    }

    static Stream<Supplier<Metric>> metrics() {
        return Stream.of(
                () -> Metrics.f1(Average.MACRO),
                Metrics::perplexity,
                () -> Metrics.topK(2),
                Metrics::balancedAccuracy);
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void metricsCountStepsByTheirWeights(Supplier<Metric> maker) {
        Metric steps = maker.get();
        Metric single = maker.get();
        steps.add(sequences, labels(STEPS));
        single.add(rows, labels(1));
        assertEquals(single.value(), steps.value(), 1e-12);
    }

    @Test
    void measuresOfNumbersCountStepsByTheirWeights() {
        for (Supplier<Metric> maker :
                Stream.<Supplier<Metric>>of(Metrics::r2, Metrics::rootMeanSquaredError).toList()) {
            Metric steps = maker.get();
            Metric single = maker.get();
            steps.add(sequences, values(STEPS, false));
            single.add(rows, values(1, false));
            assertEquals(single.value(), steps.value(), 1e-12);
        }
        Metric answers = Metrics.f1(Average.MICRO);
        Metric ofRows = Metrics.f1(Average.MICRO);
        answers.add(sequences, values(STEPS, true));
        ofRows.add(rows, values(1, true));
        assertEquals(ofRows.value(), answers.value(), 1e-12);
    }

    @Test
    void weightsThatFitNothingAreRefused() {
        Targets.Labels perSample = Targets.labels(0, 1, 2);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Targets.weighted(perSample, new float[6]))
                        .getMessage();
        assertEquals(
                "Targets: 6 weights for 3 samples, 2 for each, do not divide its targets; give one"
                        + " for each, or one for each step",
                message);
        LossPass pass =
                new SoftmaxCrossEntropy()
                        .classAxis(ClassAxis.FIRST)
                        .bind(new Shape(WIDTH, STEPS), Workspace.training(SAMPLES));
        assertThrows(IllegalArgumentException.class, () -> pass.forward(sequences, labels(STEPS)));
    }
}
