package io.github.lanewise.nn;

import java.util.Arrays;

/** Which rows of a gradient hold anything but 0, each once, in the order in which they came. */
final class UsedRows {

    private final int[] marks;
    private int mark = 1;
    private int[] rows = new int[16];
    private int count;

    UsedRows(int rowsOfAll) {
        marks = new int[rowsOfAll];
    }

    void add(int row) {
        if (marks[row] == mark) {
            return;
        }
        marks[row] = mark;
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
        }
        rows[count++] = row;
    }

    void clear() {
        count = 0;
        mark++;
        if (mark == 0) {
            Arrays.fill(marks, 0);
            mark = 1;
        }
    }

    int count() {
        return count;
    }

    int row(int i) {
        return rows[i];
    }
}
