package io.github.lanewise.tabular;

/**
 * One column of a {@link Table}: numbers or texts, of which any may be missing.
 *
 * <p>What a column is used for (number, category, date) is decided later, by {@link
 * SchemaInference}.
 */
public sealed interface Column permits NumberColumn, TextColumn {

    /** Returns the name. */
    String name();

    /** Returns the number of rows. */
    int rows();

    /** Returns whether the cell of a row is empty. */
    boolean isMissing(int row);

    /** Returns the cell of a row as text, numbers in their shortest form; null if it is missing. */
    String text(int row);

    /** Returns the cell of a row as a number; NaN if it is missing or no number. */
    double number(int row);

    /** Returns about how many bytes of memory it takes. */
    long bytes();

    /** Returns the number of missing cells. */
    default int missing() {
        int count = 0;
        for (int row = 0; row < rows(); row++) {
            count += isMissing(row) ? 1 : 0;
        }
        return count;
    }
}
