package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.tabular.CsvOptions;

import picocli.CommandLine.Option;

import java.nio.charset.Charset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How CSV files are written. */
final class CsvFormatOptions {

    private static final String SKIP = "skip:";

    @Option(
            names = "--na",
            paramLabel = "TEXT",
            split = ",",
            description =
                    "texts of empty cells, beside the empty text; by default NA, N/A, n/a, #N/A,"
                            + " <NA>, NaN, nan, null, NULL and ?")
    private List<String> missing;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description = "between fields; by default found out: comma, semicolon, tab or bar")
    private String separator;

    @Option(
            names = "--decimal",
            paramLabel = "MARK",
            description =
                    "decimal mark of numbers: a point (default; predict: as train was told), or a"
                            + " comma, as in 1.234,5")
    private String decimal;

    @Option(names = "--encoding", paramLabel = "NAME", description = "by default UTF-8")
    private String encoding;

    @Option(
            names = "--bad-rows",
            paramLabel = "skip:N",
            description = "leave out up to N rows of the wrong number of fields")
    private String badRows;

    /** Returns the options, checked; numbers have this decimal mark unless told otherwise. */
    CsvOptions options(char usual) {
        CsvOptions options = CsvOptions.DEFAULTS.decimal(usual).skipBadRows(skipped());
        if (decimal != null) {
            BadInput.require(List.of(".", ",").contains(decimal), "--decimal", decimal, ". or ,");
            options = options.decimal(decimal.charAt(0));
        }
        if (missing != null) {
            Set<String> texts = new HashSet<>(missing);
            texts.remove("");
            options = options.missing(texts);
        }
        if (separator != null) {
            String one = separator.equals("\\t") ? "\t" : separator;
            BadInput.require(one.length() == 1, "--separator", separator, "one character, or \\t");
            options = options.separator(one.charAt(0));
        }
        return encoding == null ? options : options.encoding(charset());
    }

    private Charset charset() {
        try {
            return Charset.forName(encoding);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    text("--encoding: is %s; it must be a name such as ISO-8859-1", encoding), e);
        }
    }

    private int skipped() {
        if (badRows == null) {
            return 0;
        }
        try {
            int count =
                    badRows.startsWith(SKIP)
                            ? Integer.parseInt(badRows.substring(SKIP.length()))
                            : -1;
            BadInput.require(count >= 0, "--bad-rows", badRows, "skip:N with a number N");
            return count;
        } catch (NumberFormatException e) {
            throw new BadInput(
                    text("--bad-rows: is %s; it must be skip:N with a number N", badRows), e);
        }
    }
}
