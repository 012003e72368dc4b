package io.github.lanewise.bench.peers;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Prints the standings of one thread count as Markdown. */
final class PeersTable {

    private static final List<List<String>> GROUPS =
            List.of(
                    List.of("MKL", "OpenBLAS"),
                    List.of("oneDNN-sgemm", "oneDNN-matmul"),
                    List.of("oneDNN-sgemm"),
                    List.of("MKL"),
                    List.of("OpenBLAS"),
                    List.of("VectorBLAS"),
                    List.of("EJML"),
                    List.of("ojAlgo"));

    private final PrintStream out;

    PeersTable(PrintStream out) {
        this.out = out;
    }

    /** Prints GFLOP/s by shape and library, and what they are of the peak. */
    void print(String title, Standings standings, double peak) {
        out.printf("%n### %s%n%n", title);
        List<String> head = new ArrayList<>(List.of("m x k x n"));
        head.addAll(standings.rivals());
        head.addAll(List.of("ours / best rival", "of FMA peak"));
        row(head);
        row(Collections.nCopies(head.size(), "---"));
        for (String shape : standings.shapes()) {
            List<String> cells = new ArrayList<>(List.of(shape));
            for (String rival : standings.rivals()) {
                cells.add(number("%.1f", standings.gflops(rival, shape)));
            }
            cells.add(number("%.2f", standings.ratio(shape, standings.rivals())));
            double share = standings.gflops(Standings.OURS, shape) / peak;
            cells.add(number("%.0f %%", 100 * share));
            row(cells);
        }
    }

    /** Prints our geometric mean against each rival and group, and the shape where we do worst. */
    void printSummary(Standings medians, Standings bests) {
        out.println();
        row(
                List.of(
                        "ours against",
                        "geometric mean, medians",
                        "geometric mean, best rounds",
                        "worst shape, medians"));
        row(Collections.nCopies(4, "---"));
        for (List<String> group : GROUPS) {
            List<Double> ratios = medians.ratios(group);
            if (!ratios.isEmpty()) {
                row(
                        List.of(
                                (group.size() > 1 ? "the better of " : "")
                                        + String.join(", ", group),
                                number("%.2f", Standings.geometricMean(ratios)),
                                number("%.2f", Standings.geometricMean(bests.ratios(group))),
                                number("%.2f", Collections.min(ratios))));
            }
        }
    }

    private void row(Collection<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
        out.flush();
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "";
    }
}
