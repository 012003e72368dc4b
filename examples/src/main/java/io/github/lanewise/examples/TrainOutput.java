package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.tabular.Column;
import io.github.lanewise.tabular.PartialDependence;
import io.github.lanewise.tabular.PermutationImportance;
import io.github.lanewise.tabular.Predictions;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.TabularRun;
import io.github.lanewise.tabular.Target;
import io.github.lanewise.tabular.TrainingHistory;
import io.github.lanewise.tabular.report.Report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/** What train prints and writes. */
final class TrainOutput {

    /** Names of the files. */
    static final String[] FILES = {
        "model.safetensors", "report.html", "metrics.json", "history.csv", "predictions.csv"
    };

    private static final int MOST_NAMED = 10;

    /** Columns whose part in the predictions the report draws. */
    private static final int STRONGEST = 6;

    private final TabularRun run;
    private final Table table;
    private final String command;
    private final boolean noRows;
    private final SequencedMap<String, Double> importance;

    TrainOutput(TabularRun run, Table table, String command, boolean noRows) {
        this.run = run;
        this.table = table;
        this.command = command;
        this.noRows = noRows;
        this.importance = PermutationImportance.of(run);
    }

    void print(PrintWriter out) {
        out.println();
        likeLines(run.notes()).forEach(note -> out.println(Complaint.line(note)));
        likeLines(run.warnings())
                .forEach(warning -> out.println("Warning: " + Complaint.line(warning)));
        int faults = run.model().faults(run.testTable()).size();
        if (faults > 0) {
            out.println(
                    text(
                            "Warning: %,d test rows have cells that do not fit; they count as"
                                    + " missing",
                            faults));
        }
        out.println();
        run.leaderBoard().forEach((name, measures) -> out.println(text("%-8s %s", name, measures)));
        out.println(
                Complaint.line(
                        "Most important: "
                                + String.join(
                                        ", ",
                                        importance.keySet().stream().limit(MOST_NAMED).toList())));
        out.flush();
    }

    private List<String> likeLines(List<String> sentences) {
        return LikeLines.shortened(sentences, table.columns().stream().map(Column::name).toList());
    }

    void save(Path folder, PrintWriter out) throws IOException {
        run.model().save(folder.resolve(FILES[0]));
        AtomicFile.write(
                folder.resolve(FILES[1]),
                bytes(
                        Report.of(run, table)
                                .importance(importance)
                                .dependence(PartialDependence.of(run, strongest()))
                                .command(command)
                                .rows(!noRows)
                                .html()));
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        AtomicFile.write(folder.resolve(FILES[2]), mapper.writeValueAsBytes(metrics()));
        AtomicFile.write(folder.resolve(FILES[3]), bytes(history()));
        AtomicFile.write(folder.resolve(FILES[4]), bytes(predictions()));
        out.println(text("Wrote %s into %s", String.join(", ", FILES), folder));
        out.flush();
    }

    private List<String> strongest() {
        return importance.keySet().stream().limit(STRONGEST).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Object> metrics() {
        Map<String, Object> metrics = new LinkedHashMap<>();
        Target target = run.model().target();
        metrics.put("task", target.task().name().toLowerCase(Locale.ROOT));
        metrics.put("target", target.column());
        metrics.put("classes", target.classes());
        metrics.put("rows", table.rows());
        metrics.put("testRows", run.testRows().length);
        run.measures().values().forEach((name, value) -> metrics.put(name, finite(value)));
        metrics.put("intervals", run.intervals());
        metrics.put("leaderBoard", board());
        metrics.put("importance", importance);
        metrics.put("epochs", run.recipe().epochs());
        metrics.put("bestEpoch", run.histories().getFirst().bestEpoch());
        metrics.put(
                "bestEpochs", run.histories().stream().map(TrainingHistory::bestEpoch).toList());
        metrics.put("folds", run.histories().size());
        metrics.put("seconds", run.seconds());
        metrics.put("weightsSha256", WeightsHash.sha256(run.model().parameters()));
        metrics.put("dataSha256", table.source().sha256());
        metrics.put("badRows", table.source().skipped());
        metrics.put("seed", run.seed());
        metrics.put("warnings", run.warnings());
        metrics.put("kernels", Engine.kernelSet());
        metrics.put("vectorBits", Engine.vectorBits());
        metrics.put("threads", Engine.threads());
        metrics.put("jdk", Runtime.version().toString());
        metrics.put("cpu", Cpu.model());
        return metrics;
    }

    private Map<String, Object> board() {
        Map<String, Object> board = new LinkedHashMap<>();
        run.leaderBoard()
                .forEach(
                        (name, measures) -> {
                            Map<String, Object> values = new LinkedHashMap<>();
                            measures.values().forEach((m, value) -> values.put(m, finite(value)));
                            board.put(name, values);
                        });
        return board;
    }

    /** JSON has no NaN. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private String history() {
        StringBuilder csv =
                new StringBuilder(CsvText.line("network", "epoch", "loss", "validation"));
        for (int n = 0; n < run.histories().size(); n++) {
            for (TrainingHistory.Epoch epoch : run.histories().get(n).epochs()) {
                csv.append(CsvText.line(n + 1, epoch.number(), epoch.loss(), epoch.validation()));
            }
        }
        return csv.toString();
    }

    private String predictions() {
        Predictions predictions = run.test();
        Target target = run.model().target();
        List<Object> header = new ArrayList<>(List.of("row", target.column()));
        header.addAll(PredictionFields.names(target, true));
        StringBuilder csv = new StringBuilder(CsvText.line(header.toArray()));
        for (int i = 0; i < predictions.size(); i++) {
            int row = run.testRows()[i];
            List<Object> fields = new ArrayList<>();
            fields.add(row + 1);
            fields.add(run.testTable().column(target.column()).text(row));
            PredictionFields.add(fields, run.model(), predictions, i, true);
            csv.append(CsvText.line(fields.toArray()));
        }
        return csv.toString();
    }
}
