package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Sampler;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.distributed.LocalCollective;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.metrics.Metric;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What a {@link Trainer} was told about its runs. */
final class RunSettings {

    long seed;
    boolean shuffle = true;
    boolean dropLast;
    Sampler sampler;
    int prefetch;
    int accumulated = 1;
    int shards;
    Collective collective;
    double validationSplit;
    Dataset validation;
    WeightAverage average;
    Checkpoints checkpoints;
    Path resumeFrom;
    List<Metric> trainingMetrics = List.of();
    List<Metric> validationMetrics = List.of();

    void metrics(List<Supplier<? extends Metric>> makers) {
        List<Metric> training = new ArrayList<>();
        List<Metric> validating = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of("loss", "accuracy"));
        for (Supplier<? extends Metric> maker : makers) {
            Metric metric = maker.get();
            if (!names.add(metric.name())) {
                throw new IllegalArgumentException(
                        "metrics: %s is there already; give each a name of its own"
                                .formatted(metric.name()));
            }
            training.add(metric);
            validating.add(maker.get());
        }
        trainingMetrics = List.copyOf(training);
        validationMetrics = List.copyOf(validating);
    }

    /** Returns into how many shards a batch is cut; 1 if it is not. */
    int allShards() {
        return collective != null ? collective.shards() : Math.max(shards, 1);
    }

    /** Returns the workers among whom batches are cut into shards; null if they are not cut. */
    Collective workers() {
        if (collective != null && shards > 0 && collective.shards() != shards) {
            throw new IllegalArgumentException(
                    "fit: the trainer has %s shards, its collective %s; give both the same"
                            .formatted(shards, collective.shards()));
        }
        int all = allShards();
        if (all == 1) {
            return null;
        }
        if (accumulated > 1) {
            throw new IllegalArgumentException(
                    ("fit: accumulate is %s and there are %s shards; take a larger batch instead:"
                                    + " its shards go through the model one at a time, too")
                            .formatted(accumulated, all));
        }
        return collective != null ? collective : LocalCollective.alone(all);
    }

    /** Lets the other workers know that this one goes on no more. */
    void leaveGroup() {
        if (collective != null) {
            collective.close();
        }
    }

    /** Returns whether this worker writes files for all. */
    boolean isWriter() {
        return collective == null || collective.rank() == 0;
    }

    /** Returns the stream that shuffles an epoch of the trainer. */
    RandomStream shuffling(long epoch) {
        return new RandomStream(seed).stream("shuffling").stream(epoch);
    }
}
