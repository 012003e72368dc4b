package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;

/**
 * Some rows of a table as features: all at once where memory allows, else made again for each
 * batch.
 */
final class FeatureRows {

    /** Share of the heap that features may take. */
    private static final double SHARE = 0.25;

    private final Encoder.RowWriter writer;
    private final int[] rows;
    private final int width;
    private final Matrix dense;

    FeatureRows(Preprocessing preprocessing, Table table, int[] rows) {
        this(preprocessing, table, rows, (long) (SHARE * Runtime.getRuntime().maxMemory()));
    }

    FeatureRows(Preprocessing preprocessing, Table table, int[] rows, long memory) {
        this.writer = preprocessing.of(table);
        this.rows = rows;
        this.width = preprocessing.counts().all();
        long floats = (long) rows.length * width;
        boolean fits = 4 * floats <= memory && floats < Integer.MAX_VALUE - 8;
        this.dense = fits ? Matrix.zeros(rows.length, width) : null;
        for (int i = 0; fits && i < rows.length; i++) {
            writer.write(rows[i], dense.data(), i * width);
        }
    }

    int size() {
        return rows.length;
    }

    int width() {
        return width;
    }

    /** Writes the features of chosen rows, counted from 0, as many as the batch has. */
    void gather(int[] chosen, int from, Matrix batch) {
        for (int i = 0; i < batch.rows(); i++) {
            int at = batch.offset() + i * batch.ld();
            int row = chosen[from + i];
            if (dense != null) {
                System.arraycopy(dense.data(), row * width, batch.data(), at, width);
            } else {
                writer.write(rows[row], batch.data(), at);
            }
        }
    }

    /** Returns the features of rows one after another; a window, or made anew. */
    Matrix range(int from, int to) {
        if (dense != null) {
            return dense.rowRange(from, to);
        }
        Matrix part = Matrix.zeros(to - from, width);
        for (int i = from; i < to; i++) {
            writer.write(rows[i], part.data(), (i - from) * width);
        }
        return part;
    }
}
