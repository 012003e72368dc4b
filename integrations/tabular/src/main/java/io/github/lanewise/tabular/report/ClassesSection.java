package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.number;
import static io.github.lanewise.tabular.report.Html.percent;
import static io.github.lanewise.tabular.report.Html.shortened;

import io.github.lanewise.nn.metrics.ConfusionMatrix;
import io.github.lanewise.tabular.Predictions;
import io.github.lanewise.tabular.TabularRun;
import io.github.lanewise.tabular.Task;
import io.github.lanewise.tabular.ThresholdMeasures;

import java.util.ArrayList;
import java.util.List;

/** How classes are told apart. */
final class ClassesSection {

    private static final int MOST_CLASSES = 30;
    private static final int BINS = 10;
    private static final int LONGEST = 24;

    private final TabularRun run;
    private final int[] labels;
    private final Predictions predictions;
    private final List<String> classes;

    ClassesSection(TabularRun run) {
        this.run = run;
        this.labels = run.testLabels();
        this.predictions = run.test();
        this.classes = run.model().target().classes();
    }

    String html() {
        StringBuilder html = new StringBuilder(confusion());
        html.append("<div class=\"row\">");
        if (run.model().target().task() == Task.BINARY) {
            RankingCurves curves = RankingCurves.of(labels, predictions);
            html.append(
                    new Chart("ROC", "share of negatives flagged", "share of positives found")
                            .range(0, 1)
                            .described("AUC " + number(run.measures().get("auc")))
                            .line("network", "a", curves.falsePositive(), curves.recall())
                            .line("chance", "plain", new double[] {0, 1}, new double[] {0, 1})
                            .html());
            html.append(
                    new Chart("Precision and recall", "recall", "precision")
                            .range(0, 1)
                            .described(
                                    "average precision "
                                            + number(run.measures().get("averagePrecision")))
                            .line("network", "a", curves.recall(), curves.precision())
                            .html());
        }
        html.append(reliability()).append("</div>");
        if (run.model().target().task() == Task.BINARY) {
            html.append(thresholds());
        }
        return html.toString();
    }

    private String confusion() {
        if (classes.size() > MOST_CLASSES) {
            return format(
                    "<p>There are %d classes: too many to show which is taken for which.</p>",
                    classes.size());
        }
        ConfusionMatrix matrix = new ConfusionMatrix(classes.size());
        for (int i = 0; i < labels.length; i++) {
            matrix.add(labels[i], run.model().label(predictions, i));
        }
        List<String> header = new ArrayList<>(List.of("true class"));
        classes.forEach(name -> header.add(shortened(name, LONGEST)));
        header.add("recall");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            List<String> row = new ArrayList<>(List.of(shortened(classes.get(i), LONGEST)));
            for (int j = 0; j < classes.size(); j++) {
                int count = matrix.count(i, j);
                row.add(i == j ? "<b>" + count + "</b>" : count == 0 ? "·" : "" + count);
            }
            row.add(percent(matrix.recall(i)));
            rows.add(row);
        }
        return Html.table(
                "Confusion matrix: true classes in rows, predicted in columns", header, rows);
    }

    /** Compares how sure the network is with how often it is right. */
    private String reliability() {
        boolean binary = classes.size() == 2;
        double[] sure = new double[BINS];
        double[] right = new double[BINS];
        int[] counts = new int[BINS];
        for (int i = 0; i < labels.length; i++) {
            int label = binary ? 1 : predictions.label(i);
            double p = predictions.probabilities()[i][label];
            int bin = Math.min(BINS - 1, (int) (p * BINS));
            sure[bin] += p;
            right[bin] += labels[i] == label ? 1 : 0;
            counts[bin]++;
        }
        for (int b = 0; b < BINS; b++) {
            sure[b] /= counts[b];
            right[b] /= counts[b];
        }
        return new Chart(
                        "Reliability",
                        binary ? "predicted probability" : "probability of the prediction",
                        binary ? "share of positives" : "share that is right")
                .range(0, 1)
                .described("calibration error " + number(run.measures().get("calibrationError")))
                .line("network", "a", sure, right)
                .points("", "a", sure, right)
                .line("perfect", "plain", new double[] {0, 1}, new double[] {0, 1})
                .html();
    }

    private String thresholds() {
        List<List<String>> rows = new ArrayList<>();
        for (ThresholdMeasures at : ThresholdMeasures.table(labels, predictions)) {
            rows.add(
                    List.of(
                            format("%.2f", at.threshold()),
                            format("%,d", at.flagged()),
                            percent(at.precision()),
                            percent(at.recall()),
                            number(at.f1()),
                            percent(at.accuracy())));
        }
        return Html.table(
                "Thresholds: rows whose probability of "
                        + classes.get(1)
                        + " is above count as "
                        + classes.get(1),
                List.of("threshold", "rows above", "precision", "recall", "F1", "accuracy"),
                rows);
    }
}
