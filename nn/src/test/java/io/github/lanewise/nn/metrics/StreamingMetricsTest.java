package io.github.lanewise.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.file.TensorFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What metrics do beside scikit-learn's values: positions, state, what they refuse. */
class StreamingMetricsTest {

    private static final double TINY = 1e-12;

    @TempDir Path folder;

    private static double value(Metric metric, Matrix outputs, Targets targets) {
        metric.add(outputs, targets);
        return metric.value();
    }

    private static void assertRefused(String message, Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertEquals(message, e.getMessage());
    }

    static Stream<Supplier<Metric>> ofLabels() {
        return Stream.of(
                Metrics::accuracy,
                () -> Metrics.f1(Average.MACRO),
                Metrics::matthewsCorrelation,
                Metrics::perplexity,
                Metrics::brier,
                () -> Metrics.topK(2),
                Metrics::rocAuc,
                Metrics::averagePrecision);
    }

    private Metric savedAndLoaded(Metric from, Metric into) throws IOException {
        StateWriter out = new StateWriter();
        from.save(out.in("metric0"));
        Path file = folder.resolve("state.safetensors");
        Safetensors.write(file, Map.of(), out.tensors());
        try (TensorFile tensors = Safetensors.open(file)) {
            into.load(new StateReader(out.values(), tensors).in("metric0"));
        }
        return into;
    }

    @ParameterizedTest
    @MethodSource("ofLabels")
    void loadedMetricGoesOnWithTheSameBits(Supplier<Metric> maker) throws IOException {
        Targets labels = Targets.weighted(Targets.labels(0, 1, 2, 2, 1, 0), 1, 2, 3, 4, 0.5f, 1);
        Metric whole = maker.get();
        whole.add(Matrices.gaussian(6, 3, 1), labels);
        Metric resumed = maker.get();
        resumed.add(Matrices.gaussian(6, 3, 9), labels);
        savedAndLoaded(whole, resumed);
        assertEquals(whole.value(), resumed.value());
        whole.add(Matrices.gaussian(6, 3, 2), labels);
        resumed.add(Matrices.gaussian(6, 3, 2), labels);
        assertEquals(whole.value(), resumed.value());
    }

    @Test
    void loadedRegressionGoesOnAndAnEmptyOneStaysEmpty() throws IOException {
        Targets rows = Targets.values(Matrices.gaussian(6, 3, 1));
        Metric whole = Metrics.r2();
        whole.add(Matrices.gaussian(6, 3, 2), rows);
        assertEquals(whole.value(), savedAndLoaded(whole, Metrics.r2()).value());
        for (Metric empty :
                List.of(Metrics.r2(), Metrics.accuracy(), Metrics.rocAuc(), Metrics.logLoss())) {
            assertTrue(Double.isNaN(empty.value()), empty.name());
            assertTrue(Double.isNaN(savedAndLoaded(empty, empty).value()), empty.name());
        }
    }

    @ParameterizedTest
    @MethodSource("ofLabels")
    void labelsOfPositionsAreThoseOfRows(Supplier<Metric> maker) {
        Matrix rows = Matrices.gaussian(6, 3, 1);
        Matrix steps = Matrix.of(rows.data(), 2, 9);
        Targets labels = Targets.labels(0, 1, 2, 2, 1, 0);
        Targets ofSteps = Targets.labels(new int[][] {{0, 1, 2}, {2, 1, 0}});
        double expected = value(maker.get(), rows, labels);
        assertEquals(expected, value(maker.get(), steps, ofSteps), TINY);
    }

    static Stream<Supplier<Metric>> ofNumbers() {
        return Stream.of(
                Metrics::meanAbsoluteError,
                Metrics::meanSquaredError,
                Metrics::rootMeanSquaredError,
                Metrics::meanAbsolutePercentageError,
                Metrics::symmetricMeanAbsolutePercentageError,
                Metrics::meanSquaredLogError,
                Metrics::maxError,
                () -> Metrics.pinball(0.9),
                Metrics::explainedVariance,
                Metrics::r2);
    }

    /** Of two samples of three steps, the last two of the second are not there. */
    @ParameterizedTest
    @MethodSource("ofNumbers")
    void stepsWithWeightsAreSamples(Supplier<Metric> maker) {
        Matrix steps = Matrix.of(new float[] {1, 2, 5, 4, 9, 9}, 2, 3);
        Matrix targets = Matrix.of(new float[] {1, 4, 8, 3, 0, 0}, 2, 3);
        double expected =
                value(
                        maker.get(),
                        Matrix.of(new float[] {1, 2, 5, 4}, 4, 1),
                        Targets.values(Matrix.of(new float[] {1, 4, 8, 3}, 4, 1)));
        Targets weighted = Targets.weighted(Targets.values(targets), 1, 1, 1, 1, 0, 0);
        assertEquals(expected, value(maker.get(), steps, weighted), TINY);
    }

    @Test
    void classesMayComeFirstAndLabelsBeIgnored() {
        Matrix image = Matrix.row(1, 0, 0, 1, 1, 1);
        Targets labels = Targets.labels(new int[][] {{0, 0, 1}});
        assertEquals(1, value(Metrics.accuracy().classesFirst(), Matrix.row(1, 0, 0, 1), two()));
        assertEquals(2 / 3., value(Metrics.accuracy().classesFirst(), image, labels), TINY);
        Targets ignored = Targets.labels(new int[][] {{0, 7, 1}});
        Matrix steps = Matrix.row(1, 0, 9, 9, 0, 1);
        assertEquals(1, value(Metrics.accuracy().ignoreIndex(7), steps, ignored));
        double logLoss = value(Metrics.logLoss().ignoreIndex(7), steps, ignored);
        assertEquals(Math.log1p(Math.exp(-1)), logLoss, TINY);
    }

    private static Targets two() {
        return Targets.labels(new int[][] {{0, 1}});
    }

    @Test
    void outputsMayBeProbabilities() {
        Matrix p = Matrix.copyOf(new float[][] {{0.25f, 0.75f}, {1, 0}});
        Targets labels = Targets.labels(1, 1);
        double certain = -Math.log(0x1p-52);
        double expected = (-Math.log(0.75) + certain) / 2;
        assertEquals(expected, value(Metrics.logLoss().probabilities(), p, labels), TINY);
        assertEquals((0.0625 + 1) / 2, value(Metrics.brier().probabilities(), p, labels), TINY);
        Matrix yes = Matrix.copyOf(new float[][] {{0.4f}, {0.6f}});
        Targets rows = Targets.values(Matrix.copyOf(new float[][] {{0}, {1}}));
        assertEquals(1, value(Metrics.f1(Average.BINARY).threshold(0.5f), yes, rows));
        assertEquals(0.5, value(Metrics.accuracy(), yes, rows));
    }

    /** The logits of a network that is certain: no probability of it is 0 in this measure. */
    @Test
    void logLossOfLogitsDoesNotOverflow() {
        assertEquals(2000, value(Metrics.logLoss(), Matrix.row(-1000, 1000), Targets.labels(0)));
        assertEquals(1000, value(Metrics.logLoss(), Matrix.row(-1000), Targets.labels(1)));
    }

    @Test
    void samplesOfNoWeightAndOfNoNumberAreNotCounted() {
        Matrix outputs = Matrix.copyOf(new float[][] {{Float.NaN, 1}, {0, 1}});
        Targets weighted = Targets.weighted(Targets.labels(0, 1), 0, 3);
        assertEquals(1, value(Metrics.accuracy(), outputs, weighted));
        assertEquals(Math.log1p(Math.exp(-1)), value(Metrics.logLoss(), outputs, weighted), TINY);
        assertEquals(
                0, value(Metrics.recall(Average.BINARY), Matrix.row(Float.NaN), Targets.labels(1)));
        assertTrue(Double.isNaN(value(Metrics.rocAuc(), outputs, Targets.labels(0, 1))));
    }

    @Test
    void wrongTargetsAreNamed() {
        assertRefused(
                "f1_macro: label 5 of sample 0, position 0, is outside the 2 classes; ignore it by"
                        + " ignoreIndex(5), or correct it",
                () -> Metrics.f1(Average.MACRO).add(Matrix.row(1, 2), Targets.labels(5)));
        assertRefused(
                "mae: targets are Labels; they must be numbers, Targets.values(rows)",
                () -> Metrics.meanAbsoluteError().add(Matrix.row(1), Targets.labels(0)));
        assertRefused(
                "accuracy: 2 labels a sample, 3 outputs; there must be as many scores for each"
                        + " label",
                () -> Metrics.accuracy().add(Matrix.row(1, 2, 3), two()));
        assertRefused(
                "cohen_kappa: 2 questions a sample; it is for one class a sample or position",
                () -> Metrics.cohenKappa().add(Matrix.row(1, 2), Targets.values(Matrix.row(1, 0))));
        assertRefused(
                "accuracy: 2 targets for 1 rows of outputs; there must be one for each",
                () -> Metrics.accuracy().add(Matrix.row(1, 2), Targets.labels(0, 1)));
        assertThrows(IllegalStateException.class, () -> Metrics.rocAuc().rocCurve());
    }
}
