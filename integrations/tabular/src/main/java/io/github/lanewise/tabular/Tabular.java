package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Trains a network on a table, with nothing to decide but the target:
 *
 * <pre>{@code
 * TabularRun run = Tabular.target("Status").folds(5).seed(1).fit(Csv.read(path));
 * }</pre>
 *
 * <p>A run is a function of the table, these options and the seed: the same bits on every machine.
 */
public final class Tabular {

    final String target;
    final Overrides overrides = new Overrides();
    Task task;
    String positive;
    String time;
    String group;
    String splitBy;
    Table test;
    boolean logTarget;
    boolean balanced;
    Metric metric = Metric.LOSS;
    int epochs = Preset.GOOD.epochs();
    int folds = 1;
    long seed;
    EpochListener listener = (epoch, epochs) -> {};

    private Tabular(String target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    /** Begins with the name of the column to predict. */
    public static Tabular target(String column) {
        return new Tabular(column);
    }

    /** Says what kind of prediction it is; by default the values tell. */
    public Tabular task(Task kind) {
        task = kind;
        return this;
    }

    /** Says which class counts as positive; by default the last in order. */
    public Tabular positive(String name) {
        positive = name;
        return this;
    }

    /** Takes columns as numbers; texts that are none are missing. */
    public Tabular numeric(String... columns) {
        overrides.numeric(List.of(columns));
        return this;
    }

    /** Takes columns as categories. */
    public Tabular category(String... columns) {
        overrides.category(List.of(columns));
        return this;
    }

    /** Takes a column as dates of a pattern such as dd.MM.yyyy, or {@link DateFormat#ISO}. */
    public Tabular date(String column, String pattern) {
        overrides.date(column, DateFormat.ofPattern(pattern));
        return this;
    }

    /** Leaves columns out. */
    public Tabular drop(String... columns) {
        overrides.drop(List.of(columns));
        return this;
    }

    /** Splits by time: the latest rows are for the test. Predictions may leave the known range. */
    public Tabular time(String column) {
        time = column;
        return this;
    }

    /** Keeps the rows of one group together in the split, and does not learn from the column. */
    public Tabular group(String column) {
        group = column;
        return this;
    }

    /** Splits as a column says (train, validation, test), and does not learn from it. */
    public Tabular splitBy(String column) {
        splitBy = column;
        return this;
    }

    /** Measures on the rows of another table. */
    public Tabular test(Table other) {
        test = other;
        return this;
    }

    /** Learns the logarithm of the target. */
    public Tabular logTarget() {
        logTarget = true;
        return this;
    }

    /**
     * Weighs classes so that all count the same in training; probabilities are then no longer
     * calibrated but for the temperature.
     */
    public Tabular balancedClassWeights() {
        balanced = true;
        return this;
    }

    /** Says what the best epoch is best in; by default the loss. */
    public Tabular metric(Metric choice) {
        metric = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /** Sets epochs and folds. */
    public Tabular preset(Preset preset) {
        epochs = preset.epochs();
        return folds(preset.folds());
    }

    /** Sets how often training goes over the rows; by default 256. */
    public Tabular epochs(int number) {
        epochs = requirePositive("epochs", number);
        return this;
    }

    /** Trains so many networks, each with another part for validation; the model is their mean. */
    public Tabular folds(int number) {
        folds = requirePositive("folds", number);
        return this;
    }

    /** Sets the seed of everything drawn; by default 0. */
    public Tabular seed(long number) {
        seed = number;
        return this;
    }

    /** Is told of each epoch. */
    public Tabular listener(EpochListener other) {
        listener = Objects.requireNonNull(other, "other");
        return this;
    }

    private static int requirePositive(String name, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    Message.of("Tabular: %s is %d; it must be 1 or more", name, number));
        }
        return number;
    }

    /**
     * Returns what kind of prediction it will be on a table.
     *
     * @throws IllegalArgumentException if it has no such target, or there is nothing to learn
     */
    public Task taskOn(Table table) {
        return TargetInference.of(table.column(target), task, positive, new ArrayList<>()).task();
    }

    /**
     * Trains and measures.
     *
     * @throws IllegalArgumentException if the table and the options do not fit together, or there
     *     is nothing to learn; the message says what to do
     */
    public TabularRun fit(Table table) {
        return new TabularFit(this, Objects.requireNonNull(table, "table")).run();
    }
}
