package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

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
}
