package io.github.lanewise.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Says what is wrong with a row of {@link Columns#select}. */
final class RowCheck {

    /** More classes than anybody has; a label beyond is no class. */
    static final int MOST_CLASSES = 1_000_000;

    private final Columns columns;

    RowCheck(Columns columns) {
        this.columns = columns;
    }

    /** Returns what is wrong, or null. */
    String complaint(Row row) {
        String complaint = features(row);
        if (complaint == null) {
            complaint = label(row);
        }
        if (complaint == null && !columns.weight().isEmpty()) {
            complaint = weight(row);
        }
        if (complaint == null && !columns.id().isEmpty() && row.isNullAt(row.size() - 1)) {
            complaint = "%s is null in a row; give each row an id".formatted(columns.id());
        }
        return complaint;
    }

    private String features(Row row) {
        if (row.isNullAt(0)) {
            return "%s is null in a row; drop or fill such rows".formatted(columns.features());
        }
        Vector vector = row.getAs(0);
        if (vector.size() == 0) {
            return "%s is empty in a row; at least one feature is needed"
                    .formatted(columns.features());
        }
        return finite(vector, columns.features());
    }

    /** Returns what is wrong with a vector, or null. */
    static String finite(Vector vector, String column) {
        double[] values =
                vector instanceof org.apache.spark.ml.linalg.SparseVector sparse
                        ? sparse.values()
                        : vector.toArray();
        for (double value : values) {
            if (!Float.isFinite((float) value)) {
                return "%s has a value of %s in a row; features must be finite as floats, see Imputer"
                        .formatted(column, value);
            }
        }
        return null;
    }

    private String label(Row row) {
        if (row.isNullAt(1)) {
            return "%s is null in a row; drop such rows".formatted(columns.label());
        }
        double label = row.getDouble(1);
        if (columns.classes()) {
            boolean whole = label == Math.rint(label) && label >= 0 && label < MOST_CLASSES;
            return whole
                    ? null
                    : "%s is %s in a row; classes are the whole numbers from 0 on, as StringIndexer makes them"
                            .formatted(columns.label(), label);
        }
        return Float.isFinite((float) label)
                ? null
                : "%s is %s in a row; labels must be finite as floats"
                        .formatted(columns.label(), label);
    }

    private String weight(Row row) {
        double weight = row.isNullAt(2) ? Double.NaN : row.getDouble(2);
        return weight >= 0 && Float.isFinite((float) weight)
                ? null
                : "%s is %s in a row; weights must be 0 or more, and finite"
                        .formatted(columns.weight(), row.isNullAt(2) ? "null" : weight);
    }
}
