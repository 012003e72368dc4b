package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Dataset;
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
    int accumulated = 1;
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

    /** Returns the stream that shuffles an epoch of the trainer; null if it is in order. */
    RandomStream shuffling(long epoch) {
        return shuffle ? new RandomStream(seed).stream("shuffling").stream(epoch) : null;
    }
}
