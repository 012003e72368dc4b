package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Targets;

import java.util.List;

/** The checks that losses share. */
final class LossChecks {

    private LossChecks() {}

    /** Returns the rows of targets that must be numbers, one for each prediction. */
    static Matrix values(Loss loss, Targets targets, Matrix predictions) {
        Matrix rows = requireRows(loss, targets);
        if (rows.rows() != predictions.rows() || rows.cols() != predictions.cols()) {
            throw new IllegalArgumentException(
                    "%s: targets are %s, predictions are %s; they must be equal"
                            .formatted(name(loss), rows.shape(), predictions.shape()));
        }
        return rows;
    }

    /** Checks the targets of a dataset that must be so many numbers for each sample. */
    static void requireNumbers(Loss loss, Targets targets, int numbers) {
        int given = requireRows(loss, targets).cols();
        if (given != numbers) {
            throw new IllegalArgumentException(
                    "%s: targets have %s numbers a sample, predictions %s; they must be equal"
                            .formatted(name(loss), given, numbers));
        }
    }

    private static Matrix requireRows(Loss loss, Targets targets) {
        if (!(targets instanceof Targets.Values values)) {
            throw new IllegalArgumentException(
                    "%s: targets are %s; give Targets.values(rows)"
                            .formatted(name(loss), kind(targets)));
        }
        return values.rows();
    }

    /** Returns the labels of targets that must be labels. */
    static int[] labels(Loss loss, Targets targets) {
        if (!(targets instanceof Targets.Labels labels)) {
            throw new IllegalArgumentException(
                    "%s: targets are %s; give Targets.labels(classes)"
                            .formatted(name(loss), kind(targets)));
        }
        return labels.classes();
    }

    /** Checks that targets are not those of several outputs. */
    static void requireOnePart(Loss loss, Targets targets) {
        if (targets instanceof Targets.Several) {
            throw new IllegalArgumentException(
                    ("%s: targets are %s, and the loss is for one output; give targets of one part,"
                                    + " or JointLoss.of(model, ...) for a model of several outputs")
                            .formatted(name(loss), kind(targets)));
        }
    }

    private static String kind(Targets targets) {
        return switch (targets) {
            case Targets.Labels labels -> "class labels";
            case Targets.Values values -> "rows of numbers";
            case Targets.None none -> "none";
            case Targets.Several several -> "of %s parts".formatted(several.parts().size());
            case Targets.Weighted weighted -> kind(weighted.targets());
        };
    }

    /** Checks that predictions are one row of scores, one for each class. */
    static void requireClasses(Loss loss, Shape scores) {
        if (scores.rank() != 1) {
            throw new IllegalArgumentException(
                    "%s: scores are %s; they must be one row of classes"
                            .formatted(name(loss), scores));
        }
    }

    /** Returns the weights of classes as one row, or null if there is none. */
    static Matrix classWeights(Loss loss, List<Float> weights, int classes) {
        if (weights.isEmpty()) {
            return null;
        }
        if (weights.size() != classes) {
            throw new IllegalArgumentException(
                    "%s: %s class weights for %s classes; give one for each"
                            .formatted(name(loss), weights.size(), classes));
        }
        Matrix row = Matrix.zeros(1, classes);
        for (int c = 0; c < classes; c++) {
            row.data()[c] = weights.get(c);
        }
        return row;
    }

    /** Checks weights of classes and copies them. */
    static List<Float> requireWeights(String loss, List<Float> weights) {
        for (int c = 0; c < weights.size(); c++) {
            if (!(weights.get(c) >= 0 && weights.get(c) < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "%s: weight of class %s is %s; it must be 0 or more, and finite"
                                .formatted(loss, c, weights.get(c)));
            }
        }
        return List.copyOf(weights);
    }

    /** Checks a margin, which may be any finite number. */
    static void requireFinite(String loss, String name, float number) {
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s; it must be finite".formatted(loss, name, number));
        }
    }

    private static String name(Loss loss) {
        return loss.getClass().getSimpleName();
    }
}
