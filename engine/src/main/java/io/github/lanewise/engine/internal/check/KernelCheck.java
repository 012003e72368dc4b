package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;

import java.util.Locale;
import java.util.Objects;

/** What the arguments of {@link io.github.lanewise.engine.Kernels} must be. */
public final class KernelCheck {

    private KernelCheck() {}

    public static void gemm(
            Transpose transpose, Matrix a, Matrix b, float beta, Matrix c, Epilogue epilogue) {
        ProductCheck.gemm("gemm", transpose, a, b, beta, c, epilogue);
    }

    public static void activate(Activation f, Matrix x, Matrix y) {
        Objects.requireNonNull(f, "f");
        Check.sameShape("activate", "x", x, "y", y);
        Check.inPlaceOrApart("activate", "y", y, "x", x);
    }

    public static void activateGradient(Activation f, Matrix saved, Matrix dy, Matrix dx) {
        Objects.requireNonNull(f, "f");
        Check.sameShape("activateGradient", "saved", saved, "dy", dy);
        Check.sameShape("activateGradient", "dy", dy, "dx", dx);
        Check.inPlaceOrApart("activateGradient", "dx", dx, "dy", dy);
        Check.inPlaceOrApart("activateGradient", "dx", dx, "saved", saved);
    }

    public static void axpy(Matrix x, Matrix y) {
        Check.sameShape("axpy", "x", x, "y", y);
        Check.inPlaceOrApart("axpy", "y", y, "x", x);
    }

    public static void combine(Combination how, Matrix x, Matrix y, Matrix z) {
        Objects.requireNonNull(how, "how");
        Check.sameShape("combine", "x", x, "y", y);
        Check.sameShape("combine", "y", y, "z", z);
        Check.inPlaceOrApart("combine", "z", z, "x", x);
        Check.inPlaceOrApart("combine", "z", z, "y", y);
    }

    public static void scale(Matrix x) {
        Objects.requireNonNull(x, "x");
    }

    public static void dropout(float p, Matrix x, Matrix y) {
        Check.sameShape("dropout", "x", x, "y", y);
        Check.inPlaceOrApart("dropout", "y", y, "x", x);
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "dropout: p is %s; it must be from 0 to 1", p));
        }
    }

    public static void addRow(Matrix row, Matrix y) {
        Objects.requireNonNull(y, "y");
        Check.shape("addRow", "row", row, 1, y.cols());
        Check.apart("addRow", "y", y, "row", row);
    }

    public static void columnSums(Matrix x, float beta, Matrix sums) {
        Objects.requireNonNull(x, "x");
        Check.shape("columnSums", "sums", sums, 1, x.cols());
        Check.apart("columnSums", "sums", sums, "x", x);
        Check.beta("columnSums", beta);
    }

    public static void softmax(String operation, Matrix x, Matrix y) {
        Check.sameShape(operation, "x", x, "y", y);
        Check.inPlaceOrApart(operation, "y", y, "x", x);
    }

    public static void softmaxGradient(String operation, Matrix y, Matrix dy, Matrix dx) {
        Check.sameShape(operation, "y", y, "dy", dy);
        Check.sameShape(operation, "dy", dy, "dx", dx);
        Check.inPlaceOrApart(operation, "dx", dx, "dy", dy);
        Check.apart(operation, "dx", dx, "y", y);
    }

    public static void softmaxCrossEntropy(
            Matrix logits, int[] labels, Matrix losses, Matrix dLogits) {
        String operation = "softmaxCrossEntropy";
        Objects.requireNonNull(logits, "logits");
        Check.labels(operation, labels, logits.rows(), logits.cols());
        Check.shape(operation, "losses", losses, 1, logits.rows());
        Check.apart(operation, "losses", losses, "logits", logits);
        if (dLogits != null) {
            Check.sameShape(operation, "logits", logits, "dLogits", dLogits);
            Check.inPlaceOrApart(operation, "dLogits", dLogits, "logits", logits);
            Check.apart(operation, "losses", losses, "dLogits", dLogits);
        }
    }

    public static void sum(Matrix x) {
        Objects.requireNonNull(x, "x");
    }

    public static void dot(Matrix x, Matrix y) {
        Check.sameShape("dot", "x", x, "y", y);
    }

    public static void weightedSum(Matrix weights, Matrix x) {
        Check.sameShape("weightedSum", "weights", weights, "x", x);
    }

    public static void update(Update rule, Matrix value, Matrix gradient, Matrix... states) {
        UpdateCheck.operands("update", rule, value, gradient, states);
    }

    public static void gemmThenUpdate(
            Transpose transpose,
            Matrix a,
            Matrix b,
            Update rule,
            Matrix value,
            Matrix gradient,
            Matrix... states) {
        ProductCheck.operands("gemmThenUpdate", transpose, a, b, "gradient", gradient);
        UpdateCheck.operands("gemmThenUpdate", rule, value, gradient, states);
        Check.apart("gemmThenUpdate", "value", value, "a", a);
        Check.apart("gemmThenUpdate", "value", value, "b", b);
        for (int i = 0; i < rule.states(); i++) {
            Check.apart("gemmThenUpdate", "state", states[i], "a", a);
            Check.apart("gemmThenUpdate", "state", states[i], "b", b);
        }
    }

    public static void gatherRows(Matrix source, int[] rows, Matrix y) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(y, "y");
        if (source.cols() != y.cols()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "gatherRows: source is %s, y is %s; both must have as many columns",
                            source.shape(),
                            y.shape()));
        }
        Check.apart("gatherRows", "y", y, "source", source);
        Check.rowNumbers("gatherRows", rows, y.rows(), source.rows());
    }

    public static void gatherRows(byte[] source, int[] rows, Matrix y) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(y, "y");
        int sourceRows = y.cols() == 0 ? Integer.MAX_VALUE : source.length / y.cols();
        Check.rowNumbers("gatherRows", rows, y.rows(), sourceRows);
    }
}
