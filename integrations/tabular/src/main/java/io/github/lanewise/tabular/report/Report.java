package io.github.lanewise.tabular.report;

import static io.github.lanewise.tabular.report.Html.format;
import static io.github.lanewise.tabular.report.Html.number;
import static io.github.lanewise.tabular.report.Html.percent;
import static io.github.lanewise.tabular.report.Html.text;

import io.github.lanewise.tabular.Measures;
import io.github.lanewise.tabular.ModelCard;
import io.github.lanewise.tabular.PartialDependence;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.TabularRun;
import io.github.lanewise.tabular.Target;
import io.github.lanewise.tabular.TrainingHistory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A run as one HTML page that needs nothing else: no script, no request, pictures within.
 *
 * <pre>{@code
 * Files.writeString(path, Report.of(run, table).importance(PermutationImportance.of(run)).html());
 * }</pre>
 */
public final class Report {

    private static final int MOST_IMPORTANT = 40;

    private final TabularRun run;
    private final Table table;
    private SequencedMap<String, Double> importance = new LinkedHashMap<>();
    private List<PartialDependence> dependence = List.of();
    private String command = "";
    private boolean rows = true;

    private Report(TabularRun run, Table table) {
        this.run = run;
        this.table = table;
    }

    /** Begins a report of a run on a table. */
    public static Report of(TabularRun run, Table table) {
        return new Report(run, table);
    }

    /** Adds the importance of the columns, the greatest first. */
    public Report importance(SequencedMap<String, Double> rises) {
        importance = rises;
        return this;
    }

    /** Adds what is predicted on the mean for the values of some columns. */
    public Report dependence(List<PartialDependence> columns) {
        dependence = columns;
        return this;
    }

    /** Adds the command that repeats the run. */
    public Report command(String line) {
        command = line;
        return this;
    }

    /** Says whether rows of the data may be shown; they are unless told otherwise. */
    public Report rows(boolean shown) {
        rows = shown;
        return this;
    }

    /** Returns the page. */
    public String html() {
        Target target = run.model().target();
        Page page = new Page("Predicting " + target.column()).verdict(verdict());
        if (!run.warnings().isEmpty()) {
            page.section("warnings", "Warnings", Html.list(run.warnings()));
        }
        page.section("board", "Leader board", board());
        page.section(
                "predictions",
                "Predictions for the test rows",
                target.task().isClassification()
                        ? new ClassesSection(run).html()
                        : NumbersSection.html(run));
        page.section("training", "Training", curves());
        if (!importance.isEmpty()) {
            page.section("importance", "Importance of the columns", importance());
        }
        if (!dependence.isEmpty()) {
            page.section(
                    "dependence",
                    "What the strongest columns do",
                    new DependenceSection(run).html(dependence));
        }
        if (rows) {
            page.section("worst", "Worst rows", worstRows());
        }
        page.section(
                "columns",
                "Data by column",
                format("<div class=\"columns\">%s</div>", new ColumnsSection(run, table).html()));
        return page.section("provenance", "Where it comes from", provenance()).html();
    }

    private String worstRows() {
        return WorstRows.html(
                run,
                importance.isEmpty() ? run.model().columns() : List.copyOf(importance.keySet()));
    }

    private String verdict() {
        boolean classes = run.model().target().task().isClassification();
        String main = classes ? "logLoss" : "rmse";
        double network = run.measures().get(main);
        double linear = run.leaderBoard().get(TabularRun.LINEAR).get(main);
        double prior = run.leaderBoard().get(TabularRun.PRIOR).get(main);
        String good =
                network >= prior
                        ? "It has learnt nothing that holds: knowing no column at all is as good."
                        : network >= linear
                                ? "It does not beat the linear model: use that one."
                                : "It beats the linear model.";
        return format(
                "On %,d test rows the network has %s %s, the linear model %s, and %s alone %s.%s"
                        + " %s",
                run.testRows().length,
                classes ? "a log loss of" : "a root mean squared error of",
                number(network),
                number(linear),
                classes ? "the shares of the classes" : "the mean",
                number(prior),
                classes
                        ? format(
                                " It is right in %s of them.",
                                percent(run.measures().get("accuracy")))
                        : format(" R2 is %s.", number(run.measures().get("r2"))),
                good);
    }

    private String board() {
        List<String> header = new ArrayList<>(List.of("model"));
        run.measures().values().keySet().forEach(name -> header.add(text(name)));
        List<List<String>> lines = new ArrayList<>();
        run.leaderBoard()
                .forEach(
                        (name, measures) -> {
                            List<String> line = new ArrayList<>(List.of(text(name)));
                            measures.values().values().forEach(v -> line.add(number(v)));
                            lines.add(line);
                        });
        List<String> intervals = new ArrayList<>(List.of("95 % of resampled test rows"));
        Measures measures = run.measures();
        for (String name : measures.values().keySet()) {
            double[] ends = run.intervals().get(name);
            intervals.add(ends == null ? "" : number(ends[0]) + " to " + number(ends[1]));
        }
        lines.add(intervals);
        return Html.table("Measures on the test rows", header, lines);
    }

    private String curves() {
        StringBuilder html = new StringBuilder("<div class=\"row\">");
        for (int n = 0; n < run.histories().size(); n++) {
            TrainingHistory history = run.histories().get(n);
            int epochs = history.epochs().size();
            double[] number = new double[epochs];
            double[] loss = new double[epochs];
            double[] validation = new double[epochs];
            for (int i = 0; i < epochs; i++) {
                TrainingHistory.Epoch epoch = history.epochs().get(i);
                number[i] = epoch.number();
                loss[i] = epoch.loss();
                validation[i] = epoch.validation();
            }
            html.append(
                    new Chart(
                                    run.histories().size() == 1
                                            ? "Learning curves"
                                            : "Network " + (n + 1),
                                    "epoch",
                                    "loss")
                            .described("best epoch " + history.bestEpoch() + " of " + epochs)
                            .line("training, with dropout", "a", number, loss)
                            .line("validation", "b", number, validation)
                            .mark(history.bestEpoch(), "best")
                            .html());
        }
        return html.append("</div>").toString();
    }

    private String importance() {
        double most = Math.max(1e-300, importance.firstEntry().getValue());
        List<List<String>> lines = new ArrayList<>();
        importance.entrySet().stream()
                .limit(MOST_IMPORTANT)
                .forEach(
                        entry ->
                                lines.add(
                                        List.of(
                                                Html.shortened(entry.getKey(), 40),
                                                number(entry.getValue()),
                                                bar(entry.getValue() / most))));
        return Html.table(
                "How much the loss rises when the column's cells change places",
                List.of("column", "rise", "share of the greatest"),
                lines);
    }

    private static String bar(double share) {
        return format(
                "<span class=\"strength\" style=\"width:%.1frem\"></span>",
                10 * Math.max(0, Math.min(1, share)));
    }

    private String provenance() {
        ModelCard card = run.model().card();
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("data", text(card.source().name())));
        lines.add(List.of("rows", format("%,d", card.source().rows())));
        if (!card.source().sha256().isEmpty()) {
            lines.add(List.of("bytes", format("%,d", card.source().bytes())));
            lines.add(List.of("SHA-256", "<code>" + text(card.source().sha256()) + "</code>"));
        }
        lines.add(List.of("recipe", text(card.recipe())));
        lines.add(List.of("networks", "" + run.histories().size()));
        lines.add(List.of("seed", "" + run.seed()));
        lines.add(List.of("seconds", format("%.1f", run.seconds())));
        lines.add(List.of("program", text(card.createdBy() + " on Java " + card.java())));
        String repeat =
                command.isEmpty() ? "" : format("<p>To repeat it:</p><pre>%s</pre>", text(command));
        return "<div class=\"columns\">"
                + Html.table("Run", List.of("what", "value"), lines)
                + "</div>"
                + repeat
                + "<p>Decisions:</p>"
                + Html.list(run.notes());
    }
}
