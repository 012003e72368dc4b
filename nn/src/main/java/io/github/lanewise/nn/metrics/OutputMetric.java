package io.github.lanewise.nn.metrics;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.internal.Columns;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A metric of one of several outputs, which lie side by side, and of its part of the targets. */
final class OutputMetric implements Metric {

    private final Columns outputs;
    private final int number;
    private final Metric metric;

    OutputMetric(List<Shape> outputs, int number, Metric metric) {
        this.number = Objects.checkIndex(number, outputs.size());
        this.outputs = new Columns(outputs);
        this.metric = Objects.requireNonNull(metric, "metric");
    }

    @Override
    public String name() {
        return "output%s_%s".formatted(number, metric.name());
    }

    @Override
    public void reset() {
        metric.reset();
    }

    @Override
    public void add(Matrix joint, Targets targets) {
        boolean fits =
                targets instanceof Targets.Several several && several.parts().size() > number;
        if (!fits || joint.cols() != outputs.features()) {
            throw new IllegalArgumentException(
                    "%s: outputs are %s and targets %s; it is for %s features, and Targets.several"
                            .formatted(
                                    name(),
                                    joint.shape(),
                                    targets.getClass().getSimpleName(),
                                    outputs.features()));
        }
        metric.add(outputs.split(joint)[number], ((Targets.Several) targets).parts().get(number));
    }

    @Override
    public double value() {
        return metric.value();
    }

    @Override
    public void save(StateWriter out) {
        metric.save(out);
    }

    @Override
    public void load(StateReader in) throws IOException {
        metric.load(in);
    }
}
