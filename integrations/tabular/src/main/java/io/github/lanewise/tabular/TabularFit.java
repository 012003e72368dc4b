package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One run from a table to a measured model. */
final class TabularFit {

    private final Tabular options;
    private final Table table;
    private final Table testTable;
    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final long start = System.nanoTime();
    private Target target;
    private Schema schema;
    private int[] labels;
    private int[] strata;

    TabularFit(Tabular options, Table table) {
        this.options = options;
        this.table = table;
        this.testTable = options.test == null ? table : options.test;
        notes.addAll(table.notes());
        // what reading found strange in a column is settled where the user decides on it
        table.columns().stream()
                .map(Column::name)
                .filter(options.overrides::has)
                .forEach(name -> notes.removeIf(note -> note.startsWith(name + ": ")));
    }

    TabularRun run() {
        Column column = table.column(options.target);
        target = TargetInference.of(column, options.task, options.positive, notes);
        requireFittingOptions(target.task());
        labels = target.task().isClassification() ? target.labels(column) : null;
        schema = SchemaInference.of(table, reserved(), options.overrides);
        requireTested(options.target);
        schema.used().forEach(plan -> requireTested(plan.name()));
        schema.columns().forEach(plan -> notes.add(plan.toString()));
        int[] rows = withTarget(column);
        strata = labels != null ? labels : Strata.of(column, rows);
        Splitter splitter = new Splitter(options.seed);
        Split split = split(splitter, rows);
        notes.add(
                Message.of(
                        "split: %,d rows to train, %,d to validate, %,d to test",
                        split.train().length, split.validation().length, testRows(split).length));
        nameUntested(testRows(split).length);
        warnings.addAll(CaseVariants.warnings(table, target, schema));
        warnings.addAll(
                Leakage.warnings(schema, table, target, labels, split, options.time != null));
        warnings.addAll(
                Leakage.commonRows(schema, table, trainRows(split), testTable, testRows(split)));
        if (labels == null && !options.logTarget) {
            warnings.addAll(Magnitudes.warnings(column, split.train()));
        }
        List<Split> splits = folds(splitter, split);
        Recipe recipe = Recipe.realMlp(target.task(), options.epochs, options.metric);
        List<Member> members = new ArrayList<>();
        List<TrainingHistory> histories = new ArrayList<>();
        for (int f = 0; f < splits.size(); f++) {
            MemberTraining training =
                    new MemberTraining(options, schema, table, target, labels, splits.get(f));
            members.add(training.train(recipe, options.seed + f));
            histories.add(training.history());
        }
        return measured(TabularModel.of(schema, members), histories, recipe, splits.getFirst());
    }

    /** Refuses what another task alone knows, since it would do nothing. */
    private void requireFittingOptions(Task task) {
        Map<String, Boolean> misfits =
                task == Task.REGRESSION
                        ? Map.of(
                                "--class-weights",
                                options.balanced,
                                "--metric accuracy",
                                options.metric == Metric.ACCURACY,
                                "--positive",
                                options.positive != null)
                        : Map.of(
                                "--log-target",
                                options.logTarget,
                                "--positive",
                                options.positive != null && task == Task.MULTICLASS);
        for (Map.Entry<String, Boolean> misfit : new TreeMap<>(misfits).entrySet()) {
            if (misfit.getValue()) {
                throw new IllegalArgumentException(
                        Message.of(
                                "target: %s is of the task %s, which takes no %s; leave it out, or"
                                        + " choose another --task",
                                target.column(),
                                task.name().toLowerCase(Locale.ROOT),
                                misfit.getKey()));
            }
        }
    }

    /** Checks that the table of the test has a column of the table that is learnt. */
    private void requireTested(String name) {
        if (!testTable.has(name)) {
            List<String> names = testTable.columns().stream().map(Column::name).toList();
            throw new IllegalArgumentException(
                    Message.of(
                            "test: %s has no column '%s', which %s has%s",
                            testTable.source().name(),
                            name,
                            table.source().name(),
                            Names.given(
                                    name,
                                    schema.columns().stream().map(ColumnPlan::name).toList(),
                                    names)));
        }
    }

    private Set<String> reserved() {
        Set<String> reserved = new HashSet<>(List.of(options.target));
        for (String name : Arrays.asList(options.group, options.splitBy)) {
            if (name != null) {
                table.column(name);
                reserved.add(name);
            }
        }
        return reserved;
    }

    private int[] withTarget(Column column) {
        int[] rows =
                IntStream.range(0, table.rows()).filter(row -> !column.isMissing(row)).toArray();
        if (rows.length < table.rows()) {
            notes.add(
                    Message.of(
                            "%,d rows without a target were left out", table.rows() - rows.length));
        }
        return rows;
    }

    private Split split(Splitter splitter, int[] rows) {
        boolean tested = options.test == null;
        long ways =
                IntStream.of(
                                options.time == null ? 0 : 1,
                                options.group == null ? 0 : 1,
                                options.splitBy == null ? 0 : 1)
                        .sum();
        if (ways > 1 || options.splitBy != null && !tested) {
            throw new IllegalArgumentException(
                    "split: choose one of --time, --group, --split-by; --split-by has test rows of"
                            + " its own");
        }
        if (options.splitBy != null) {
            return splitter.byColumn(rows, table.column(options.splitBy), strata);
        }
        if (options.group != null) {
            return splitter.byGroup(rows, table.column(options.group), tested);
        }
        if (options.time != null) {
            return splitter.byTime(rows, table.column(options.time), dates(options.time), tested);
        }
        return splitter.random(rows, strata, tested);
    }

    private DateFormat dates(String column) {
        for (ColumnPlan plan : schema.columns()) {
            if (plan.name().equals(column)) {
                if (plan.kind() == ColumnPlan.Kind.CATEGORY
                        || table.column(column) instanceof TextColumn texts
                                && plan.dates() == null
                                && !texts.holdsNumbers()) {
                    throw new IllegalArgumentException(
                            Message.of(
                                    "split: %s is no time: %s; --time takes dates or numbers;"
                                            + " --date %s=PATTERN says how dates are written",
                                    column, plan.reason(), column));
                }
                return plan.dates();
            }
        }
        throw new IllegalArgumentException(
                Message.of("split: %s is no column to split by time", column));
    }

    private List<Split> folds(Splitter splitter, Split split) {
        if (options.folds == 1) {
            return List.of(split);
        }
        if (options.time != null || options.group != null) {
            throw new IllegalArgumentException(
                    "folds: folds are drawn at random; they do not go with --time or --group");
        }
        return splitter.folds(split, strata, options.folds);
    }

    private int[] testRows(Split split) {
        if (options.test == null) {
            return split.test();
        }
        Column column = testTable.column(options.target);
        int[] known = target.task().isClassification() ? target.labels(column) : null;
        return IntStream.range(0, testTable.rows())
                .filter(row -> known == null ? !Double.isNaN(column.number(row)) : known[row] >= 0)
                .toArray();
    }

    /** Says how many rows of another table cannot be measured. */
    private void nameUntested(int tested) {
        if (options.test == null || tested == testTable.rows()) {
            return;
        }
        int missing = testTable.column(options.target).missing();
        if (missing > 0) {
            notes.add(Message.of("%,d test rows without a target were left out", missing));
        }
        int unknown = testTable.rows() - tested - missing;
        if (unknown > 0) {
            warnings.add(
                    Message.of(
                            "%,d of %,d test rows have a class of %s that training has not seen;"
                                    + " they are not measured",
                            unknown, testTable.rows(), options.target));
        }
    }

    private static int[] trainRows(Split split) {
        return IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                .toArray();
    }

    private TabularRun measured(
            TabularModel model, List<TrainingHistory> histories, Recipe recipe, Split split) {
        int[] rows = testRows(split);
        if (rows.length == 0) {
            throw new IllegalArgumentException(
                    Message.of("test: no row has a known value of %s", options.target));
        }
        Predictions predictions = model.predict(testTable, rows);
        TestMeasure test = new TestMeasure(model.target(), testTable, rows);
        if (test.gap() != null) {
            warnings.add(test.gap());
        }
        LinkedHashMap<String, Measures> board = new LinkedHashMap<>();
        Baselines baselines = new Baselines(model.members().getFirst(), table, labels, split);
        board.put(TabularRun.PRIOR, test.of(baselines.prior(rows.length)));
        board.put(TabularRun.LINEAR, test.of(baselines.linear(testTable, rows)));
        board.put(TabularRun.NETWORK, test.of(predictions));
        String main = target.task().isClassification() ? "logLoss" : "rmse";
        if (board.get(TabularRun.NETWORK).get(main) >= board.get(TabularRun.LINEAR).get(main)) {
            warnings.add(
                    Message.of(
                            "the network does not beat the linear model on the test rows: %s %.4g"
                                    + " against %.4g",
                            main,
                            board.get(TabularRun.NETWORK).get(main),
                            board.get(TabularRun.LINEAR).get(main)));
        }
        ModelCard card = ModelCard.of(recipe, options.seed, table.source(), board);
        Function<int[], Measures> resampled = drawn -> test.of(predictions, drawn);
        return new TabularRun(
                model.card(card),
                notes,
                warnings,
                split,
                board,
                Intervals.of(rows.length, options.seed, TestMeasure.main(target.task()), resampled),
                histories,
                recipe,
                predictions,
                testTable,
                rows,
                options.seed,
                (System.nanoTime() - start) / 1e9);
    }
}
