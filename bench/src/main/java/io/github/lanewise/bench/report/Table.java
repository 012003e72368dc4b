package io.github.lanewise.bench.report;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** Prints rows as a Markdown table that is aligned for a terminal too. */
final class Table {

    private static final String HEAD =
            """
            | benchmark            | shape               | threads | scalar us |   simd us | simd/scalar | simd rate       | of FMA peak |
            |----------------------|---------------------|--------:|----------:|----------:|------------:|----------------:|------------:|
            """;

    private final PrintStream out;
    private final Map<Integer, Double> peaks;

    /** Begins a table; peaks are in GFLOP/s by thread count. */
    Table(PrintStream out, Map<Integer, Double> peaks) {
        this.out = out;
        this.peaks = peaks;
        out.print(HEAD);
    }

    void print(Collection<Row> rows) {
        rows.forEach(this::print);
        out.flush();
    }

    private void print(Row row) {
        Work work = Work.of(row.benchmark(), row.shape());
        double rate = work.rate(row.simd());
        double share = 100 * rate / peaks.get(row.threads());
        out.printf(
                Locale.ROOT,
                "| %-20s | %-19s | %7d | %9s | %9s | %11s | %15s | %11s |%n",
                row.benchmark(),
                row.shape(),
                row.threads(),
                number("%.2f", row.scalar()),
                number("%.2f", row.simd()),
                number("%.2f", row.scalar() / row.simd()),
                number("%.1f " + work.unit(), rate),
                work.unit().equals(Work.FLOPS) ? number("%.0f %%", share) : "");
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "" : format.formatted(value);
    }
}
