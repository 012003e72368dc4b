package io.github.lanewise.tabular;

import io.github.lanewise.nn.metrics.Ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for what makes a model look better than it will be. */
final class Leakage {

    /** A column that tells so much alone probably knows the target. */
    private static final double TOO_GOOD = 0.99;

    /** A column of more levels than this share of the rows tells each row apart. */
    private static final double MOST_LEVELS = 0.1;

    /** Related columns make more copies than unrelated ones, which chance is counted for. */
    private static final double MORE_THAN_CHANCE = 3;

    private Leakage() {}

    /** Returns warnings about single columns, and about dates with a split at random. */
    static List<String> warnings(
            Schema schema, Table table, Target target, int[] labels, Split split, boolean byTime) {
        List<String> warnings = new ArrayList<>();
        for (ColumnPlan plan : schema.used()) {
            Column column = table.column(plan.name());
            double strength =
                    plan.kind() == ColumnPlan.Kind.DATE
                            ? 0
                            : strength(plan, column, table, target, labels, split.train());
            if (strength >= TOO_GOOD) {
                warnings.add(
                        Message.of(
                                "%s alone tells the target (%s %.4f); is it known when you predict?"
                                        + " --drop %s leaves it out",
                                plan.name(),
                                target.task() == Task.REGRESSION
                                        ? "R2"
                                        : target.task() == Task.BINARY ? "AUC" : "accuracy",
                                strength,
                                plan.name()));
            }
            if (plan.kind() == ColumnPlan.Kind.DATE && !byTime) {
                warnings.add(
                        Message.of(
                                "%s is a date, but the split is at random: rows of one day are in"
                                        + " train and test; --time %s splits by time",
                                plan.name(), plan.name()));
            }
        }
        return warnings;
    }

    private static double strength(
            ColumnPlan plan, Column column, Table table, Target target, int[] labels, int[] rows) {
        if (plan.kind() == ColumnPlan.Kind.CATEGORY) {
            return target.task().isClassification()
                    ? ofLevels(column, labels, target.classes().size(), rows)
                    : 0;
        }
        return switch (target.task()) {
            case BINARY -> auc(column, labels, rows);
            case REGRESSION -> r2(column, table.column(target.column()), rows);
            case MULTICLASS -> 0;
        };
    }

    private static double auc(Column column, int[] labels, int[] rows) {
        int count = 0;
        boolean[] positive = new boolean[rows.length];
        float[] scores = new float[rows.length];
        for (int row : rows) {
            if (!Double.isNaN(column.number(row))) {
                positive[count] = labels[row] == 1;
                scores[count++] = (float) column.number(row);
            }
        }
        // what is there in few rows proves little
        if (count < rows.length / 2) {
            return 0;
        }
        double auc = Ranking.rocAuc(Arrays.copyOf(positive, count), Arrays.copyOf(scores, count));
        return Math.max(auc, 1 - auc);
    }

    private static double r2(Column column, Column target, int[] rows) {
        double n = 0;
        double sx = 0;
        double sy = 0;
        for (int row : rows) {
            if (!Double.isNaN(column.number(row))) {
                n++;
                sx += column.number(row);
                sy += target.number(row);
            }
        }
        if (n < rows.length / 2.0 || n < 3) {
            return 0;
        }
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int row : rows) {
            double dx = column.number(row) - sx / n;
            double dy = target.number(row) - sy / n;
            if (!Double.isNaN(dx)) {
                xx += dx * dx;
                yy += dy * dy;
                xy += dx * dy;
            }
        }
        return xx == 0 || yy == 0 ? 0 : xy * xy / (xx * yy);
    }

    /** Returns the share of rows that the most frequent class of their level gets right. */
    private static double ofLevels(Column column, int[] labels, int classes, int[] rows) {
        Map<String, int[]> counts = new HashMap<>();
        for (int row : rows) {
            counts.computeIfAbsent(String.valueOf(column.text(row)), l -> new int[classes])[
                    labels[row]]++;
        }
        if (counts.size() > MOST_LEVELS * rows.length) {
            return 0;
        }
        long right = 0;
        int[] all = new int[classes];
        for (int[] level : counts.values()) {
            int most = 0;
            for (int j = 0; j < classes; j++) {
                most = Math.max(most, level[j]);
                all[j] += level[j];
            }
            right += most;
        }
        int most = Arrays.stream(all).max().orElse(0);
        // where one class is nearly everything, every column is right
        return most >= TOO_GOOD * rows.length ? 0 : (double) right / rows.length;
    }

    /** Returns a warning if rows of the test stand in the training rows, too. */
    static List<String> commonRows(
            Schema schema, Table train, int[] trainRows, Table test, int[] testRows) {
        List<Column> trainColumns = new ArrayList<>();
        List<Column> testColumns = new ArrayList<>();
        for (ColumnPlan plan : schema.used()) {
            trainColumns.add(train.column(plan.name()));
            testColumns.add(test.column(plan.name()));
        }
        Set<Long> known = new HashSet<>();
        for (int row : trainRows) {
            known.add(hash(trainColumns, row));
        }
        int common = 0;
        int[] copies = new int[testRows.length];
        for (int i = 0; i < testRows.length; i++) {
            copies[i] = known.contains(hash(testColumns, testRows[i])) ? 1 : 0;
            common += copies[i];
        }
        if (common == 0) {
            return List.of();
        }
        double chance = byChance(trainColumns, trainRows, testColumns, testRows, copies);
        return common <= 1 + MORE_THAN_CHANCE * chance
                ? List.of()
                : List.of(
                        Message.of(
                                "%,d of %,d test rows stand in the training rows, too (by chance"
                                        + " about %,.0f would): the test is too easy",
                                common, testRows.length, chance));
    }

    /**
     * Returns how many test rows would stand among the training rows if columns were unrelated.
     *
     * @param copies 1 for each test row that stands there, which is no sign of chance
     */
    private static double byChance(
            List<Column> trainColumns,
            int[] trainRows,
            List<Column> testColumns,
            int[] testRows,
            int[] copies) {
        double[] share = new double[testRows.length];
        Arrays.fill(share, 1);
        for (int c = 0; c < testColumns.size(); c++) {
            Map<String, Integer> counts = new HashMap<>();
            for (int row : testRows) {
                counts.put(String.valueOf(testColumns.get(c).text(row)), 0);
            }
            for (int row : trainRows) {
                String text = String.valueOf(trainColumns.get(c).text(row));
                counts.computeIfPresent(text, (t, count) -> count + 1);
            }
            for (int i = 0; i < share.length; i++) {
                String text = String.valueOf(testColumns.get(c).text(testRows[i]));
                share[i] *= (double) (counts.get(text) - copies[i]) / trainRows.length;
            }
        }
        double chance = 0;
        for (double p : share) {
            chance += 1 - StrictMath.pow(1 - p, trainRows.length);
        }
        return chance;
    }

    private static long hash(List<Column> columns, int row) {
        long hash = 1;
        for (Column column : columns) {
            String text = column.text(row);
            hash = hash * 0x9E3779B97F4A7C15L + (text == null ? 7 : text.hashCode());
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
