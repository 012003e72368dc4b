package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;

import java.util.List;
import java.util.Objects;

/** What the predictions of a batch should be, so many numbers for each sample. */
public sealed interface Targets {

    /** Returns the number of samples. */
    int size();

    /** Views class numbers, counted from 0, as targets. */
    static Labels labels(int... classes) {
        return new Labels(classes);
    }

    /**
     * Copies rows of class numbers, counted from 0, as targets: a row for each sample, a class for
     * each of its steps or pixels (those of an image row by row).
     *
     * @throws IllegalArgumentException if there is no row, or rows differ in length
     */
    static Labels labels(int[][] rows) {
        return LabelRows.join(rows);
    }

    /** Views rows of numbers as targets. */
    static Values values(Matrix rows) {
        return new Values(rows);
    }

    /** Returns targets without content, for samples of which nothing is to be predicted. */
    static None none(int samples) {
        return new None(samples);
    }

    /**
     * Copies class numbers, counted from 0, for the steps of sequences of unequal length: a row for
     * each sample. Shorter rows are filled up, and what fills them does not count.
     *
     * @throws IllegalArgumentException if there is no row, or a row is empty
     */
    static Weighted steps(int[][] rows) {
        return StepTargets.of(rows);
    }

    /**
     * Copies numbers for the steps of sequences of unequal length: for each sample steps, each of
     * as many numbers. Shorter ones are filled up, and what fills them does not count.
     *
     * @throws IllegalArgumentException if there is no sample, one has no step, or steps differ in
     *     length
     */
    static Weighted steps(float[][][] rows) {
        return StepTargets.of(rows);
    }

    /**
     * Joins the targets of a model's outputs, in their order, for {@link
     * io.github.lanewise.nn.loss.JointLoss}.
     */
    static Several several(Targets... parts) {
        return new Several(List.of(parts));
    }

    /**
     * Weighs samples: the loss of each, its gradient, and what it adds to accuracy and metrics, is
     * multiplied by its weight, and a mean is divided by the sum of the weights of what counts. So
     * a sample of weight 2 is as good as two equal samples, and one of weight 0 does not count,
     * whatever its predictions are. {@link io.github.lanewise.nn.loss.Reduction#COUNT_MEAN} divides
     * by the number of what counts instead.
     *
     * @param targets of any kind; each part of {@link Several} is weighed
     * @param weights one for each sample, or sample after sample one for each of its steps, 0 or
     *     more; shared, not copied, unless targets are weighted already: then the weights are
     *     multiplied
     * @throws IllegalArgumentException if there are not as many, or one is negative or not finite
     */
    static Targets weighted(Targets targets, float... weights) {
        return SampleWeights.weigh(targets, weights);
    }

    /**
     * Classes for each sample: one, or one for each of its steps or pixels.
     *
     * @param classes the class numbers, counted from 0, sample after sample; shared, not copied
     * @param perSample how many of them each sample has, 1 or more
     */
    record Labels(int[] classes, int perSample) implements Targets {
        /** Checks that the array is there and can be divided. */
        public Labels {
            Objects.requireNonNull(classes, "classes");
            if (perSample < 1 || classes.length % perSample != 0) {
                throw new IllegalArgumentException(
                        "Targets: %s labels, %s a sample; each sample must have 1 or more, and all"
                                .formatted(classes.length, perSample));
            }
        }

        /** Makes targets of one class for each sample. */
        public Labels(int[] classes) {
            this(classes, 1);
        }

        @Override
        public int size() {
            return classes.length / perSample;
        }
    }

    /**
     * Targets with a weight for each sample, or for each step of a sample.
     *
     * @param targets neither {@link Several} nor weighted; see {@link #weighted}
     * @param weights one for each sample, or sample after sample one for each of its steps; shared,
     *     not copied
     */
    record Weighted(Targets targets, float[] weights) implements Targets {
        /** Checks the weights. */
        public Weighted {
            SampleWeights.check(targets, weights);
        }

        @Override
        public int size() {
            return targets.size();
        }

        /** Returns how many weights a sample has: 1, or one for each of its steps. */
        public int perSample() {
            return size() == 0 ? 1 : weights.length / size();
        }
    }

    /**
     * A row of numbers for each sample.
     *
     * @param rows batch x features; shared, not copied
     */
    record Values(Matrix rows) implements Targets {
        /** Checks that the matrix is there. */
        public Values {
            Objects.requireNonNull(rows, "rows");
        }

        @Override
        public int size() {
            return rows.rows();
        }
    }

    /**
     * Nothing, for each sample.
     *
     * @param size number of samples
     */
    record None(int size) implements Targets {}

    /**
     * Targets of several kinds for each sample.
     *
     * @param parts at least one, all of one size
     */
    record Several(List<Targets> parts) implements Targets {
        /** Checks that there are parts, of one size. */
        public Several {
            parts = List.copyOf(parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("Targets: no parts; give at least one");
            }
            for (Targets part : parts) {
                if (part.size() != parts.getFirst().size()) {
                    throw new IllegalArgumentException(
                            "Targets: %s and %s targets side by side; there must be as many of each"
                                    .formatted(parts.getFirst().size(), part.size()));
                }
            }
        }

        @Override
        public int size() {
            return parts.getFirst().size();
        }
    }
}
