package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Normalizations;
import io.github.lanewise.engine.Restraints;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.Windows;

import java.util.Locale;
import java.util.Objects;

/** Validates every argument before it passes a call on; everything below trusts its input. */
public final class CheckedKernels implements Kernels {

    private final Kernels kernels;
    private final Restraints restraints;
    private final Normalizations normalizations;
    private final Sequences sequences;
    private final Windows windows;
    private final ChannelNormalizations channels;
    private final Losses losses;

    /** Guards a set of kernels. */
    public CheckedKernels(Kernels kernels) {
        this.kernels = kernels;
        this.restraints = new CheckedRestraints(kernels.restraints());
        normalizations = new CheckedNormalizations(kernels.normalizations());
        sequences = new CheckedSequences(kernels.sequences());
        windows = new CheckedWindows(kernels.windows());
        channels = new CheckedChannelNormalizations(kernels.channelNormalizations());
        this.losses = new CheckedLosses(kernels.losses());
    }

    @Override
    public Losses losses() {
        return losses;
    }

    @Override
    public void gemm(
            Transpose transpose, Matrix a, Matrix b, float beta, Matrix c, Epilogue epilogue) {
        ProductCheck.gemm("gemm", transpose, a, b, beta, c, epilogue);
        kernels.gemm(transpose, a, b, beta, c, epilogue);
    }

    @Override
    public void activate(Activation f, Matrix x, Matrix y) {
        Objects.requireNonNull(f, "f");
        Check.sameShape("activate", "x", x, "y", y);
        Check.inPlaceOrApart("activate", "y", y, "x", x);
        kernels.activate(f, x, y);
    }

    @Override
    public void activateGradient(Activation f, Matrix saved, Matrix dy, Matrix dx) {
        Objects.requireNonNull(f, "f");
        Check.sameShape("activateGradient", "saved", saved, "dy", dy);
        Check.sameShape("activateGradient", "dy", dy, "dx", dx);
        Check.inPlaceOrApart("activateGradient", "dx", dx, "dy", dy);
        Check.inPlaceOrApart("activateGradient", "dx", dx, "saved", saved);
        kernels.activateGradient(f, saved, dy, dx);
    }

    @Override
    public void axpy(float alpha, Matrix x, Matrix y) {
        Check.sameShape("axpy", "x", x, "y", y);
        Check.inPlaceOrApart("axpy", "y", y, "x", x);
        kernels.axpy(alpha, x, y);
    }

    @Override
    public void combine(Combination how, Matrix x, Matrix y, Matrix z) {
        Objects.requireNonNull(how, "how");
        Check.sameShape("combine", "x", x, "y", y);
        Check.sameShape("combine", "y", y, "z", z);
        Check.inPlaceOrApart("combine", "z", z, "x", x);
        Check.inPlaceOrApart("combine", "z", z, "y", y);
        kernels.combine(how, x, y, z);
    }

    @Override
    public void scale(float alpha, Matrix x) {
        kernels.scale(alpha, Objects.requireNonNull(x, "x"));
    }

    @Override
    public void dropout(long key, float p, Matrix x, Matrix y) {
        Check.sameShape("dropout", "x", x, "y", y);
        Check.inPlaceOrApart("dropout", "y", y, "x", x);
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "dropout: p is %s; it must be from 0 to 1", p));
        }
        kernels.dropout(key, p, x, y);
    }

    @Override
    public void addRow(Matrix row, Matrix y) {
        Objects.requireNonNull(y, "y");
        Check.shape("addRow", "row", row, 1, y.cols());
        Check.apart("addRow", "y", y, "row", row);
        kernels.addRow(row, y);
    }

    @Override
    public void columnSums(Matrix x, float beta, Matrix sums) {
        Objects.requireNonNull(x, "x");
        Check.shape("columnSums", "sums", sums, 1, x.cols());
        Check.apart("columnSums", "sums", sums, "x", x);
        Check.beta("columnSums", beta);
        kernels.columnSums(x, beta, sums);
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        Check.sameShape("softmax", "x", x, "y", y);
        Check.inPlaceOrApart("softmax", "y", y, "x", x);
        kernels.softmax(x, y);
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y) {
        Check.sameShape("logSoftmax", "x", x, "y", y);
        Check.inPlaceOrApart("logSoftmax", "y", y, "x", x);
        kernels.logSoftmax(x, y);
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        checkRowGradient("softmaxGradient", y, dy, dx);
        kernels.softmaxGradient(y, dy, dx);
    }

    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        checkRowGradient("logSoftmaxGradient", y, dy, dx);
        kernels.logSoftmaxGradient(y, dy, dx);
    }

    private static void checkRowGradient(String operation, Matrix y, Matrix dy, Matrix dx) {
        Check.sameShape(operation, "y", y, "dy", dy);
        Check.sameShape(operation, "dy", dy, "dx", dx);
        Check.inPlaceOrApart(operation, "dx", dx, "dy", dy);
        Check.apart(operation, "dx", dx, "y", y);
    }

    @Override
    public void softmaxCrossEntropy(
            Matrix logits, int[] labels, float scale, Matrix losses, Matrix dLogits) {
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
        kernels.softmaxCrossEntropy(logits, labels, scale, losses, dLogits);
    }

    @Override
    public double sum(Matrix x) {
        return kernels.sum(Objects.requireNonNull(x, "x"));
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        Check.sameShape("dot", "x", x, "y", y);
        return kernels.dot(x, y);
    }

    @Override
    public double weightedSum(Matrix weights, Matrix x) {
        Check.sameShape("weightedSum", "weights", weights, "x", x);
        return kernels.weightedSum(weights, x);
    }

    @Override
    public void update(Update rule, Matrix value, Matrix gradient, Matrix... states) {
        UpdateCheck.operands("update", rule, value, gradient, states);
        kernels.update(rule, value, gradient, states);
    }

    @Override
    public void gemmThenUpdate(
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
        kernels.gemmThenUpdate(transpose, a, b, rule, value, gradient, states);
    }

    @Override
    public Restraints restraints() {
        return restraints;
    }

    @Override
    public void gatherRows(Matrix source, int[] rows, Matrix y) {
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
        kernels.gatherRows(source, rows, y);
    }

    @Override
    public void gatherRows(byte[] source, int[] rows, float scale, float shift, Matrix y) {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(y, "y");
        int sourceRows = y.cols() == 0 ? Integer.MAX_VALUE : source.length / y.cols();
        Check.rowNumbers("gatherRows", rows, y.rows(), sourceRows);
        kernels.gatherRows(source, rows, scale, shift, y);
    }

    @Override
    public Normalizations normalizations() {
        return normalizations;
    }

    @Override
    public Sequences sequences() {
        return sequences;
    }

    @Override
    public Windows windows() {
        return windows;
    }

    @Override
    public ChannelNormalizations channelNormalizations() {
        return channels;
    }
}
