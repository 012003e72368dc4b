package io.github.lanewise.tabular;

import java.util.Arrays;

/** What a network has to beat, fitted on the same training rows. */
final class Baselines {

    private final Member member;
    private final Table table;
    private final int[] labels;
    private final int[] rows;

    Baselines(Member member, Table table, int[] labels, Split split) {
        this.member = member;
        this.table = table;
        this.labels = labels;
        this.rows = split.train();
    }

    /** Returns the shares of the classes, or the mean of the target, for each of so many rows. */
    Predictions prior(int count) {
        Target target = member.target();
        if (!target.task().isClassification()) {
            Column column = table.column(target.column());
            double mean = Arrays.stream(rows).mapToDouble(column::number).sum() / rows.length;
            double[] numbers = new double[count];
            Arrays.fill(numbers, mean);
            return new Predictions(null, numbers);
        }
        double[] shares = new double[target.classes().size()];
        for (int row : rows) {
            shares[labels[row]] += 1.0 / rows.length;
        }
        double[][] all = new double[count][];
        Arrays.fill(all, shares);
        return new Predictions(all, null);
    }

    /** Returns the predictions of the linear model. */
    Predictions linear(Table testTable, int[] testRows) {
        Target target = member.target();
        FeatureRows train = new FeatureRows(member.preprocessing(), table, rows);
        LinearBaseline model = new LinearBaseline(member.preprocessing(), train, target.outputs());
        if (target.task().isClassification()) {
            model.fit(Arrays.stream(rows).map(row -> labels[row]).toArray());
        } else {
            model.fit(MemberTraining.scaled(target, table, rows));
        }
        return model.predict(new FeatureRows(member.preprocessing(), testTable, testRows), target);
    }
}
