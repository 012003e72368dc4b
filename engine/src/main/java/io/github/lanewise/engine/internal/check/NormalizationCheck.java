package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;

import java.util.Locale;
import java.util.Objects;

/** What the arguments of {@link io.github.lanewise.engine.Normalizations} must be. */
public final class NormalizationCheck {

    private NormalizationCheck() {}

    public static void normalize(
            RowNorm norm,
            Matrix x,
            Matrix weight,
            Matrix bias,
            Matrix normalized,
            Matrix scales,
            Matrix y) {
        String operation = "normalize";
        Objects.requireNonNull(norm, "norm");
        Check.sameShape(operation, "x", x, "y", y);
        Check.sameShape(operation, "normalized", normalized, "y", y);
        Check.shape(operation, "scales", scales, 1, x.rows());
        if (weight != null) {
            checkWeight(operation, "weight", weight, y);
            Check.apart(operation, "normalized", normalized, "weight", weight);
            Check.apart(operation, "scales", scales, "weight", weight);
        }
        if (bias != null) {
            Objects.requireNonNull(weight, "weight");
            checkWeight(operation, "bias", bias, y);
            Check.apart(operation, "normalized", normalized, "bias", bias);
            Check.apart(operation, "scales", scales, "bias", bias);
        }
        Check.inPlaceOrApart(operation, "y", y, "x", x);
        Check.inPlaceOrApart(operation, "normalized", normalized, "x", x);
        Check.inPlaceOrApart(operation, "y", y, "normalized", normalized);
        Check.apart(operation, "scales", scales, "x", x);
        Check.apart(operation, "scales", scales, "normalized", normalized);
        Check.apart(operation, "scales", scales, "y", y);
    }

    private static void checkWeight(String operation, String name, Matrix weight, Matrix y) {
        if (weight.cols() != y.cols() || weight.rows() == 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is %s, the rows have %d columns; give it one row or more of as"
                                    + " many",
                            operation,
                            name,
                            weight.shape(),
                            y.cols()));
        }
        Check.apart(operation, "y", y, name, weight);
    }

    public static void normalizeGradient(
            RowNorm norm, Matrix normalized, Matrix scales, Matrix weight, Matrix dy, Matrix dx) {
        String operation = "normalizeGradient";
        Objects.requireNonNull(norm, "norm");
        Check.sameShape(operation, "normalized", normalized, "dy", dy);
        Check.sameShape(operation, "dy", dy, "dx", dx);
        Check.shape(operation, "scales", scales, 1, dy.rows());
        if (weight != null) {
            checkWeight(operation, "weight", weight, dx);
        }
        Check.inPlaceOrApart(operation, "dx", dx, "dy", dy);
        Check.apart(operation, "dx", dx, "normalized", normalized);
        Check.apart(operation, "dx", dx, "scales", scales);
    }

    public static void columnDots(Matrix x, Matrix y, float beta, Matrix sums) {
        Check.sameShape("columnDots", "x", x, "y", y);
        Check.shape("columnDots", "sums", sums, 1, x.cols());
        Check.apart("columnDots", "sums", sums, "x", x);
        Check.apart("columnDots", "sums", sums, "y", y);
        Check.beta("columnDots", beta);
    }
}
