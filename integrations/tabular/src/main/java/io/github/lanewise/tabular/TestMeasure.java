package io.github.lanewise.tabular;

import java.util.List;
import java.util.stream.IntStream;

/** Measures predictions against the targets of the test rows. */
final class TestMeasure {

    private final int[] labels;
    private final double[] numbers;

    TestMeasure(Target target, Table table, int[] rows) {
        Column column = table.column(target.column());
        boolean classes = target.task().isClassification();
        int[] all = classes ? target.labels(column) : null;
        this.labels = classes ? IntStream.of(rows).map(row -> all[row]).toArray() : null;
        this.numbers = classes ? null : IntStream.of(rows).mapToDouble(column::number).toArray();
    }

    /** Returns the names of the measures that get intervals. */
    static List<String> main(Task task) {
        return switch (task) {
            case BINARY -> List.of("logLoss", "accuracy", "auc");
            case MULTICLASS -> List.of("logLoss", "accuracy");
            case REGRESSION -> List.of("rmse", "mae", "r2");
        };
    }

    int[] labels() {
        return labels;
    }

    double[] numbers() {
        return numbers;
    }

    Measures of(Predictions predictions) {
        return labels != null
                ? Measures.of(labels, predictions)
                : Measures.of(numbers, predictions);
    }

    /** Measures chosen rows, some of them several times. */
    Measures of(Predictions predictions, int[] chosen) {
        if (labels != null) {
            double[][] p = new double[chosen.length][];
            int[] drawn = new int[chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                p[i] = predictions.probabilities()[chosen[i]];
                drawn[i] = labels[chosen[i]];
            }
            return Measures.of(drawn, new Predictions(p, null));
        }
        double[] values = new double[chosen.length];
        double[] truth = new double[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            values[i] = predictions.numbers()[chosen[i]];
            truth[i] = numbers[chosen[i]];
        }
        return Measures.of(truth, new Predictions(null, values));
    }
}
