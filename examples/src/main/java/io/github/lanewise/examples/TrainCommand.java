package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.tabular.Csv;
import io.github.lanewise.tabular.CsvOptions;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.Tabular;
import io.github.lanewise.tabular.TabularRun;
import io.github.lanewise.tabular.Task;
import io.github.lanewise.tabular.TextColumn;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Trains a network on a table, measures it, and writes model and report. */
@Command(
        name = "train",
        header = "Train a network on a CSV file or a query.",
        description =
                "Writes model.safetensors, report.html, metrics.json, history.csv and"
                        + " predictions.csv (the test rows) into the output folder.",
        footer =
                "Ends with 0; with 2 if the input is bad; with 3 if a --require is not met, or if"
                        + " bad rows were left out.",
        sortOptions = false)
final class TrainCommand implements Callable<Integer> {

    /** The exit code for a result that is not good enough, or not of all rows. */
    static final int NOT_GOOD_ENOUGH = 3;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Parameters(arity = "0..1", paramLabel = "CSV", description = "file with a header")
    private Path csv;

    @Mixin private SchemaOptions schema;

    @Option(
            names = "--test",
            paramLabel = "FILE",
            description = "measure on the rows of another CSV file")
    private Path test;

    @Option(names = "--jdbc", paramLabel = "URL", description = "database, instead of a CSV file")
    private String url;

    @Option(names = "--query", paramLabel = "SQL", description = "what to ask the database")
    private String query;

    @Mixin private CsvFormatOptions format;

    @Option(
            names = "--require",
            paramLabel = "TERM",
            split = ",",
            description = "what a test measure must be, such as \"auc>=0.8\"")
    private List<String> required = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "folder for the results; by default out/ and the name of the file")
    private Path folder;

    @Mixin private TensorBoardOption tensorBoard;

    @Option(names = "--no-rows", description = "show no rows of the data in the report")
    private boolean noRows;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; any number gives the same weights; by default, all cores")
    private Integer threads;

    @Override
    public Integer call() throws IOException {
        schema.check();
        BadInput.require(
                (csv == null) != (url == null) && (url == null) == (query == null),
                "train",
                "given " + (csv == null ? "no CSV file" : "a CSV file and --jdbc or --query"),
                "a CSV file, or --jdbc with --query");
        CsvOptions options = format.options('.');
        List<Requirement> requirements = required.stream().map(Requirement::parse).toList();
        Knobs.threads(threads);
        Knobs.check();
        OutputFolder output = new OutputFolder(folder(), TrainOutput.FILES);
        tensorBoard.check();
        PrintWriter out = spec.commandLine().getOut();
        Table table =
                csv == null
                        ? QueryTable.read(url, query)
                        : TableWork.need("the table", () -> Csv.read(csv, options));
        Tabular training = TableWork.need("the table", () -> schema.of(table));
        Task task = TableWork.need("the table", () -> training.taskOn(table));
        requirements.forEach(requirement -> requirement.check(task));
        boolean whole = table.source().skipped() == 0;
        if (test != null) {
            CsvOptions alike = options.texts(texts(table));
            Table other = TableWork.need("the test table", () -> Csv.read(test, alike));
            training.test(other);
            whole &= other.source().skipped() == 0;
        }
        out.println(
                text(
                        "%s: %,d rows, %d columns; %s kernels, %d threads, seed %d",
                        table.source().name(),
                        table.rows(),
                        table.columns().size(),
                        Engine.kernelSet(),
                        Engine.threads(),
                        schema.seed()));
        out.flush();
        TabularRun run = fit(training, table, new FitLine(out));
        TrainOutput results = new TrainOutput(run, table, command(), noRows);
        results.print(out);
        results.save(output.create(), out);
        int code = verdict(requirements, run, out);
        return whole ? code : NOT_GOOD_ENOUGH;
    }

    private TabularRun fit(Tabular training, Table table, FitLine line) throws IOException {
        try (FitBoard board = tensorBoard.fitBoard()) {
            training.listener(
                    (epoch, epochs) -> {
                        line.onEpoch(epoch, epochs);
                        if (board != null) {
                            board.onEpoch(epoch, epochs);
                        }
                    });
            return TableWork.need("the training", () -> training.fit(table));
        }
    }

    private static int verdict(List<Requirement> requirements, TabularRun run, PrintWriter out) {
        int code = 0;
        for (Requirement requirement : requirements) {
            if (!requirement.isMetBy(run.measures())) {
                out.println(
                        text(
                                "--require %s is not met: %s is %.5g",
                                requirement,
                                requirement.measure(),
                                run.measures().get(requirement.measure())));
                code = NOT_GOOD_ENOUGH;
            }
        }
        out.flush();
        return code;
    }

    private static Set<String> texts(Table table) {
        Set<String> texts = new HashSet<>();
        table.columns().stream()
                .filter(column -> column instanceof TextColumn)
                .forEach(column -> texts.add(column.name()));
        return texts;
    }

    private Path folder() {
        if (folder != null) {
            return folder;
        }
        Path file = csv == null ? null : csv.getFileName();
        String name = file == null ? "query" : file.toString().replaceFirst("\\.[^.]*$", "");
        return Path.of("out", name.isBlank() ? "table" : name);
    }

    /** Returns the command that repeats this run, without what may be a password. */
    private String command() {
        StringBuilder command = new StringBuilder("examples/run");
        for (String argument : spec.commandLine().getParseResult().originalArgs()) {
            String shown = url == null ? argument : argument.replace(url, "URL");
            boolean plain = shown.matches("[\\w./:=,+-]+");
            command.append(' ').append(plain ? shown : "'" + shown.replace("'", "'\\''") + "'");
        }
        return command.toString();
    }
}
