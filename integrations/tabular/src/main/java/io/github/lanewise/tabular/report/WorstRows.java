package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.number;
import static io.github.lanewise.tabular.report.Html.percent;
import static io.github.lanewise.tabular.report.Html.shortened;

import io.github.lanewise.tabular.TabularRun;
import io.github.lanewise.tabular.Target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The test rows on which the model is most wrong. */
final class WorstRows {

    private static final int ROWS = 10;
    private static final int COLUMNS = 6;
    private static final int LONGEST = 24;

    private WorstRows() {}

    /** Returns a table of them, with some columns. */
    static String html(TabularRun run, List<String> columns) {
        Target target = run.model().target();
        boolean classes = target.task().isClassification();
        int[] labels = run.testLabels();
        double[] truth = run.testNumbers();
        IntToDoubleFunction error =
                classes
                        ? i -> 1 - run.test().probabilities()[i][labels[i]]
                        : i -> Math.abs(run.test().numbers()[i] - truth[i]);
        List<String> shown = columns.stream().limit(COLUMNS).toList();
        List<String> header = new ArrayList<>(List.of("row", "true", "predicted"));
        header.add(classes ? "probability of the true class" : "error");
        shown.forEach(name -> header.add(shortened(name, LONGEST)));
        List<List<String>> rows = new ArrayList<>();
        IntStream.range(0, run.testRows().length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -error.applyAsDouble(i)))
                .limit(ROWS)
                .forEach(
                        i -> {
                            int row = run.testRows()[i];
                            List<String> cells = new ArrayList<>(List.of("" + (row + 1)));
                            cells.add(
                                    classes
                                            ? shortened(target.classes().get(labels[i]), LONGEST)
                                            : number(truth[i]));
                            cells.add(
                                    classes
                                            ? shortened(
                                                    target.classes()
                                                            .get(run.model().label(run.test(), i)),
                                                    LONGEST)
                                            : number(run.test().numbers()[i]));
                            double wrong = error.applyAsDouble(i);
                            cells.add(classes ? percent(1 - wrong) : number(wrong));
                            for (String name : shown) {
                                String text = run.testTable().column(name).text(row);
                                cells.add(text == null ? "" : shortened(text, LONGEST));
                            }
                            rows.add(cells);
                        });
        return Html.table("The ten test rows with the greatest errors", header, rows);
    }
}
