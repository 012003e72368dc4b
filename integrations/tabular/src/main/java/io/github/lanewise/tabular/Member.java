package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.inference.InferenceSession;

/**
 * One network of a model with all that it needs.
 *
 * @param preprocessing what its training rows told
 * @param target with their scale
 * @param network with trained values
 * @param temperature by which logits are divided; 1 for regression
 */
record Member(Preprocessing preprocessing, Target target, Model network, double temperature) {

    private static final int BATCH = 256;

    /** Adds this member's share to predictions. */
    void addTo(Predictions sums, Table table, int[] rows, double share) {
        FeatureRows features = new FeatureRows(preprocessing, table, rows);
        InferenceSession session = InferenceSession.of(network, BATCH);
        double[] p = new double[target.outputs()];
        float[] logits = new float[target.outputs()];
        for (int from = 0; from < rows.length; from += BATCH) {
            int to = Math.min(from + BATCH, rows.length);
            Matrix outputs = session.predict(features.range(from, to));
            for (int i = from; i < to; i++) {
                System.arraycopy(
                        outputs.data(), (i - from) * outputs.ld(), logits, 0, logits.length);
                add(sums, i, logits, p, share);
            }
        }
    }

    /** Adds this member's share of the prediction that outputs of the network mean. */
    void add(Predictions sums, int row, float[] outputs, double[] scratch, double share) {
        if (!target.task().isClassification()) {
            sums.numbers()[row] += share * target.scale().number(outputs[0]);
            return;
        }
        Temperature.softmax(outputs, temperature, scratch);
        double[] sum = sums.probabilities()[row];
        for (int j = 0; j < scratch.length; j++) {
            sum[j] += share * scratch[j];
        }
    }
}
