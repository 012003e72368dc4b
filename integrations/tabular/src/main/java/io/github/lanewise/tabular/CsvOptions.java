package io.github.lanewise.tabular;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;

/**
 * How a CSV file is read.
 *
 * @param separator between fields; null to find it out: comma, semicolon, tab or bar
 * @param encoding of the characters; a byte order mark overrides it
 * @param missing texts that stand for an empty cell, beside the empty text itself
 * @param texts columns whose cells are texts even if all are numbers
 * @param decimal mark of numbers: a point, or a comma beside which points may part thousands
 * @param badRows how many rows of the wrong number of fields are left out; 0 to refuse them
 */
public record CsvOptions(
        Character separator,
        Charset encoding,
        Set<String> missing,
        Set<String> texts,
        char decimal,
        int badRows) {

    /**
     * What stands for an empty cell unless told otherwise. None, - and unknown are levels of real
     * files and do not.
     */
    public static final Set<String> MISSING =
            Set.of("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "null", "NULL", "?");

    /** The usual: any separator, UTF-8, {@link #MISSING}, no bad rows. */
    public static final CsvOptions DEFAULTS =
            new CsvOptions(null, StandardCharsets.UTF_8, MISSING, Set.of(), '.', 0);

    /** Checks numbers and decimal mark. */
    public CsvOptions {
        Objects.requireNonNull(encoding, "encoding");
        missing = Set.copyOf(missing);
        texts = Set.copyOf(texts);
        if (decimal != '.' && decimal != ',') {
            throw new IllegalArgumentException(
                    Message.of("CsvOptions: decimal is '%s'; it must be . or ,", "" + decimal));
        }
        if (badRows < 0) {
            throw new IllegalArgumentException(
                    Message.of("CsvOptions: bad rows is %d; it must be 0 or more", badRows));
        }
    }

    /** Returns these options with another separator. */
    public CsvOptions separator(char other) {
        return new CsvOptions(other, encoding, missing, texts, decimal, badRows);
    }

    /** Returns these options with another encoding. */
    public CsvOptions encoding(Charset other) {
        return new CsvOptions(separator, other, missing, texts, decimal, badRows);
    }

    /** Returns these options with other texts for empty cells. */
    public CsvOptions missing(Set<String> others) {
        return new CsvOptions(separator, encoding, others, texts, decimal, badRows);
    }

    /** Returns these options with columns whose cells are texts even if all are numbers. */
    public CsvOptions texts(Set<String> columns) {
        return new CsvOptions(separator, encoding, missing, columns, decimal, badRows);
    }

    /** Returns these options with another decimal mark. */
    public CsvOptions decimal(char other) {
        return new CsvOptions(separator, encoding, missing, texts, other, badRows);
    }

    /** Returns these options with so many bad rows left out before the file is refused. */
    public CsvOptions skipBadRows(int most) {
        return new CsvOptions(separator, encoding, missing, texts, decimal, most);
    }
}
