package io.github.lanewise.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Values of scikit-learn: {@code metrics.json}, which {@code metrics.py} makes. */
class MetricsParityTest {

    private static final double TOLERANCE = 1e-12;
    private static final int BATCH = 7;

    record Golden(JsonNode node) {
        double[] numbers(String name) {
            return numbers(node.get(name));
        }

        private static double[] numbers(JsonNode array) {
            return StreamSupport.stream(array.spliterator(), false)
                    .mapToDouble(JsonNode::asDouble)
                    .toArray();
        }

        Matrix rows(String name, int from, int to) {
            float[][] rows = new float[to - from][];
            for (int i = from; i < to; i++) {
                rows[i - from] = floats(numbers(node.get(name).get(i)));
            }
            return Matrix.copyOf(rows);
        }

        private static float[] floats(double[] numbers) {
            float[] floats = new float[numbers.length];
            for (int i = 0; i < floats.length; i++) {
                floats[i] = (float) numbers[i];
            }
            return floats;
        }

        Targets targets(int from, int to) {
            boolean labels = node.get("targets").get(0).isNumber();
            int[] classes = new int[to - from];
            float[] weights = new float[to - from];
            for (int i = from; i < to; i++) {
                classes[i - from] = node.get("targets").get(i).asInt();
                weights[i - from] = (float) node.get("weights").path(i).asDouble();
            }
            Targets targets =
                    labels ? Targets.labels(classes) : Targets.values(rows("targets", from, to));
            return node.get("weights").isNull() ? targets : Targets.weighted(targets, weights);
        }

        void feed(Metric metric) {
            int size = node.get("outputs").size();
            metric.add(Matrix.zeros(BATCH, node.get("outputs").get(0).size()), targets(0, BATCH));
            metric.reset();
            for (int from = 0; from < size; from += BATCH) {
                int to = Math.min(size, from + BATCH);
                metric.add(rows("outputs", from, to), targets(from, to));
            }
        }

        @Override
        public String toString() {
            return node.get("name").asText();
        }
    }

    static Stream<Golden> cases() throws IOException {
        try (var file = MetricsParityTest.class.getResourceAsStream("metrics.json")) {
            JsonNode root = new ObjectMapper().readTree(file);
            return StreamSupport.stream(root.spliterator(), false).map(Golden::new);
        }
    }

    private static Map<String, Metric> all() {
        List<Metric> metrics =
                new ArrayList<>(
                        List.of(
                                Metrics.accuracy(),
                                Metrics.hammingLoss(),
                                Metrics.balancedAccuracy(),
                                Metrics.matthewsCorrelation(),
                                Metrics.cohenKappa(),
                                Metrics.topK(2),
                                Metrics.logLoss(),
                                Metrics.perplexity(),
                                Metrics.brier(),
                                Metrics.rocAuc(),
                                Metrics.averagePrecision(),
                                Metrics.meanAbsoluteError(),
                                Metrics.meanSquaredError(),
                                Metrics.rootMeanSquaredError(),
                                Metrics.meanAbsolutePercentageError(),
                                Metrics.symmetricMeanAbsolutePercentageError(),
                                Metrics.meanSquaredLogError(),
                                Metrics.maxError(),
                                Metrics.pinball(0.3),
                                Metrics.explainedVariance(),
                                Metrics.r2()));
        for (Average average : Average.values()) {
            metrics.add(Metrics.precision(average));
            metrics.add(Metrics.recall(average));
            metrics.add(Metrics.specificity(average));
            metrics.add(Metrics.f1(average));
            metrics.add(Metrics.fBeta(2, average));
            metrics.add(Metrics.fBeta(0.5, average));
            metrics.add(Metrics.iou(average));
            metrics.add(Metrics.dice(average));
        }
        Map<String, Metric> byName = new HashMap<>();
        metrics.forEach(metric -> byName.put(metric.name(), metric));
        return byName;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void metricsAreThoseOfScikitLearn(Golden golden) {
        Map<String, Metric> metrics = all();
        golden.node
                .get("values")
                .properties()
                .forEach(
                        expected -> {
                            Metric metric = metrics.get(expected.getKey());
                            golden.feed(metric);
                            assertEquals(
                                    expected.getValue().asDouble(),
                                    metric.value(),
                                    TOLERANCE,
                                    expected.getKey());
                        });
    }

    static Stream<Golden> curves() throws IOException {
        return cases().filter(golden -> golden.node.has("fpr"));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void curvesAreThoseOfScikitLearn(Golden golden) {
        RankingMetric metric = Metrics.rocAuc();
        golden.feed(metric);
        RocCurve roc = metric.rocCurve();
        assertArrayEquals(golden.numbers("fpr"), roc.falsePositiveRates(), TOLERANCE);
        assertArrayEquals(golden.numbers("tpr"), roc.truePositiveRates(), TOLERANCE);
        assertEquals(Double.POSITIVE_INFINITY, roc.thresholds()[0]);
        double[] falling = golden.numbers("falling");
        for (int i = 0; i < falling.length; i++) {
            assertEquals(falling[i], roc.thresholds()[i + 1]);
        }
        PrecisionRecallCurve curve = metric.precisionRecallCurve();
        assertArrayEquals(golden.numbers("precision"), curve.precision(), TOLERANCE);
        assertArrayEquals(golden.numbers("recall"), curve.recall(), TOLERANCE);
        assertArrayEquals(golden.numbers("rising"), curve.thresholds());
    }
}
