package io.github.lanewise.nn.data;

import java.util.Objects;

/** Joins the labels of samples that have several each. */
final class LabelRows {

    private LabelRows() {}

    static Targets.Labels join(int[][] rows) {
        for (int i = 0; i < Objects.requireNonNull(rows, "rows").length; i++) {
            if (rows[i] == null) {
                throw new NullPointerException("Targets: rows[%s] is null".formatted(i));
            }
        }
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException(
                    "Targets: no labels; give at least one row of one label");
        }
        int perSample = rows[0].length;
        int[] classes = new int[Math.multiplyExact(rows.length, perSample)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != perSample) {
                throw new IllegalArgumentException(
                        ("Targets: rows of labels differ in length: row 0 has %s, row %s has %s;"
                             + " use Targets.steps(rows), or fill the shorter ones with a label"
                             + " that the loss ignores")
                                .formatted(perSample, i, rows[i].length));
            }
            System.arraycopy(rows[i], 0, classes, i * perSample, perSample);
        }
        return new Targets.Labels(classes, perSample);
    }
}
