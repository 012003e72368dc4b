package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;

import java.util.Objects;

/** Copies the targets of a batch out of those of a whole dataset. */
final class TargetRows {

    private TargetRows() {}

    /** Checks that there is a target for each sample. */
    static void requireSize(Targets targets, int samples) {
        if (Objects.requireNonNull(targets, "targets").size() != samples) {
            throw new IllegalArgumentException(
                    "Dataset: %d targets for %d samples; give one for each"
                            .formatted(targets.size(), samples));
        }
    }

    /** Makes a buffer for a batch of targets like these. */
    static Targets buffer(Targets like, int batch) {
        return switch (like) {
            case Targets.Labels labels ->
                    new Targets.Labels(new int[batch * labels.perSample()], labels.perSample());
            case Targets.Values values -> Targets.values(Matrix.zeros(batch, values.rows().cols()));
            case Targets.None none -> Targets.none(batch);
            case Targets.Weighted weighted ->
                    new Targets.Weighted(buffer(weighted.targets(), batch), new float[batch]);
            case Targets.Several several ->
                    new Targets.Several(
                            several.parts().stream().map(part -> buffer(part, batch)).toList());
        };
    }

    /** Copies the targets of the chosen rows. */
    static void gather(Targets from, int[] rows, Targets into) {
        if (from instanceof Targets.Labels source && into instanceof Targets.Labels batch) {
            gather(source, rows, batch);
        } else if (from instanceof Targets.Weighted source
                && into instanceof Targets.Weighted batch) {
            gather(source.targets(), rows, batch.targets());
            for (int i = 0; i < batch.size(); i++) {
                batch.weights()[i] = source.weights()[rows[i]];
            }
        } else if (from instanceof Targets.Values source && into instanceof Targets.Values batch) {
            Engine.kernels().gatherRows(source.rows(), rows, batch.rows());
        } else if (from instanceof Targets.Several source
                && into instanceof Targets.Several batch) {
            for (int i = 0; i < batch.parts().size(); i++) {
                gather(source.parts().get(i), rows, batch.parts().get(i));
            }
        } else if (!(from instanceof Targets.None && into instanceof Targets.None)) {
            throw new IllegalArgumentException(
                    "gather: dataset has %s, the buffer is %s; make it with targetBuffer(batch)"
                            .formatted(from, into));
        }
    }

    private static void gather(Targets.Labels from, int[] rows, Targets.Labels into) {
        int count = from.perSample();
        if (into.perSample() != count) {
            throw new IllegalArgumentException(
                    ("gather: dataset has %d labels a sample, the buffer %d; make it with"
                                    + " targetBuffer(batch)")
                            .formatted(count, into.perSample()));
        }
        for (int i = 0; i < into.size(); i++) {
            for (int j = 0; j < count; j++) {
                into.classes()[i * count + j] = from.classes()[rows[i] * count + j];
            }
        }
    }
}
