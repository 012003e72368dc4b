package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.PartialLossPass;
import io.github.lanewise.nn.metrics.Metric;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Adds up losses, right predictions and metrics over batches; in double, so that long epochs keep
 * their digits.
 *
 * <p>The loss is the mean over what counts, whatever the reduction: ignored labels do not enter it,
 * weights of classes do.
 */
final class Tally {

    private final List<Metric> metrics;
    private int samples;
    private double lossSum;
    private double lossWeight;
    private double right;
    private double judged;
    private boolean accurate;

    Tally(List<Metric> metrics) {
        this.metrics = metrics;
    }

    void clear() {
        samples = 0;
        lossSum = 0;
        lossWeight = 0;
        right = 0;
        judged = 0;
        accurate = false;
        metrics.forEach(Metric::reset);
    }

    /** Adds a batch whose loss has just been computed. */
    void add(LossPass loss, float batchLoss, Matrix outputs, Targets targets) {
        samples += targets.size();
        if (loss instanceof PartialLossPass partial) {
            lossSum += partial.weight() == 0 ? 0 : partial.sum();
            lossWeight += partial.weight();
        } else {
            lossSum += (double) batchLoss * targets.size();
            lossWeight += targets.size();
        }
        double batchJudged = loss.judged(targets);
        if (batchJudged != LossPass.NO_ACCURACY) {
            accurate = true;
            judged += batchJudged;
            right += loss.correct(outputs, targets);
        }
        for (int i = 0; i < metrics.size(); i++) {
            metrics.get(i).add(outputs, targets);
        }
    }

    /** Adds a batch that was computed in shards; outputs are null if there are no metrics. */
    void add(ShardMeasures shards, Matrix outputs, Targets targets) {
        samples += targets.size();
        lossSum += shards.sum();
        lossWeight += shards.weight();
        accurate |= shards.isAccurate();
        judged += shards.judged();
        right += shards.correct();
        for (int i = 0; i < metrics.size(); i++) {
            metrics.get(i).add(outputs, targets);
        }
    }

    int samples() {
        return samples;
    }

    double loss() {
        return lossSum / lossWeight;
    }

    double accuracy() {
        return accurate ? right / judged : Double.NaN;
    }

    /** Returns all of it. */
    Evaluation evaluation() {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> values.put(metric.name(), metric.value()));
        return new Evaluation(loss(), accuracy(), samples, values);
    }

    /** Writes the sums, and those of metrics that keep some. */
    void save(StateWriter out) {
        out.put("samples", samples);
        out.put("lossSum", lossSum);
        out.put("lossWeight", lossWeight);
        out.put("right", right);
        out.put("judged", judged);
        out.put("accurate", accurate);
        for (int i = 0; i < metrics.size(); i++) {
            metrics.get(i).save(out.in("metric" + i));
        }
    }

    void load(StateReader in) throws IOException {
        samples = in.get("samples").asInt();
        lossSum = in.get("lossSum").asDouble();
        lossWeight = in.get("lossWeight").asDouble();
        right = in.get("right").asDouble();
        judged = in.get("judged").asDouble();
        accurate = in.get("accurate").asBoolean();
        for (int i = 0; i < metrics.size(); i++) {
            metrics.get(i).load(in.in("metric" + i));
        }
    }
}
