package io.github.lanewise.tabular;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A CSV file that can be gone over several times, row by row, in constant memory. */
final class CsvFile {

    private static final int NAMED_ROWS = 10;
    private static final int LEAST_BUFFER = 64;
    private static final int MOST_BUFFER = 1 << 16;

    private final Path path;
    private final CsvOptions options;
    private final Charset charset;
    private final int mark;
    private final char separator;
    private final boolean saysSeparator;
    private List<String> header = List.of();
    private long headerLine;
    private long kept;
    private long skipped;
    private boolean separatorsAtEnd;

    /** Takes a row, which the next one overwrites. */
    @FunctionalInterface
    interface RowVisitor {
        void visit(CsvRow row) throws IOException;
    }

    CsvFile(Path path, CsvOptions options) throws IOException {
        this.path = path;
        this.options = options;
        if (Files.isDirectory(path)) {
            throw new IOException("csv: %s is a folder; name a file".formatted(path));
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(SeparatorDetection.BYTES);
        }
        ByteOrderMark found = ByteOrderMark.of(start);
        this.charset = found == null ? options.encoding() : found.charset();
        this.mark = found == null ? 0 : found.bytes();
        String text = new String(start, mark, start.length - mark, charset);
        NoText.refuse(name(), start, text, charset);
        Character said = SeparatorDetection.said(text);
        this.saysSeparator = said != null;
        this.separator =
                options.separator() != null
                        ? options.separator()
                        : saysSeparator ? said : SeparatorDetection.of(text);
    }

    /** Marks at the start of a file that tell the encoding. */
    private record ByteOrderMark(Charset charset, int bytes) {
        static ByteOrderMark of(byte[] start) {
            int first = start.length < 2 ? 0 : (start[0] & 0xFF) << 8 | start[1] & 0xFF;
            return switch (first) {
                case 0xEFBB ->
                        start.length > 2 && (start[2] & 0xFF) == 0xBF
                                ? new ByteOrderMark(StandardCharsets.UTF_8, 3)
                                : null;
                case 0xFEFF -> new ByteOrderMark(StandardCharsets.UTF_16BE, 2);
                case 0xFFFE -> new ByteOrderMark(StandardCharsets.UTF_16LE, 2);
                default -> null;
            };
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    /** Returns the names of the columns; known after the first {@link #forEachRow}. */
    List<String> header() {
        return header;
    }

    /** Returns how many bad rows were left out in the last {@link #forEachRow}. */
    long skipped() {
        return skipped;
    }

    /**
     * Goes over all rows after the header.
     *
     * @throws IOException if the file cannot be read, is no text of the encoding, or has more bad
     *     rows than allowed
     */
    void forEachRow(RowVisitor visitor) throws IOException {
        List<String> bad = new ArrayList<>();
        kept = 0;
        skipped = 0;
        separatorsAtEnd = true;
        header = List.of();
        boolean passes = saysSeparator;
        CsvRow current = new CsvRow();
        try (CsvReader<CsvRow> reader = open(current)) {
            for (CsvRow row : reader) {
                if (passes) {
                    passes = false;
                } else if (header.isEmpty()) {
                    header = CsvHeader.names(name(), row);
                    headerLine = row.line();
                } else if (row.count() == header.size()) {
                    kept++;
                    visitor.visit(row);
                } else {
                    skipped++;
                    separatorsAtEnd &=
                            row.count() == header.size() + 1 && row.length(header.size()) == 0;
                    if (bad.size() < NAMED_ROWS) {
                        bad.add(Message.of("line %d has %d", row.line(), row.count()));
                    }
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw explained(e, current);
        }
        if (header.isEmpty()) {
            throw new IOException(
                    Message.of("csv: %s is empty; the first line must name the columns", name()));
        }
        if (skipped > options.badRows()) {
            throw new IOException(tooMany(bad));
        }
    }

    private String tooMany(List<String> bad) {
        return Message.of(
                "csv: %s has %d rows of the wrong number of fields: the header has %d, %s%s; %s",
                name(),
                skipped,
                header.size(),
                String.join(", ", bad),
                skipped > bad.size() ? ", ..." : "",
                advice());
    }

    /** Says what to do about bad rows; if most are bad, it is the header that does not fit. */
    private String advice() {
        if (skipped > kept && separatorsAtEnd) {
            return "the rows end with a separator, which the header lacks: add one there";
        }
        return Message.of(
                skipped > kept
                        ? "is line %d the one that names the columns? Remove what stands before"
                                + " that"
                        : "mend them, or leave them out with --bad-rows skip:%2$d",
                headerLine,
                skipped);
    }

    private CsvReader<CsvRow> open(CsvRow row) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), buffer(path));
        in.skipNBytes(mark);
        Reader text =
                new InputStreamReader(
                        in,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
        return CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(false)
                .allowUnclosedQuote(false)
                .build(row, text);
    }

    /** Returns how many bytes to read at once: a small file needs no large buffer. */
    static int buffer(Path path) throws IOException {
        return Math.clamp(Files.size(path), LEAST_BUFFER, MOST_BUFFER);
    }

    private IOException explained(RuntimeException e, CsvRow row) {
        Throwable cause = e;
        while (cause != null) {
            if (cause instanceof CharacterCodingException) {
                return InvalidBytes.explain(name(), path, charset, mark);
            }
            cause = cause.getCause();
        }
        String quotes = CsvQuotes.problem(e, row);
        return new IOException(
                Message.of("csv: %s: %s", name(), quotes == null ? e.getMessage() : quotes), e);
    }
}
