package io.github.lanewise.bench;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples of one training step of ours.
 *
 * @param inputs a row for each sample
 * @param targets a class for each answer of a sample
 * @param lengths steps of each sample that count; null where all do
 */
public record OurBatch(Matrix inputs, Targets targets, int[] lengths) {

    /**
     * Cuts samples into batches that are windows onto them; what is left over is dropped.
     *
     * @param inputs a row of features for each sample
     * @param labels a class for each answer of a sample
     * @param lengths steps of each sample that count; null where all do
     */
    public static List<OurBatch> cut(TrainedNet net, float[] inputs, int[] labels, int[] lengths) {
        int features = net.input().features();
        int samples = inputs.length / features;
        int answers = labels.length / samples;
        Matrix all = Matrix.of(inputs, samples, features);
        List<OurBatch> batches = new ArrayList<>();
        for (int from = 0; from + net.batch() <= samples; from += net.batch()) {
            int to = from + net.batch();
            int[] own = Arrays.copyOfRange(labels, from * answers, to * answers);
            int[] steps = lengths == null ? null : Arrays.copyOfRange(lengths, from, to);
            Targets targets = new Targets.Labels(own, answers);
            batches.add(new OurBatch(all.rowRange(from, to), targets, steps));
        }
        return batches;
    }

    /** Makes up a batch for a network. */
    public static OurBatch madeUp(TrainedNet net) {
        MadeUpSamples samples = net.madeUp(net.batch());
        return cut(net, samples.inputs(), samples.labels(), samples.lengths()).getFirst();
    }
}
