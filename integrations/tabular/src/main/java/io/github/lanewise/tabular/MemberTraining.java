package io.github.lanewise.tabular;

import java.util.Arrays;

/** Fits preprocessing and network of one split. */
final class MemberTraining {

    private final Tabular options;
    private final Table table;
    private final Preprocessing preprocessing;
    private final Target target;
    private final int[] labels;
    private final Split split;
    private TrainingHistory history;

    MemberTraining(
            Tabular options, Schema schema, Table table, Target target, int[] labels, Split split) {
        this.options = options;
        this.table = table;
        this.labels = labels;
        this.split = split;
        this.preprocessing = Preprocessing.fit(schema, table, split.train());
        this.target =
                target.fit(
                        table.column(target.column()),
                        split.train(),
                        options.logTarget,
                        options.time == null);
    }

    /** Returns what training did. */
    TrainingHistory history() {
        return history;
    }

    /** Trains the network. */
    Member train(Recipe recipe, long seed) {
        RealMlp network = new RealMlp(preprocessing, target, recipe, seed);
        FeatureRows train = new FeatureRows(preprocessing, table, split.train());
        FeatureRows valid = new FeatureRows(preprocessing, table, split.validation());
        boolean classes = target.task().isClassification();
        TrainingTargets targets =
                classes
                        ? TrainingTargets.labels(labels(split.train()), weights())
                        : TrainingTargets.numbers(scaled(target, table, split.train()));
        int[] validLabels = classes ? labels(split.validation()) : null;
        ValidationMeasure validation =
                new ValidationMeasure(
                        valid,
                        validLabels,
                        classes ? null : scaled(target, table, split.validation()),
                        options.metric,
                        weights());
        history =
                new NetworkTraining(network, recipe)
                        .run(train, targets, validation, seed, options.listener);
        double temperature =
                classes ? Temperature.fit(validation.outputs(network.model()), validLabels) : 1;
        return new Member(preprocessing, target, network.model(), temperature);
    }

    private int[] labels(int[] rows) {
        return Arrays.stream(rows).map(row -> labels[row]).toArray();
    }

    /** Returns rows / (classes * rows of the class) for each class; null where none are wanted. */
    private float[] weights() {
        if (!options.balanced) {
            return null;
        }
        int[] counts = new int[target.classes().size()];
        for (int row : split.train()) {
            counts[labels[row]]++;
        }
        float[] weights = new float[counts.length];
        for (int j = 0; j < counts.length; j++) {
            weights[j] =
                    (float)
                            ((double) split.train().length
                                    / counts.length
                                    / Math.max(1, counts[j]));
        }
        return weights;
    }

    /** Returns the targets as the network is to learn them. */
    static float[] scaled(Target target, Table table, int[] rows) {
        Column column = table.column(target.column());
        float[] numbers = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            numbers[i] = (float) target.scale().scaled(column.number(rows[i]));
        }
        return numbers;
    }
}
