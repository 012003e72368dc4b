package io.github.lanewise.tabular;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Runs of rows of about equal target, from low to high, so that each part of a split has some of
 * each run: the few highest numbers, which cost most, are then in no part by chance alone.
 */
final class Strata {

    /** Of 25 rows 5 are for the test and 4 of the rest for validation, without a remainder. */
    private static final int ROWS = 25;

    private Strata() {}

    /** Returns the run that each row is in; rows of equal numbers in their order. */
    static int[] of(Column column, int[] rows) {
        int[] strata = new int[column.rows()];
        Integer[] order = Arrays.stream(rows).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble(column::number));
        for (int i = 0; i < order.length; i++) {
            strata[order[i]] = i / ROWS;
        }
        return strata;
    }
}
