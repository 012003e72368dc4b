package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.loss.JointLoss;

import java.util.List;
import java.util.Objects;

/** What the predictions of a batch should be, one row or number for each sample. */
public sealed interface Targets {

    /** Returns the number of samples. */
    int size();

    /** Views class numbers, counted from 0, as targets. */
    static Labels labels(int... classes) {
        return new Labels(classes);
    }

    /** Views rows of numbers as targets. */
    static Values values(Matrix rows) {
        return new Values(rows);
    }

    /** Returns targets without content, for samples of which nothing is to be predicted. */
    static None none(int samples) {
        return new None(samples);
    }

    /** Joins the targets of a model's outputs, in their order, for {@link JointLoss}. */
    static Several several(Targets... parts) {
        return new Several(List.of(parts));
    }

    /**
     * A class for each sample.
     *
     * @param classes the class numbers, counted from 0; shared, not copied
     */
    record Labels(int[] classes) implements Targets {
        /** Checks that the array is there. */
        public Labels {
            Objects.requireNonNull(classes, "classes");
        }

        @Override
        public int size() {
            return classes.length;
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
                            "Targets: %d and %d targets side by side; there must be as many of each"
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
