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
import io.github.lanewise.engine.internal.ColumnSums;
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

    private static final Call.Part ADD_ROW =
            (c, from, to, fromCol, toCol) -> c.kernels.rows().addRow(c.x, c.y, from, to);

    private static final Call.Part COLUMN_SUMS =
            (c, from, to, fromCol, toCol) ->
                    ColumnSums.run(c.kernels.rows(), c.x, c.beta, c.y, from, to);

    private static final Call.Part SOFTMAX =
            (c, from, to, fromCol, toCol) -> c.kernels.rows().softmax(c.x, c.y, from, to);

    private static final Call.Part LOG_SOFTMAX =
            (c, from, to, fromCol, toCol) -> c.kernels.rows().logSoftmax(c.x, c.y, from, to);

    private static final Call.Part SOFTMAX_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.rows().softmaxGradient(c.x, c.y, c.z, from, to);

    private static final Call.Part LOG_SOFTMAX_GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.rows().logSoftmaxGradient(c.x, c.y, c.z, from, to);

    private static final Call.Part SOFTMAX_CROSS_ENTROPY =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .rows()
                            .softmaxCrossEntropy(c.x, c.indices, c.alpha, c.y, c.z, from, to);

    private static final Call.Part ROW_SUMS =
            (c, from, to, fromCol, toCol) -> c.rowSum.run(c, from, to);

    private static final Call.Part GATHER_ROWS =
            (c, from, to, fromCol, toCol) -> RowGather.floats(c, from, to);

    private static final Call.Part GATHER_BYTES =
            (c, from, to, fromCol, toCol) -> RowGather.bytes(c, from, to);

    private final Dispatch dispatch;
    private final Products products;
    private final Activations activations;
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
        KernelCheck.addRow(row, y);
        Call call = dispatch.call(Family.SUMS, ADD_ROW);
        call.x = row;
        call.y = y;
        dispatch.runEach(call, y.rows(), (long) Dispatch.MOVED * y.cols());
    }

    @Override
    public void columnSums(Matrix x, float beta, Matrix sums) {
        KernelCheck.columnSums(x, beta, sums);
        Call call = dispatch.call(Family.SUMS, COLUMN_SUMS);
        call.x = x;
        call.beta = beta;
        call.y = sums;
        dispatch.runColumns(call, x.cols(), (long) Dispatch.MOVED * x.rows());
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        KernelCheck.softmax("softmax", x, y);
        runExponentials(dispatch.call(Family.SOFTMAX, SOFTMAX), x, y, null);
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y) {
        KernelCheck.softmax("logSoftmax", x, y);
        runExponentials(dispatch.call(Family.LOG_SOFTMAX, LOG_SOFTMAX), x, y, null);
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        KernelCheck.softmaxGradient("softmaxGradient", y, dy, dx);
        runExponentials(dispatch.call(Family.SOFTMAX, SOFTMAX_GRADIENT), y, dy, dx);
    }

    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        KernelCheck.softmaxGradient("logSoftmaxGradient", y, dy, dx);
        runExponentials(dispatch.call(Family.LOG_SOFTMAX, LOG_SOFTMAX_GRADIENT), y, dy, dx);
    }

    @Override
    public void softmaxCrossEntropy(
            Matrix logits, int[] labels, float scale, Matrix losses, Matrix dLogits) {
        KernelCheck.softmaxCrossEntropy(logits, labels, losses, dLogits);
        Call call = dispatch.call(Family.CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY);
        call.indices = labels;
        call.alpha = scale;
        runExponentials(call, logits, losses, dLogits);
    }

    private void runExponentials(Call call, Matrix x, Matrix y, Matrix z) {
        call.x = x;
        call.y = y;
        call.z = z;
        dispatch.runEach(call, x.rows(), (long) Dispatch.EXPONENTIAL * x.cols());
    }

    @Override
    public double sum(Matrix x) {
        KernelCheck.sum(x);
        return sumOfRows(RowSum.ELEMENTS, x, x);
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        KernelCheck.dot(x, y);
        return sumOfRows(RowSum.PRODUCTS, x, y);
    }

    @Override
    public double weightedSum(Matrix weights, Matrix x) {
        KernelCheck.weightedSum(weights, x);
        return sumOfRows(RowSum.WEIGHTED, weights, x);
    }

    private double sumOfRows(RowSum rowSum, Matrix x, Matrix y) {
        double sum = sumOfRows(rowSum, false, x, y);
        return rowSum.trusts(sum) ? sum : sumOfRows(rowSum, true, x, y);
    }

    private double sumOfRows(RowSum rowSum, boolean inDouble, Matrix x, Matrix y) {
        Call call = dispatch.call(Family.SUMS, ROW_SUMS);
        call.rowSum = rowSum;
        call.inDouble = inDouble;
        call.x = x;
        call.y = y;
        return dispatch.sumOfRows(call, x);
    }

    @Override
    public void gatherRows(Matrix source, int[] rows, Matrix y) {
        KernelCheck.gatherRows(source, rows, y);
        Call call = dispatch.call(Family.POINTWISE, GATHER_ROWS);
        call.x = source;
        call.indices = rows;
        call.y = y;
        dispatch.runEach(call, y.rows(), (long) Dispatch.MOVED * y.cols());
    }

    @Override
    public void gatherRows(byte[] source, int[] rows, float scale, float shift, Matrix y) {
        KernelCheck.gatherRows(source, rows, y);
        Call call = dispatch.call(Family.BYTES, GATHER_BYTES);
        call.bytes = source;
        call.indices = rows;
        call.alpha = scale;
        call.beta = shift;
        call.y = y;
        dispatch.runEach(call, y.rows(), (long) Dispatch.MOVED * y.cols());
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
