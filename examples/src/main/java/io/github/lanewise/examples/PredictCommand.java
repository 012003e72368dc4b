package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.file.AtomicFile;
import io.github.lanewise.tabular.Column;
import io.github.lanewise.tabular.Csv;
import io.github.lanewise.tabular.CsvOptions;
import io.github.lanewise.tabular.Names;
import io.github.lanewise.tabular.Predictions;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.TabularModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;

/** Predicts for the rows of a CSV file with a model that train wrote. */
@Command(
        name = "predict",
        header = "Predict for the rows of a CSV file.",
        description =
                "Writes a line for each row, in order. A row with a cell that is none of its"
                        + " column's kind is rejected: its line is empty, and the command ends with"
                        + " 3. With --lenient such a cell is missing, and so is an absent column.",
        sortOptions = false)
final class PredictCommand implements Callable<Integer> {

    private static final String STANDARD = "-";
    private static final int MOST_NAMED = 10;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Parameters(index = "0", paramLabel = "MODEL", description = "file that train wrote")
    private Path modelFile;

    @Parameters(index = "1", paramLabel = "CSV", description = "rows; - for standard input")
    private String csv;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where to; by default - for standard output")
    private String output = STANDARD;

    @Option(names = "--proba", description = "write the probabilities of all classes, too")
    private boolean probabilities;

    @Option(names = "--lenient", description = "take what does not fit as missing")
    private boolean lenient;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "probability above which a row is positive; by default the model's")
    private Double threshold;

    @Mixin private CsvFormatOptions format;

    @Override
    public Integer call() throws IOException {
        BadInput.require(!output.isBlank(), "--out", "empty", "the name of a file, or -");
        BadInput.require(
                threshold == null || threshold >= 0 && threshold <= 1,
                "--threshold",
                threshold,
                "from 0 to 1");
        TabularModel model = TabularModel.load(modelFile);
        if (threshold != null) {
            model = model.threshold(threshold);
        }
        CsvOptions options =
                format.options(model.card().source().decimal()).texts(model.textColumns());
        Table table = TableWork.need("the table", () -> read(options));
        return predict(lenient ? model.lenient() : model, table);
    }

    private Table read(CsvOptions options) throws IOException {
        if (!csv.equals(STANDARD)) {
            return Csv.read(Path.of(csv), options);
        }
        // The reader goes over its file twice.
        Path copy = Files.createTempFile("standard-input", ".csv");
        try {
            Files.copy(System.in, copy, StandardCopyOption.REPLACE_EXISTING);
            return Csv.read(copy, options);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private int predict(TabularModel model, Table table) throws IOException {
        SequencedMap<Integer, String> faults =
                lenient
                        ? new LinkedHashMap<>()
                        : TableWork.need("the table", () -> model.faults(table));
        Predictions predictions =
                TableWork.need("the predictions", () -> model.lenient().predict(table));
        List<Object> names = PredictionFields.names(model.target(), probabilities);
        StringBuilder lines = new StringBuilder(CsvText.line(names.toArray()));
        for (int row = 0; row < table.rows(); row++) {
            List<Object> fields = new ArrayList<>();
            if (faults.containsKey(row)) {
                fields.addAll(Arrays.asList(new Object[names.size()]));
            } else {
                PredictionFields.add(fields, model, predictions, row, probabilities);
            }
            lines.append(CsvText.line(fields.toArray()));
        }
        write(lines.toString());
        nameAbsent(model, table);
        return complain(faults, table);
    }

    private void write(String lines) throws IOException {
        if (output.equals(STANDARD)) {
            spec.commandLine().getOut().print(lines);
            spec.commandLine().getOut().flush();
        } else {
            AtomicFile.write(Path.of(output), lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Says of columns that are not there, which only a lenient model allows. */
    private void nameAbsent(TabularModel model, Table table) {
        List<String> there = table.columns().stream().map(Column::name).toList();
        List<String> others = there.stream().filter(c -> !model.columns().contains(c)).toList();
        PrintWriter err = spec.commandLine().getErr();
        for (String name : model.columns()) {
            if (!there.contains(name)) {
                err.println(
                        Complaint.line(
                                text(
                                        "no column '%s': all its cells are taken as missing%s",
                                        name,
                                        Names.nearest(name, others)
                                                .map(near -> Names.meant(near, name))
                                                .orElse(""))));
            }
        }
    }

    private int complain(SequencedMap<Integer, String> faults, Table table) {
        PrintWriter err = spec.commandLine().getErr();
        faults.values().stream().limit(MOST_NAMED).forEach(f -> err.println(Complaint.line(f)));
        if (!faults.isEmpty()) {
            err.println(
                    text(
                            "%,d of %,d rows were rejected; mend them, or take such cells as"
                                    + " missing with --lenient",
                            faults.size(), table.rows()));
        }
        if (table.source().skipped() > 0) {
            err.println(
                    text(
                            "%,d rows of the wrong number of fields were left out",
                            table.source().skipped()));
        }
        err.flush();
        boolean whole = faults.isEmpty() && table.source().skipped() == 0;
        return whole ? 0 : TrainCommand.NOT_GOOD_ENOUGH;
    }
}
