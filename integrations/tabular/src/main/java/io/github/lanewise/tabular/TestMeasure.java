package io.github.lanewise.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Measures predictions against the targets of the test rows. */
final class TestMeasure {

    /** Classes that a warning names. */
    private static final int NAMED = 5;

    private final Target target;
    private final int[] labels;
    private final double[] numbers;

    TestMeasure(Target target, Table table, int[] rows) {
        this.target = target;
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

    /** Says which measures these rows leave undefined or partial; null if they do not. */
    String gap() {
        if (labels == null) {
            boolean alike = DoubleStream.of(numbers).distinct().count() == 1;
            return alike ? alike(Numbers.text(numbers[0]), "r2 is not defined") : null;
        }
        List<String> absent = new ArrayList<>(target.classes());
        IntStream.of(labels).distinct().forEach(i -> absent.remove(target.classes().get(i)));
        if (absent.isEmpty()) {
            return null;
        }
        if (absent.size() == target.classes().size() - 1) {
            String only = "'" + target.classes().get(labels[0]) + "'";
            return alike(only, "auc and averagePrecision say nothing");
        }
        return Message.of(
                "%d of %d classes of %s are in no test row: '%s'%s; balancedAccuracy, auc and"
                        + " averagePrecision are means over the others",
                absent.size(),
                target.classes().size(),
                target.column(),
                String.join("', '", absent.subList(0, Math.min(NAMED, absent.size()))),
                absent.size() > NAMED ? ", ..." : "");
    }

    private String alike(String value, String outcome) {
        int rows = labels != null ? labels.length : numbers.length;
        return Message.of(
                "all %d test rows have %s as %s: %s; test on more rows",
                rows, value, target.column(), outcome);
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
