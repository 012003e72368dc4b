package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.percent;
import static io.github.lanewise.tabular.report.Html.shortened;

import io.github.lanewise.tabular.Column;
import io.github.lanewise.tabular.ColumnPlan;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.TabularRun;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The data, column by column: train beside test. */
final class ColumnsSection {

    private static final int MOST_PICTURES = 100;
    private static final int MOST_LEVELS = 12;
    private static final int NAMED_LEVELS = 4;
    private static final int LONGEST = 40;

    private final TabularRun run;
    private final Table table;
    private final int[] train;
    private int pictures;

    ColumnsSection(TabularRun run, Table table) {
        this.run = run;
        this.table = table;
        this.train =
                IntStream.concat(
                                IntStream.of(run.split().train()),
                                IntStream.of(run.split().validation()))
                        .toArray();
    }

    String html() {
        List<List<String>> rows = new ArrayList<>();
        for (ColumnPlan plan : run.model().schema().columns()) {
            Column column = table.column(plan.name());
            Column test =
                    run.testTable().has(plan.name()) ? run.testTable().column(plan.name()) : null;
            rows.add(
                    List.of(
                            shortened(plan.name(), LONGEST),
                            Html.text(plan.kind().name().toLowerCase(Locale.ROOT)),
                            shortened(plan.reason(), 4 * LONGEST),
                            missing(column, train),
                            test == null ? "–" : missing(test, run.testRows()),
                            test == null ? "" : picture(plan, column, test)));
        }
        return "<p>Bars are the rows of training and validation, the line those of the test.</p>"
                + Html.table(
                        "Columns",
                        List.of("column", "kind", "why", "missing, train", "test", "values"),
                        rows);
    }

    private static String missing(Column column, int[] rows) {
        long count = IntStream.of(rows).filter(column::isMissing).count();
        return count == 0 ? "0" : percent((double) count / rows.length);
    }

    private String picture(ColumnPlan plan, Column column, Column test) {
        if (plan.kind() == ColumnPlan.Kind.DROPPED || ++pictures > MOST_PICTURES) {
            return "";
        }
        return switch (plan.kind()) {
            case NUMBER ->
                    Histogram.ofNumbers(
                            plan.name(),
                            IntStream.of(train).mapToDouble(column::number).toArray(),
                            IntStream.of(run.testRows()).mapToDouble(test::number).toArray());
            case DATE ->
                    Histogram.ofNumbers(
                                    plan.name(),
                                    years(plan, column, train),
                                    years(plan, test, run.testRows()))
                            + Html.text(" (years)");
            default -> levels(plan.name(), column, test);
        };
    }

    private static double[] years(ColumnPlan plan, Column column, int[] rows) {
        return IntStream.of(rows)
                .mapToDouble(
                        row -> {
                            String text = column.text(row);
                            LocalDateTime date = text == null ? null : plan.dates().parse(text);
                            return date == null
                                    ? Double.NaN
                                    : date.getYear() + (date.getDayOfYear() - 1) / 365.25;
                        })
                .toArray();
    }

    private String levels(String name, Column column, Column test) {
        Map<String, Integer> counts = counts(column, train);
        Map<String, Integer> testCounts = counts(test, run.testRows());
        List<String> levels =
                counts.entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Integer>comparingByValue(
                                                Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(MOST_LEVELS)
                        .map(Map.Entry::getKey)
                        .toList();
        String named =
                levels.stream()
                        .limit(NAMED_LEVELS)
                        .map(level -> level.length() > 20 ? level.substring(0, 19) + "…" : level)
                        .collect(Collectors.joining(", "));
        return Histogram.picture(
                        name,
                        shares(levels, counts, train.length),
                        shares(levels, testCounts, run.testRows().length))
                + Histogram.small(
                        format(
                                "%s%s",
                                named,
                                counts.size() > NAMED_LEVELS
                                        ? format(", ... (%d levels)", counts.size())
                                        : ""));
    }

    private static Map<String, Integer> counts(Column column, int[] rows) {
        Map<String, Integer> counts = new HashMap<>();
        for (int row : rows) {
            String text = column.text(row);
            if (text != null) {
                counts.merge(text, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static double[] shares(List<String> levels, Map<String, Integer> counts, int rows) {
        return levels.stream()
                .mapToDouble(level -> (double) counts.getOrDefault(level, 0) / Math.max(1, rows))
                .toArray();
    }
}
