package io.github.lanewise.engine.internal.dispatch;

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
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSource;
import io.github.lanewise.engine.internal.check.KernelCheck;
import io.github.lanewise.engine.internal.parallel.Team;

/**
 * Checks the arguments of each operation and shares it out over a team of threads: independent
 * outputs only, so that the number of threads never shows in a result.
 */
public final class KernelDispatch implements Kernels {

    private static final Call.Span AXPY =
            (c, i, j, n) ->
                    c.kernels
                            .pointwise()
                            .axpy(
                                    c.alpha,
                                    c.x.data(),
                                    Call.at(c.x, i, j),
                                    c.y.data(),
                                    Call.at(c.y, i, j),
                                    n);

    private static final Call.Span COMBINE =
            (c, i, j, n) ->
                    c.kernels
                            .pointwise()
                            .combine(
                                    c.combination,
                                    c.x.data(),
                                    Call.at(c.x, i, j),
                                    c.y.data(),
                                    Call.at(c.y, i, j),
                                    c.z.data(),
                                    Call.at(c.z, i, j),
                                    n);

    private static final Call.Span SCALE =
            (c, i, j, n) -> c.kernels.pointwise().scale(c.alpha, c.x.data(), Call.at(c.x, i, j), n);

    private static final Call.Span DROPOUT =
            (c, i, j, n) ->
                    c.kernels
                            .pointwise()
                            .dropout(
                                    c.key,
                                    c.alpha,
                                    i * c.x.cols() + j,
                                    c.x.data(),
                                    Call.at(c.x, i, j),
                                    c.y.data(),
                                    Call.at(c.y, i, j),
                                    n);

    private static final Call.Span UPDATE =
            (c, i, j, n) -> c.kernels.updates().update(c.update, c.x, c.y, c.a, i, j, n);

    private final Dispatch dispatch;
    private final Products products;
    private final Activations activations;
    private final Rows rows;
    private final Restraints restraints = new RestraintDispatch();
    private final Normalizations normalizations;
    private final Sequences sequences;
    private final Windows windows;
    private final ChannelNormalizations channels;
    private final Losses losses;

    /** Makes kernels on whatever set the source names at each call, run by so many threads. */
    public KernelDispatch(KernelSource source, int threads) {
        this(new Dispatch(source, new Team(threads, source::wantsCore)));
    }

    private KernelDispatch(Dispatch dispatch) {
        this.dispatch = dispatch;
        activations = new Activations(dispatch);
        products = new Products(dispatch, activations);
        rows = new Rows(dispatch);
        normalizations = new NormalizationDispatch(dispatch);
        sequences = new SequenceDispatch(dispatch, products);
        windows = new WindowDispatch(dispatch, activations);
        channels = new ChannelNormalizationDispatch(dispatch);
        losses = new LossDispatch(dispatch);
    }

    /** Returns the same kernels, which leave the team alone but for long calls. */
    public Kernels ofLongCalls() {
        return new KernelDispatch(dispatch.ofLongCalls());
    }

    @Override
    public void gemm(
            Transpose transpose, Matrix a, Matrix b, float beta, Matrix c, Epilogue epilogue) {
        KernelCheck.gemm(transpose, a, b, beta, c, epilogue);
        products.gemm(transpose, a, b, beta, c, epilogue);
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
        KernelCheck.gemmThenUpdate(transpose, a, b, rule, value, gradient, states);
        products.gemmThenUpdate(transpose, a, b, rule, value, gradient, states);
    }

    @Override
    public void activate(Activation f, Matrix x, Matrix y) {
        KernelCheck.activate(f, x, y);
        activations.activate(f, x, y);
    }

    @Override
    public void activateGradient(Activation f, Matrix saved, Matrix dy, Matrix dx) {
        KernelCheck.activateGradient(f, saved, dy, dx);
        activations.activateGradient(f, saved, dy, dx);
    }

    @Override
    public void axpy(float alpha, Matrix x, Matrix y) {
        KernelCheck.axpy(x, y);
        Call call = dispatch.call(Family.POINTWISE, AXPY);
        call.alpha = alpha;
        call.x = x;
        call.y = y;
        dispatch.runSpans(call, x, x.isContiguous() && y.isContiguous(), Dispatch.MOVED);
    }

    @Override
    public void combine(Combination how, Matrix x, Matrix y, Matrix z) {
        KernelCheck.combine(how, x, y, z);
        Call call = dispatch.call(Family.POINTWISE, COMBINE);
        call.combination = how;
        call.x = x;
        call.y = y;
        call.z = z;
        boolean flat = x.isContiguous() && y.isContiguous() && z.isContiguous();
        dispatch.runSpans(call, x, flat, Dispatch.MOVED);
    }

    @Override
    public void scale(float alpha, Matrix x) {
        KernelCheck.scale(x);
        Call call = dispatch.call(Family.POINTWISE, SCALE);
        call.alpha = alpha;
        call.x = x;
        dispatch.runSpans(call, x, x.isContiguous(), Dispatch.MOVED);
    }

    @Override
    public void dropout(long key, float p, Matrix x, Matrix y) {
        KernelCheck.dropout(p, x, y);
        Call call = dispatch.call(Family.DROPOUT, DROPOUT);
        call.key = key;
        call.alpha = p;
        call.x = x;
        call.y = y;
        dispatch.runSpans(call, x, x.isContiguous() && y.isContiguous(), Dispatch.MOVED);
    }

    @Override
    public void update(Update rule, Matrix value, Matrix gradient, Matrix... states) {
        KernelCheck.update(rule, value, gradient, states);
        Call call = dispatch.call(Family.of(rule), UPDATE);
        call.update = rule;
        call.x = value;
        call.y = gradient;
        call.a = states;
        boolean flat = value.isContiguous() && gradient.isContiguous();
        for (int s = 0; s < rule.states(); s++) {
            flat &= states[s].isContiguous();
        }
        dispatch.runSpans(call, value, flat, Dispatch.MOVED);
    }

    @Override
    public void addRow(Matrix row, Matrix y) {
        rows.addRow(row, y);
    }

    @Override
    public void columnSums(Matrix x, float beta, Matrix sums) {
        rows.columnSums(x, beta, sums);
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        rows.softmax(x, y);
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y) {
        rows.logSoftmax(x, y);
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        rows.softmaxGradient(y, dy, dx);
    }

    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        rows.logSoftmaxGradient(y, dy, dx);
    }

    @Override
    public void softmaxCrossEntropy(
            Matrix logits, int[] labels, float scale, Matrix losses, Matrix dLogits) {
        rows.softmaxCrossEntropy(logits, labels, scale, losses, dLogits);
    }

    @Override
    public double sum(Matrix x) {
        return rows.sum(x);
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        return rows.dot(x, y);
    }

    @Override
    public double weightedSum(Matrix weights, Matrix x) {
        return rows.weightedSum(weights, x);
    }

    @Override
    public void gatherRows(Matrix source, int[] rows, Matrix y) {
        this.rows.gatherRows(source, rows, y);
    }

    @Override
    public void gatherRows(byte[] source, int[] rows, float scale, float shift, Matrix y) {
        this.rows.gatherRows(source, rows, scale, shift, y);
    }

    @Override
    public Restraints restraints() {
        return restraints;
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

    @Override
    public Losses losses() {
        return losses;
    }
}
