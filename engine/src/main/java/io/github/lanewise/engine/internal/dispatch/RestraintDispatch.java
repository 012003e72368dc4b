package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Restraints;
import io.github.lanewise.engine.internal.check.Check;
import io.github.lanewise.engine.internal.scalar.ScalarRestraints;

import java.util.Locale;
import java.util.Objects;

/** Checks arguments and runs the operations, which are rare, on the calling thread. */
final class RestraintDispatch implements Restraints {

    private final Restraints restraints = new ScalarRestraints();

    @Override
    public void clamp(float low, float high, Matrix x) {
        Objects.requireNonNull(x, "x");
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "clamp: low is %s, high is %s; low must not be above high",
                            low,
                            high));
        }
        restraints.clamp(low, high, x);
    }

    @Override
    public double sumOfAbsolutes(Matrix x) {
        return restraints.sumOfAbsolutes(Objects.requireNonNull(x, "x"));
    }

    @Override
    public float maxOfAbsolutes(Matrix x) {
        return restraints.maxOfAbsolutes(Objects.requireNonNull(x, "x"));
    }

    @Override
    public void addSign(float alpha, Matrix x, Matrix y) {
        Check.sameShape("addSign", "x", x, "y", y);
        Check.inPlaceOrApart("addSign", "y", y, "x", x);
        restraints.addSign(alpha, x, y);
    }

    @Override
    public void limitColumnNorms(float limit, Matrix x, Matrix norms) {
        checkLimit("limitColumnNorms", limit, x, norms, Objects.requireNonNull(x, "x").cols());
        restraints.limitColumnNorms(limit, x, norms);
    }

    @Override
    public void limitRowNorms(float limit, Matrix x, Matrix norms) {
        checkLimit("limitRowNorms", limit, x, norms, Objects.requireNonNull(x, "x").rows());
        restraints.limitRowNorms(limit, x, norms);
    }

    private static void checkLimit(
            String operation, float limit, Matrix x, Matrix norms, int count) {
        Check.shape(operation, "norms", norms, 1, count);
        Check.apart(operation, "norms", norms, "x", x);
        if (!(limit > 0)) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT, "%s: limit is %s; it must be above 0", operation, limit));
        }
    }
}
