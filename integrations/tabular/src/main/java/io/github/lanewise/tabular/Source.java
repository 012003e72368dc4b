package io.github.lanewise.tabular;

/**
 * Where a table came from.
 *
 * @param name of the file, or what else it was
 * @param bytes of the file; 0 if it was none
 * @param sha256 of the file, in hexadecimal digits; empty if it was none
 * @param rows in the table
 * @param skipped bad rows that were left out
 * @param decimal mark of its numbers, a point or a comma
 */
public record Source(
        String name, long bytes, String sha256, long rows, long skipped, char decimal) {

    /** Takes what is no CSV file and has a decimal point. */
    public Source(String name, long bytes, String sha256, long rows, long skipped) {
        this(name, bytes, sha256, rows, skipped, '.');
    }
}
