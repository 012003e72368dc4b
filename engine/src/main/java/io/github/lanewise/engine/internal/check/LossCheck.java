package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;

import java.util.Locale;
import java.util.Objects;

/** What the arguments of {@link io.github.lanewise.engine.Losses} must be. */
public final class LossCheck {

    private LossCheck() {}

    public static void pointwise(
            PointwiseLoss f, Matrix x, Matrix targets, Matrix values, Matrix dx) {
        String operation = "loss";
        Objects.requireNonNull(f, "f");
        Check.sameShape(operation, "predictions", x, "targets", targets);
        Check.sameShape(operation, "predictions", x, "losses", values);
        Check.apart(operation, "losses", values, "predictions", x);
        Check.apart(operation, "losses", values, "targets", targets);
        if (dx != null) {
            Check.sameShape(operation, "predictions", x, "gradient", dx);
            Check.inPlaceOrApart(operation, "gradient", dx, "predictions", x);
            Check.apart(operation, "gradient", dx, "targets", targets);
            Check.apart(operation, "gradient", dx, "losses", values);
        }
        if (f.posWeight() != null) {
            checkWeights(operation, "positive weight", f.posWeight(), x, values, dx);
        }
    }

    public static void weigh(Matrix weights, Matrix y) {
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(y, "y");
        if (weights.rows() != 1) {
            Check.sameShape("weigh", "weights", weights, "y", y);
        } else {
            Check.shape("weigh", "weights", weights, 1, y.cols());
        }
        Check.apart("weigh", "y", y, "weights", weights);
    }

    public static void classTargets(
            ClassTargets rule, int[] labels, Matrix targets, Matrix weights) {
        String operation = "classTargets";
        Objects.requireNonNull(targets, "targets");
        Objects.requireNonNull(rule, "rule");
        Check.shape(operation, "weights", weights, 1, targets.rows());
        checkClassWeights(operation, rule.classWeights(), targets, targets, weights);
        Check.apart(operation, "weights", weights, "targets", targets);
        Check.labels(operation, labels, targets.rows(), targets.cols(), rule.ignoreIndex());
    }

    public static void classTargets(ClassTargets rule, Matrix probabilities, Matrix targets) {
        String operation = "classTargets";
        Objects.requireNonNull(rule, "rule");
        Check.sameShape(operation, "probabilities", probabilities, "targets", targets);
        Check.inPlaceOrApart(operation, "targets", targets, "probabilities", probabilities);
        checkClassWeights(operation, rule.classWeights(), targets, targets, null);
    }

    public static void multiMargin(
            Matrix classWeights, Matrix x, int[] labels, Matrix values, Matrix dx) {
        String operation = "multiMargin";
        checkRows(operation, x, values, dx);
        checkClassWeights(operation, classWeights, x, values, dx);
        Check.labels(operation, labels, x.rows(), x.cols());
    }

    public static void cosine(
            Matrix x, Matrix y, int[] signs, Matrix values, Matrix dx, Matrix dy) {
        String operation = "cosine";
        Check.sameShape(operation, "x", x, "y", y);
        checkRows(operation, x, values, dx);
        checkRows(operation, y, values, dy);
        Check.apart(operation, "dx", dx, "y", y);
        Check.apart(operation, "dy", dy, "x", x);
        Check.apart(operation, "dy", dy, "dx", dx);
        if (signs != null) {
            Check.signs(operation, signs, x.rows());
        }
    }

    public static void tripletMargin(Matrix x, Matrix values, Matrix dx) {
        String operation = "tripletMargin";
        checkRows(operation, x, values, dx);
        if (x.cols() % 3 != 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "tripletMargin: x is %s; its columns must be three equal blocks",
                            x.shape()));
        }
    }

    private static void checkRows(String operation, Matrix x, Matrix values, Matrix dx) {
        Objects.requireNonNull(x, "x");
        Check.shape(operation, "losses", values, 1, x.rows());
        Check.apart(operation, "losses", values, "x", x);
        Check.sameShape(operation, "x", x, "gradient", dx);
        Check.apart(operation, "gradient", dx, "x", x);
        Check.apart(operation, "losses", values, "gradient", dx);
    }

    private static void checkClassWeights(
            String operation, Matrix classWeights, Matrix rows, Matrix output, Matrix other) {
        if (classWeights != null) {
            checkWeights(operation, "class weights", classWeights, rows, output, other);
        }
    }

    /** Requires one weight for each column, and that no output lies over them; null is none. */
    private static void checkWeights(
            String operation,
            String name,
            Matrix weights,
            Matrix rows,
            Matrix output,
            Matrix other) {
        Check.shape(operation, name, weights, 1, rows.cols());
        if (output != null) {
            Check.apart(operation, "an output", output, name, weights);
        }
        if (other != null) {
            Check.apart(operation, "an output", other, name, weights);
        }
    }
}
