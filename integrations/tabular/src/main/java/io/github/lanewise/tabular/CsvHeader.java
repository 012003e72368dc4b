package io.github.lanewise.tabular;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the names of the columns from the first row. */
final class CsvHeader {

    private CsvHeader() {}

    /**
     * Returns the names.
     *
     * @throws IOException if two columns have one name, or there are too many
     */
    static List<String> names(String file, CsvRow row) throws IOException {
        if (row.count() >= CsvRow.MOST_FIELDS) {
            throw new IOException(
                    Message.of(
                            "csv: %s has %d columns or more; there may be %d",
                            file, row.count(), CsvRow.MOST_FIELDS - 1));
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < row.count(); i++) {
            String name = row.text(i);
            names.add(name.isEmpty() ? "column " + (i + 1) : name);
            int first = names.indexOf(names.get(i));
            if (first < i) {
                throw new IOException(
                        Message.of(
                                "csv: %s names columns %d and %d alike: '%s'; %s",
                                file,
                                first + 1,
                                i + 1,
                                name,
                                Double.isNaN(Numbers.parse(name))
                                        ? "each name must be there once"
                                        : "is the first line a header? Put names before it"));
            }
        }
        return List.copyOf(names);
    }

    /** Returns whether all names are numbers, as in a file without a header. */
    static boolean looksLikeData(List<String> names) {
        return names.stream().noneMatch(name -> Double.isNaN(Numbers.parse(name)));
    }
}
