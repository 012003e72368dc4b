package io.github.lanewise.tabular;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

import java.util.Arrays;

/** The fields of the row that is being read, in one buffer that the next row overwrites. */
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> {

    /** More columns than any table for which a network of this kind is made. */
    static final int MOST_FIELDS = 16_384;

    private char[] chars = new char[1024];
    private int[] ends = new int[64];
    private int count;
    private int length;
    private long line;

    @Override
    protected void handleBegin(long startingLineNumber) {
        line = startingLineNumber;
        count = 0;
        length = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int size, boolean quoted) {
        int from = offset;
        int to = offset + size;
        while (from < to && buffer[from] <= ' ') {
            from++;
        }
        while (from < to && buffer[to - 1] <= ' ') {
            to--;
        }
        if (count == MOST_FIELDS) {
            return;
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        int needed = length + to - from;
        if (needed > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(needed, 2 * chars.length));
        }
        System.arraycopy(buffer, from, chars, length, to - from);
        length = needed;
        ends[count++] = length;
    }

    @Override
    protected CsvRow buildRecord() {
        return this;
    }

    /** Returns the line on which the row begins, from 1. */
    long line() {
        return line;
    }

    /** Returns the line on which the next field of the row begins, while the row is read. */
    long nextLine() {
        long lines = line;
        for (int i = 0; i < length; i++) {
            lines += chars[i] == '\n' ? 1 : 0;
        }
        return lines;
    }

    /** Returns the number of fields. */
    int count() {
        return count;
    }

    /** Returns the buffer. */
    char[] chars() {
        return chars;
    }

    /** Returns where a field begins in the buffer. */
    int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    /** Returns the length of a field, without spaces around it. */
    int length(int field) {
        return ends[field] - start(field);
    }

    /** Returns a field, without spaces around it. */
    String text(int field) {
        return new String(chars, start(field), length(field));
    }
}
