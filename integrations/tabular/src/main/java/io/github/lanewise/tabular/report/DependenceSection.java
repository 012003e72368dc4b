package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.number;

import io.github.lanewise.tabular.PartialDependence;
import io.github.lanewise.tabular.TabularRun;
import io.github.lanewise.tabular.Target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What is predicted on the mean for the values of a column: a line for numbers, else a table. */
final class DependenceSection {

    private static final String[] STYLES = {"a", "b", "plain"};
    private static final int LONGEST = 40;

    private final Target target;
    private final int[] outputs;

    DependenceSection(TabularRun run) {
        this.target = run.model().target();
        this.outputs = outputs(run);
    }

    /** Returns the number, the positive class, or the three most frequent classes. */
    private static int[] outputs(TabularRun run) {
        int outputs = run.model().target().outputs();
        if (outputs <= 2) {
            return new int[] {outputs - 1};
        }
        int[] counts = new int[outputs];
        Arrays.stream(run.testLabels()).forEach(label -> counts[label]++);
        return IntStream.range(0, outputs)
                .boxed()
                .sorted(Comparator.comparing(j -> -counts[j]))
                .limit(STYLES.length)
                .mapToInt(j -> j)
                .toArray();
    }

    String html(List<PartialDependence> columns) {
        StringBuilder html = new StringBuilder("<p>");
        html.append(
                "Each picture gives one column the same value in all rows, and shows the mean of"
                        + " the predictions.");
        html.append("</p><div class=\"row\">");
        for (PartialDependence one : columns) {
            html.append(one.numbers() == null ? table(one) : chart(one));
        }
        return html.append("</div>").toString();
    }

    private String name(int output) {
        return target.classes().isEmpty() ? target.column() : target.classes().get(output);
    }

    private String chart(PartialDependence one) {
        String measured =
                target.classes().isEmpty()
                        ? target.column()
                        : outputs.length == 1 ? "share of " + name(outputs[0]) : "share";
        Chart chart = new Chart(one.column(), "value", measured);
        for (int k = 0; k < outputs.length; k++) {
            int output = outputs[k];
            double[] means = Arrays.stream(one.means()).mapToDouble(m -> m[output]).toArray();
            chart.line(name(output), STYLES[k], one.numbers(), means);
        }
        return chart.described(range(one)).html();
    }

    private String range(PartialDependence one) {
        double[] means = Arrays.stream(one.means()).mapToDouble(m -> m[outputs[0]]).toArray();
        return format(
                "%s from %s at %s to %s at %s",
                name(outputs[0]),
                number(means[0]),
                one.values().getFirst(),
                number(means[means.length - 1]),
                one.values().getLast());
    }

    private String table(PartialDependence one) {
        List<String> header = new ArrayList<>(List.of(Html.shortened(one.column(), LONGEST)));
        for (int output : outputs) {
            header.add(Html.shortened(name(output), LONGEST));
        }
        List<List<String>> lines = new ArrayList<>();
        for (int i = 0; i < one.means().length; i++) {
            List<String> line =
                    new ArrayList<>(List.of(Html.shortened(one.values().get(i), LONGEST)));
            for (int output : outputs) {
                line.add(number(one.means()[i][output]));
            }
            lines.add(line);
        }
        return format(
                "<div class=\"levels\">%s</div>",
                Html.table("Mean prediction by " + one.column(), header, lines));
    }
}
