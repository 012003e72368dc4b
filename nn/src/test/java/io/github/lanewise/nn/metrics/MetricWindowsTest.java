package io.github.lanewise.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateWriter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Outputs that lie within a larger matrix, and a measure that goes on from a checkpoint. */
class MetricWindowsTest {

    private static final int ROWS = 6;
    private static final Targets CLASSES = Targets.labels(0, 3, 1, 2, 2, 0);
    private static final Targets OTHER_CLASSES = Targets.labels(1, 1, 0, 3, 2, 3);
    private static final Targets ANSWERS = Targets.values(matrix(1, 1, 0, 1, 1, 0, 0));
    private static final Targets OTHER_ANSWERS = Targets.values(matrix(1, 0, 1, 1, 0, 0, 1));
    private static final Targets NUMBERS =
            Targets.values(matrix(2, 1, 5, 2, 4, 3, 3, 4, 2, 5, 1, 6, 9));
    private static final Targets OTHER_NUMBERS =
            Targets.values(matrix(2, 8, 1, 3, 9, 2, 2, 4, 4, 7, 5, 6, 6));

    private static Matrix matrix(int cols, float... values) {
        return Matrix.of(values, values.length / cols, cols);
    }

    /** Returns numbers from 0 to 1 in no order. */
    private static Matrix outputs(int cols, int first) {
        float[] values = new float[ROWS * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = (first + i * 37 % 101) / 128f;
        }
        return matrix(cols, values);
    }

    /** Returns the same numbers amid others, which a wrong index would find. */
    private static Matrix within(Matrix copy) {
        int ld = copy.cols() + 3;
        float[] data = new float[5 + copy.rows() * ld];
        Arrays.fill(data, 77);
        for (int i = 0; i < copy.rows(); i++) {
            System.arraycopy(copy.data(), i * copy.cols(), data, 5 + i * ld, copy.cols());
        }
        return new Matrix(data, 5, copy.rows(), copy.cols(), ld);
    }

    static Stream<Arguments> metrics() {
        List<Supplier<Metric>> ofClasses =
                List.of(
                        Metrics::accuracy,
                        Metrics::hammingLoss,
                        Metrics::balancedAccuracy,
                        Metrics::matthewsCorrelation,
                        Metrics::cohenKappa,
                        () -> Metrics.precision(Average.MACRO),
                        () -> Metrics.recall(Average.MACRO),
                        () -> Metrics.specificity(Average.MACRO),
                        () -> Metrics.f1(Average.MACRO),
                        () -> Metrics.iou(Average.MACRO),
                        () -> Metrics.topK(2),
                        Metrics::logLoss,
                        Metrics::perplexity,
                        Metrics::brier);
        List<Supplier<Metric>> ofAnswers =
                List.of(Metrics::rocAuc, Metrics::averagePrecision, Metrics::accuracy);
        List<Supplier<Metric>> ofNumbers =
                List.of(
                        Metrics::meanAbsoluteError,
                        Metrics::meanSquaredError,
                        Metrics::rootMeanSquaredError,
                        Metrics::meanAbsolutePercentageError,
                        Metrics::symmetricMeanAbsolutePercentageError,
                        Metrics::meanSquaredLogError,
                        Metrics::maxError,
                        () -> Metrics.pinball(0.3),
                        Metrics::explainedVariance,
                        Metrics::r2);
        return Stream.of(
                        ofClasses.stream().map(m -> of(m, 4, CLASSES, OTHER_CLASSES)),
                        ofAnswers.stream().map(m -> of(m, 1, ANSWERS, OTHER_ANSWERS)),
                        ofNumbers.stream().map(m -> of(m, 2, NUMBERS, OTHER_NUMBERS)))
                .flatMap(all -> all);
    }

    private static Arguments of(Supplier<Metric> made, int cols, Targets first, Targets second) {
        return Arguments.of(made.get().name(), made, cols, first, second);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("metrics")
    void aWindowIsReadAsItsCopy(
            String name, Supplier<Metric> made, int cols, Targets targets, Targets others) {
        Metric ofCopy = made.get();
        Metric ofWindow = made.get();
        ofCopy.add(outputs(cols, 1), targets);
        ofCopy.add(outputs(cols, 20), others);
        ofWindow.add(within(outputs(cols, 1)), targets);
        ofWindow.add(within(outputs(cols, 20)), windowed(others));
        assertFalse(Double.isNaN(ofCopy.value()), name);
        assertEquals(ofCopy.value(), ofWindow.value(), name);
    }

    private static Targets windowed(Targets targets) {
        return targets instanceof Targets.Values values
                ? Targets.values(within(values.rows()))
                : targets;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("metrics")
    void aMeasureGoesOnFromWhatWasSaved(
            String name, Supplier<Metric> made, int cols, Targets targets, Targets others)
            throws IOException {
        Metric whole = made.get();
        whole.add(outputs(cols, 1), targets);
        StateWriter saved = new StateWriter();
        whole.save(saved);
        double before = whole.value();
        Metric resumed = made.get();
        resumed.load(saved.copy());
        assertEquals(before, resumed.value(), name);
        whole.add(outputs(cols, 20), others);
        resumed.add(outputs(cols, 20), others);
        assertEquals(whole.value(), resumed.value(), name);
    }
}
