package io.github.lanewise.tabular;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;

/**
 * Reads CSV files as RFC 4180 describes them, with a header.
 *
 * <p>The file is gone over twice: first to see all values of each column, in constant memory, then
 * to keep them in the form that fits. So a file that does not fit into memory is refused before
 * anything is kept.
 */
public final class Csv {

    /** Share of the heap that a table may take; training needs some, too. */
    private static final double SHARE = 0.75;

    private static final double MEGABYTE = 1e6;

    private Csv() {}

    /**
     * Reads a file with the usual options.
     *
     * @throws IOException if it cannot be read: see {@link #read(Path, CsvOptions)}
     */
    public static Table read(Path path) throws IOException {
        return read(path, CsvOptions.DEFAULTS);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, is no text of the encoding, names two columns
     *     alike, has more bad rows than allowed (the first ten are named), or does not fit into
     *     memory
     */
    public static Table read(Path path, CsvOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        return read(path, options, Csv::available);
    }

    /**
     * Finds out what separates the fields of a text: comma, semicolon, tab or bar; a comma where
     * there is none at all.
     */
    public static char separator(String text) {
        return SeparatorDetection.of(text);
    }

    /** Returns how many bytes a table may take that needs so many. */
    private static long available(long needed) {
        if (free() < needed) {
            // much of the heap may be garbage, and a file must not be refused for that
            System.gc();
        }
        return free();
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return (long) (SHARE * (runtime.maxMemory() - used(runtime)));
    }

    private static long used(Runtime runtime) {
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Reads a file, asking how many bytes its table may take. */
    static Table read(Path path, CsvOptions options, LongUnaryOperator memory) throws IOException {
        CsvFile file = new CsvFile(path, options);
        List<ColumnProfile> profiles = new ArrayList<>();
        long[] rows = new long[1];
        file.forEachRow(
                row -> {
                    while (profiles.size() < row.count()) {
                        String name = file.header().get(profiles.size());
                        profiles.add(
                                new ColumnProfile(
                                        options.missing(),
                                        options.texts().contains(name),
                                        options.decimal()));
                    }
                    for (int i = 0; i < row.count(); i++) {
                        profiles.get(i).add(row, i);
                    }
                    rows[0]++;
                });
        requireRows(file, rows[0]);
        boolean[] loaded = fitting(file, profiles, rows[0], memory);
        List<Cells> cells = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            cells.add(
                    new Cells(
                            file.header().get(i),
                            profiles.get(i),
                            loaded[i],
                            rows[0],
                            options.decimal()));
        }
        file.forEachRow(
                row -> {
                    for (int i = 0; i < cells.size(); i++) {
                        cells.get(i).add(row, i);
                    }
                });
        List<Column> columns = cells.stream().filter(c -> c.loaded).map(Cells::build).toList();
        return new Table(
                columns,
                source(path, file, rows[0], options.decimal()),
                notes(file, profiles, loaded));
    }

    /** Fills one column. */
    private static final class Cells {
        private final ColumnProfile profile;
        private final boolean loaded;
        private final char decimal;
        private final NumberColumn.Builder numbers;
        private final TextColumn.Builder texts;

        Cells(String name, ColumnProfile profile, boolean loaded, long rows, char decimal) {
            this.profile = profile;
            this.loaded = loaded;
            this.decimal = decimal;
            this.numbers = profile.isNumeric() ? new NumberColumn.Builder(name) : null;
            this.texts =
                    profile.isNumeric() || !loaded
                            ? null
                            : new TextColumn.Builder(name, (int) rows, profile.isWide(), decimal);
        }

        void add(CsvRow row, int field) {
            if (!loaded) {
                return;
            }
            boolean missing = profile.isMissing(row, field);
            if (numbers == null) {
                texts.add(missing ? null : row.text(field));
            } else if (missing) {
                numbers.add(Double.NaN);
            } else {
                numbers.add(
                        Numbers.parse(row.chars(), row.start(field), row.length(field), decimal));
            }
        }

        Column build() {
            return numbers == null ? texts.build() : numbers.build();
        }
    }

    private static void requireRows(CsvFile file, long rows) throws IOException {
        if (rows == 0) {
            throw new IOException(
                    Message.of(
                            "csv: %s has a header but no rows; give it at least one", file.name()));
        }
        if (rows > Integer.MAX_VALUE / 2) {
            throw new IOException(
                    Message.of(
                            "csv: %s has %d rows; a table may have %d",
                            file.name(), rows, Integer.MAX_VALUE / 2));
        }
    }

    /** Returns which columns are kept; texts that hardly repeat are left out where it is tight. */
    private static boolean[] fitting(
            CsvFile file, List<ColumnProfile> profiles, long rows, LongUnaryOperator available)
            throws IOException {
        boolean[] loaded = new boolean[profiles.size()];
        long all = 0;
        long needed = 0;
        for (ColumnProfile profile : profiles) {
            all += profile.bytes(rows);
        }
        long memory = available.applyAsLong(all);
        for (int i = 0; i < loaded.length; i++) {
            ColumnProfile profile = profiles.get(i);
            boolean free = !profile.isNumeric() && profile.distinct() > rows / 2;
            loaded[i] = all <= memory || !free;
            needed += loaded[i] ? profile.bytes(rows) : 0;
        }
        if (needed > memory) {
            throw new IOException(
                    Message.of(
                            "csv: %s takes about %.0f MB as a table, there are %.0f MB for it; give"
                                + " Java more heap (-Xmx%dm), or the file fewer columns or rows",
                            file.name(),
                            needed / MEGABYTE,
                            memory / MEGABYTE,
                            (long) Math.ceil((needed / SHARE + 2e8) / (1 << 20))));
        }
        return loaded;
    }

    private static Source source(Path path, CsvFile file, long rows, char decimal)
            throws IOException {
        return new Source(
                file.name(), Files.size(path), Sha256.of(path), rows, file.skipped(), decimal);
    }

    private static List<String> notes(
            CsvFile file, List<ColumnProfile> profiles, boolean[] loaded) {
        List<String> notes = new ArrayList<>();
        if (CsvHeader.looksLikeData(file.header())) {
            notes.add("the first line holds numbers alone: is it a header?");
        }
        if (file.skipped() > 0) {
            notes.add(Message.of("%d bad rows were left out", file.skipped()));
        }
        for (int i = 0; i < profiles.size(); i++) {
            String name = file.header().get(i);
            if (!loaded[i]) {
                notes.add(
                        Message.of(
                                "%s: texts that hardly repeat, not kept: memory is short", name));
            } else if (profiles.get(i).note(name) != null) {
                notes.add(profiles.get(i).note(name));
            }
        }
        return notes;
    }
}
