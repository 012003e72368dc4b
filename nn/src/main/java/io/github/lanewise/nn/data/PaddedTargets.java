package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;

import java.util.Arrays;

/**
 * Targets of sequences of unequal length: those of single steps are padded as the sequences are,
 * and weighted, so that padding does not count. All others are left as they are.
 */
final class PaddedTargets {

    private PaddedTargets() {}

    /**
     * Pads those of steps.
     *
     * @param lengths of the samples
     * @param steps to which they are padded
     */
    static Targets of(Targets targets, int[] lengths, int steps) {
        TargetRows.requireSize(targets, lengths.length);
        return switch (targets) {
            case Targets.Several several ->
                    new Targets.Several(
                            several.parts().stream()
                                    .map(part -> of(part, lengths, steps))
                                    .toList());
            case Targets.Weighted weighted when weighted.perSample() > 1 ->
                    padded(weighted.targets(), weighted.weights(), lengths, steps);
            case Targets.Weighted weighted when isOfSteps(weighted.targets(), lengths) ->
                    padded(weighted.targets(), weighted.weights(), lengths, steps);
            case Targets.Labels labels when isOfSteps(labels, lengths) ->
                    padded(labels, new float[] {1}, lengths, steps);
            default -> targets;
        };
    }

    private static boolean isOfSteps(Targets targets, int[] lengths) {
        return targets instanceof Targets.Labels labels
                && labels.perSample() > 1
                && labels.perSample() == Arrays.stream(lengths).max().orElseThrow();
    }

    /**
     * @param weights of steps, of samples, or one of all
     */
    private static Targets padded(Targets plain, float[] weights, int[] lengths, int steps) {
        int samples = lengths.length;
        int given =
                plain instanceof Targets.Labels labels
                        ? labels.perSample()
                        : Math.max(1, weights.length / samples);
        float[] all = new float[Math.multiplyExact(samples, steps)];
        for (int i = 0; i < samples; i++) {
            for (int t = 0; t < given; t++) {
                int place = i * given + t;
                float weight =
                        weights.length == samples * given
                                ? weights[place]
                                : weights[weights.length == 1 ? 0 : i];
                if (t < lengths[i]) {
                    all[i * steps + t] = weight;
                } else if (weight != 0 && weights.length == samples * given) {
                    throw new IllegalArgumentException(
                            "sequences: sample %s has %s steps, its targets more; give as many"
                                    .formatted(i, lengths[i]));
                }
            }
        }
        return new Targets.Weighted(copied(plain, given, lengths, steps), all);
    }

    private static Targets copied(Targets plain, int given, int[] lengths, int steps) {
        if (plain instanceof Targets.Labels labels) {
            int[] classes = new int[lengths.length * steps];
            for (int i = 0; i < lengths.length; i++) {
                int count = Math.min(given, lengths[i]);
                System.arraycopy(labels.classes(), i * given, classes, i * steps, count);
            }
            return new Targets.Labels(classes, steps);
        }
        Matrix rows = ((Targets.Values) plain).rows();
        int width = rows.cols() / given;
        Matrix values = Matrix.zeros(lengths.length, Math.multiplyExact(steps, width));
        for (int i = 0; i < lengths.length; i++) {
            int count = Math.min(given, lengths[i]) * width;
            int from = rows.offset() + i * rows.ld();
            System.arraycopy(rows.data(), from, values.data(), i * values.ld(), count);
        }
        return Targets.values(values);
    }

    /** Makes a buffer for a batch whose samples are padded to so many steps. */
    static Targets buffer(Targets whole, int batch, int steps) {
        return switch (whole) {
            case Targets.Several several ->
                    new Targets.Several(
                            several.parts().stream()
                                    .map(part -> buffer(part, batch, steps))
                                    .toList());
            case Targets.Weighted weighted when weighted.perSample() > 1 ->
                    new Targets.Weighted(
                            buffer(weighted, weighted.targets(), batch, steps),
                            new float[batch * steps]);
            default -> TargetRows.buffer(whole, batch);
        };
    }

    private static Targets buffer(Targets.Weighted whole, Targets plain, int batch, int steps) {
        if (plain instanceof Targets.Labels) {
            return new Targets.Labels(new int[batch * steps], steps);
        }
        int width = ((Targets.Values) plain).rows().cols() / whole.perSample();
        return Targets.values(Matrix.zeros(batch, steps * width));
    }

    /** Copies the targets of the chosen rows, of each as many steps as the buffer has. */
    static void gather(Targets whole, int[] rows, Targets into) {
        if (whole instanceof Targets.Several source && into instanceof Targets.Several batch) {
            for (int i = 0; i < batch.parts().size(); i++) {
                gather(source.parts().get(i), rows, batch.parts().get(i));
            }
        } else if (whole instanceof Targets.Weighted source
                && into instanceof Targets.Weighted batch
                && source.perSample() != batch.perSample()) {
            gatherSteps(source, rows, batch);
        } else if (!(into instanceof Targets.None)) {
            TargetRows.gather(whole, rows, into);
        }
    }

    private static void gatherSteps(Targets.Weighted from, int[] rows, Targets.Weighted into) {
        int all = from.perSample();
        int steps = into.perSample();
        for (int i = 0; i < into.size(); i++) {
            int at = rows[i] * all;
            System.arraycopy(from.weights(), at, into.weights(), i * steps, steps);
            if (from.targets() instanceof Targets.Labels source
                    && into.targets() instanceof Targets.Labels batch) {
                System.arraycopy(source.classes(), at, batch.classes(), i * steps, steps);
            } else if (from.targets() instanceof Targets.Values source
                    && into.targets() instanceof Targets.Values batch) {
                Matrix x = source.rows();
                Matrix y = batch.rows();
                System.arraycopy(
                        x.data(),
                        x.offset() + rows[i] * x.ld(),
                        y.data(),
                        y.offset() + i * y.ld(),
                        y.cols());
            }
        }
    }
}
