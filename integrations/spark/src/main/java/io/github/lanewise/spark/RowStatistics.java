package io.github.lanewise.spark;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

import java.io.Serializable;
import java.util.Iterator;
import java.util.Locale;

/** What the driver must know of all rows before training; the same whatever their order. */
final class RowStatistics implements Serializable {

    private static final long serialVersionUID = 1;

    private long rows;
    private int fewest = Integer.MAX_VALUE;
    private int most;
    private double highestLabel = -1;
    private long hash;
    private String complaint;

    /** Goes over rows of {@link Columns#select}. */
    static RowStatistics of(Iterator<Row> rows, Columns columns) {
        RowCheck check = new RowCheck(columns);
        RowCodec codec = new RowCodec(columns);
        RowStatistics statistics = new RowStatistics();
        while (rows.hasNext()) {
            Row row = rows.next();
            statistics.add(row, check, codec);
        }
        return statistics;
    }

    private void add(Row row, RowCheck check, RowCodec codec) {
        rows++;
        String wrong = check.complaint(row);
        if (wrong != null) {
            note(wrong);
            return;
        }
        int size = row.<Vector>getAs(0).size();
        fewest = Math.min(fewest, size);
        most = Math.max(most, size);
        highestLabel = Math.max(highestLabel, row.getDouble(1));
        hash += RowCodec.hash(codec.encode(row));
    }

    void merge(RowStatistics other) {
        rows += other.rows;
        fewest = Math.min(fewest, other.fewest);
        most = Math.max(most, other.most);
        highestLabel = Math.max(highestLabel, other.highestLabel);
        hash += other.hash;
        if (other.complaint != null) {
            note(other.complaint);
        }
    }

    /** The first by its text, so that every run complains alike. */
    private void note(String wrong) {
        if (complaint == null || wrong.compareTo(complaint) < 0) {
            complaint = wrong;
        }
    }

    /**
     * Checks that a network can be trained on these rows.
     *
     * @throws IllegalArgumentException if not
     */
    void check(Columns columns) {
        if (complaint == null && rows == 0) {
            complaint = "there are no rows; give at least one";
        }
        if (complaint == null && fewest != most) {
            complaint =
                    "%s has %s values in one row and %s in another; all vectors must have one size"
                            .formatted(columns.features(), fewest, most);
        }
        if (complaint == null && rows > Integer.MAX_VALUE) {
            complaint =
                    String.format(
                            Locale.ROOT,
                            "there are %,d rows; at most %,d can be trained on",
                            rows,
                            Integer.MAX_VALUE);
        }
        if (complaint != null) {
            throw new IllegalArgumentException(columns.estimator() + ": " + complaint);
        }
    }

    int rows() {
        return (int) rows;
    }

    int features() {
        return most;
    }

    /** Returns one more than the highest label. */
    int classes() {
        return (int) highestLabel + 1;
    }

    /** Returns a number that other rows would hardly have. */
    long hash() {
        return hash;
    }
}
