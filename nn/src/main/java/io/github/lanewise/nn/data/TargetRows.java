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
                    "Dataset: %s targets for %s samples; give one for each"
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
                    new Targets.Weighted(
                            buffer(weighted.targets(), batch),
                            new float[batch * weighted.perSample()]);
            case Targets.Several several ->
                    new Targets.Several(
                            several.parts().stream().map(part -> buffer(part, batch)).toList());
        };
    }

    /**
     * Checks that the targets of a dataset are of the same kind and width as those of the first.
     */
    static void requireAlike(
            String operation, String what, Targets first, Targets other, long number) {
        if (!kind(first).equals(kind(other))) {
            throw new IllegalArgumentException(
                    "%s: targets of %s 0 are %s, of %s %s %s; they must be alike"
                            .formatted(operation, what, kind(first), what, number, kind(other)));
        }
    }

    private static String kind(Targets targets) {
        return switch (targets) {
            case Targets.Labels labels -> labels.perSample() + " labels each";
            case Targets.Values values -> values.rows().cols() + " numbers each";
            case Targets.None none -> "none";
            case Targets.Weighted weighted -> "weighted " + kind(weighted.targets());
            case Targets.Several several ->
                    several.parts().stream().map(TargetRows::kind).toList().toString();
        };
    }

    /** Copies one sample's target to a row of others of its kind. */
    static void copy(Targets from, int row, Targets into, int to) {
        switch (into) {
            case Targets.Labels batch -> {
                int count = batch.perSample();
                int[] source = ((Targets.Labels) from).classes();
                System.arraycopy(source, row * count, batch.classes(), to * count, count);
            }
            case Targets.Values batch -> {
                Matrix x = ((Targets.Values) from).rows();
                Matrix y = batch.rows();
                int at = x.offset() + row * x.ld();
                System.arraycopy(x.data(), at, y.data(), y.offset() + to * y.ld(), y.cols());
            }
            case Targets.None none -> {}
            case Targets.Weighted batch -> {
                Targets.Weighted source = (Targets.Weighted) from;
                batch.weights()[to] = source.weights()[row];
                copy(source.targets(), row, batch.targets(), to);
            }
            case Targets.Several batch -> {
                for (int i = 0; i < batch.parts().size(); i++) {
                    Targets part = ((Targets.Several) from).parts().get(i);
                    copy(part, row, batch.parts().get(i), to);
                }
            }
        }
    }

    /** Copies the targets of the chosen rows. */
    static void gather(Targets from, int[] rows, Targets into) {
        if (from instanceof Targets.Labels source && into instanceof Targets.Labels batch) {
            gather(source, rows, batch);
        } else if (from instanceof Targets.Weighted source
                && into instanceof Targets.Weighted batch) {
            gather(source.targets(), rows, batch.targets());
            int count = source.perSample();
            for (int i = 0; i < batch.size(); i++) {
                System.arraycopy(
                        source.weights(), rows[i] * count, batch.weights(), i * count, count);
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
                    ("gather: dataset has %s labels a sample, the buffer %s; make it with"
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
