package io.github.lanewise.bench.training;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints rows as a Markdown table that is aligned for a terminal too. */
final class MarkdownTable {

    private final List<List<String>> rows = new ArrayList<>();

    MarkdownTable(String... head) {
        row(head);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Prints the table under a title, if it has rows. */
    void print(PrintStream out, String title) {
        if (rows.size() == 1) {
            return;
        }
        out.printf("%n### %s%n%n", title);
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        print(out, rows.getFirst(), widths);
        StringBuilder rule = new StringBuilder("|");
        for (int width : widths) {
            rule.append('-').repeat('-', width).append("-|");
        }
        out.println(rule);
        rows.subList(1, rows.size()).forEach(row -> print(out, row, widths));
        out.flush();
    }

    private static void print(PrintStream out, List<String> row, int... widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(' ').append(row.get(i)).repeat(' ', widths[i] - row.get(i).length());
            line.append(" |");
        }
        out.println(line);
    }

    /** Returns three digits or more, without an exponent; nothing for NaN. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "";
        }
        double size = Math.abs(value);
        String format = size < 10 ? "%,.2f" : size < 100 ? "%,.1f" : "%,.0f";
        return String.format(Locale.ROOT, size < 1 ? "%.3f" : format, value);
    }

    static String percent(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "";
    }
}
