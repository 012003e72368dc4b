package io.github.lanewise.examples;

import io.github.lanewise.tabular.DateFormat;
import io.github.lanewise.tabular.Metric;
import io.github.lanewise.tabular.Preset;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.Tabular;
import io.github.lanewise.tabular.Task;

import picocli.CommandLine.Option;

import java.util.List;

/** What is learnt from the columns of a table, and how. */
final class SchemaOptions {

    /** Ways to weigh classes. */
    enum Weights {
        /** All classes count the same. */
        BALANCED
    }

    @Option(
            names = "--target",
            paramLabel = "COL",
            required = true,
            description = "column to predict")
    private String target;

    @Option(
            names = "--numeric",
            paramLabel = "COL",
            description = "columns of numbers; other texts are missing")
    private List<String> numeric = List.of();

    @Option(names = "--category", paramLabel = "COL", description = "columns of categories")
    private List<String> category = List.of();

    @Option(
            names = "--date",
            paramLabel = "COL[=PATTERN]",
            description = "column of dates, such as born=dd.MM.yyyy")
    private List<String> dates = List.of();

    @Option(names = "--drop", paramLabel = "COL", description = "columns to leave out")
    private List<String> dropped = List.of();

    @Option(
            names = "--task",
            paramLabel = "KIND",
            description = "binary, multiclass or regression; by default the values tell")
    private Task task;

    @Option(
            names = "--positive",
            paramLabel = "CLASS",
            description = "which class is positive; by default the last in order")
    private String positive;

    @Option(names = "--log-target", description = "learn the logarithm of the target")
    private boolean logTarget;

    @Option(
            names = "--time",
            paramLabel = "COL",
            description = "test on the latest rows by this column")
    private String time;

    @Option(
            names = "--group",
            paramLabel = "COL",
            description = "keep rows of one group on one side of the split")
    private String group;

    @Option(
            names = "--split-by",
            paramLabel = "COL",
            description = "column that says train, validation or test")
    private String splitBy;

    @Option(
            names = "--class-weights",
            paramLabel = "balanced",
            description = "let rare classes count as much as frequent ones")
    private Weights weights;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "what the best epoch is best in: loss (default) or accuracy")
    private Metric metric;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "quick: 32 epochs; good: 256 (default); best: 256 and five folds")
    private Preset preset = Preset.GOOD;

    @Option(names = "--epochs", paramLabel = "N", description = "passes over the training rows")
    private Integer epochs;

    @Option(names = "--folds", paramLabel = "N", description = "networks to take the mean of")
    private Integer folds;

    @Option(names = "--seed", paramLabel = "N", description = "of all that is drawn; by default 1")
    private long seed = 1;

    /** Checks what needs no table. */
    void check() {
        BadInput.require(!target.isBlank(), "--target", "empty", "the name of a column");
        BadInput.require(epochs == null || epochs >= 1, "--epochs", epochs, "1 or more");
        BadInput.require(folds == null || folds >= 1, "--folds", folds, "1 or more");
    }

    long seed() {
        return seed;
    }

    /** Returns the options for this table. */
    Tabular of(Table table) {
        Tabular options =
                Tabular.target(target)
                        .task(task)
                        .positive(positive)
                        .time(time)
                        .group(group)
                        .splitBy(splitBy)
                        .numeric(TableWork.columns(table, numeric))
                        .category(TableWork.columns(table, category))
                        .drop(TableWork.columns(table, dropped))
                        .preset(preset)
                        .seed(seed);
        for (String date : dates) {
            int at = table.has(date) ? -1 : date.lastIndexOf('=');
            options.date(
                    at < 0 ? date : date.substring(0, at),
                    at < 0 ? DateFormat.ISO : date.substring(at + 1));
        }
        if (epochs != null) {
            options.epochs(epochs);
        }
        if (folds != null) {
            options.folds(folds);
        }
        if (metric != null) {
            options.metric(metric);
        }
        if (weights != null) {
            options.balancedClassWeights();
        }
        return logTarget ? options.logTarget() : options;
    }
}
