package io.github.lanewise.serve;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import io.github.lanewise.tabular.Csv;
import io.github.lanewise.tabular.CsvOptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of a CSV body: UTF-8, the separator is found out, else as RFC 4180 has it. */
final class CsvRows {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    /** A first line that says the separator, as Excel writes and reads it. */
    private static final Pattern SAID = Pattern.compile("sep=([^\r\n\"])[\r\n]");

    private CsvRows() {}

    /** Reads the lines, all with as many fields as the first. */
    static List<List<String>> read(byte[] body, int most) {
        List<List<String>> rows = new ArrayList<>();
        String text = text(body);
        Matcher said = SAID.matcher(text);
        boolean passes = said.lookingAt();
        char separator = passes ? said.group(1).charAt(0) : Csv.separator(text);
        try (CsvReader<CsvRecord> reader = open(text, separator)) {
            for (CsvRecord row : reader) {
                if (passes) {
                    passes = false;
                    continue;
                }
                if (rows.size() == most) {
                    throw Problem.rejected(
                            413, "rows", "csv: more than %d lines; send fewer at once", most);
                }
                if (!rows.isEmpty() && row.getFieldCount() != rows.getFirst().size()) {
                    throw wrongFields(row, rows.getFirst().size(), separator);
                }
                rows.add(row.getFields().stream().map(String::strip).toList());
            }
        } catch (CsvParseException e) {
            throw Problem.of(400, "csv: %s", e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static CsvReader<CsvRecord> open(String text, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text);
    }

    private static Problem wrongFields(CsvRecord row, int expected, char separator) {
        return Problem.of(
                400,
                "csv: line %d has %d fields; the first has %d, with %s between them",
                row.getStartingLineNumber(),
                row.getFieldCount(),
                expected,
                separator == '\t' ? "tabs" : "'" + separator + "'");
    }

    private static String text(byte[] body) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Problem.of(400, "csv: the body is no UTF-8; send it in UTF-8");
        }
    }

    /** Returns whether a cell is the empty text, or one of those that stand for it. */
    static boolean isMissing(String text) {
        return text.isEmpty() || CsvOptions.MISSING.contains(text);
    }

    /** Returns a number of a row of a network. */
    static Float number(String text) {
        if (text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?")) {
            return Float.valueOf(text);
        }
        throw Problem.of(400, "csv: '%s' is no number", text);
    }
}
