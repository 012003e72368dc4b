package io.github.lanewise.tabular;

/**
 * Where a table came from.
 *
 * @param name of the file, or what else it was
 * @param bytes of the file; 0 if it was none
 * @param sha256 of the file, in hexadecimal digits; empty if it was none
 * @param rows in the table
 * @param skipped bad rows that were left out
 */
public record Source(String name, long bytes, String sha256, long rows, long skipped) {}
