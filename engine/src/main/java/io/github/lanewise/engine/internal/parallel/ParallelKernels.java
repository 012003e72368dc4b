package io.github.lanewise.engine.internal.parallel;

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
import io.github.lanewise.engine.internal.scalar.ScalarRestraints;

/**
 * Shares each operation out over a team of threads: independent outputs only, so that the number of
 * threads never shows in a result. It knows no arithmetic and trusts its input.
 */
public final class ParallelKernels implements Kernels {

    private final Dispatch dispatch;
    private final Products products;
    private final Activations activations;
    private final Restraints restraints = new ScalarRestraints();
    private final Normalizations normalizations;
    private final Sequences sequences;
    private final Windows windows;
    private final ChannelNormalizations channels;
    private final Losses losses;

    /** Makes kernels on whatever set the source names at each call, run by so many threads. */
    public ParallelKernels(KernelSource source, int threads) {
        Team team = new Team(threads, source::wantsCore);
        dispatch = new Dispatch(source, team);
        activations = new Activations(dispatch);
        products = new Products(dispatch, threads, activations);
        normalizations = new ParallelNormalizations(source, team);
        sequences = new ParallelSequences(source, team, products);
        windows = new ParallelWindows(source, team, activations);
        channels = new ParallelChannelNormalizations(source, team);
        losses = new ParallelLosses(team, source);
    }

    @Override
    public Losses losses() {
        return losses;
    }

    @Override
    public void gemm(
            Transpose transpose, Matrix a, Matrix b, float beta, Matrix c, Epilogue epilogue) {
        products.gemm(transpose, a, b, beta, c, epilogue);
    }

    @Override
    public void activate(Activation f, Matrix x, Matrix y) {
        activations.activate(f, x, y);
    }

    @Override
    public void activateGradient(Activation f, Matrix saved, Matrix dy, Matrix dx) {
        activations.activateGradient(f, saved, dy, dx);
    }

    @Override
    public void axpy(float alpha, Matrix x, Matrix y) {
        Call call = dispatch.newCall(Family.POINTWISE);
        call.operation = Operation.AXPY;
        call.alpha = alpha;
        call.x = x;
        call.y = y;
        dispatch.runPointwise(call, x.isContiguous() && y.isContiguous());
    }

    @Override
    public void combine(Combination how, Matrix x, Matrix y, Matrix z) {
        Call call = dispatch.newCall(Family.POINTWISE);
        call.operation = Operation.COMBINE;
        call.combination = how;
        call.x = x;
        call.y = y;
        call.z = z;
        dispatch.runPointwise(call, x.isContiguous() && y.isContiguous() && z.isContiguous());
    }

    @Override
    public void scale(float alpha, Matrix x) {
        Call call = dispatch.newCall(Family.POINTWISE);
        call.operation = Operation.SCALE;
        call.alpha = alpha;
        call.x = x;
        dispatch.runPointwise(call, x.isContiguous());
    }

    @Override
    public void dropout(long key, float p, Matrix x, Matrix y) {
        Call call = dispatch.newCall(Family.DROPOUT);
        call.operation = Operation.DROPOUT;
        call.key = key;
        call.alpha = p;
        call.x = x;
        call.y = y;
        dispatch.runPointwise(call, x.isContiguous() && y.isContiguous());
    }

    @Override
    public void update(Update rule, Matrix value, Matrix gradient, Matrix... states) {
        Call call = dispatch.newCall(Family.of(rule));
        call.operation = Operation.UPDATE;
        call.update = rule;
        call.x = value;
        call.y = gradient;
        call.states = states;
        boolean flat = value.isContiguous() && gradient.isContiguous();
        for (int s = 0; s < rule.states(); s++) {
            flat &= states[s].isContiguous();
        }
        dispatch.runPointwise(call, flat);
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
        products.gemmThenUpdate(transpose, a, b, rule, value, gradient, states);
    }

    @Override
    public void addRow(Matrix row, Matrix y) {
        Call call = dispatch.newCall(Family.SUMS);
        call.operation = Operation.ADD_ROW;
        call.x = row;
        call.y = y;
        dispatch.runRows(call, y, Dispatch.MIN_ELEMENTS);
    }

    @Override
    public void columnSums(Matrix x, float beta, Matrix sums) {
        Call call = dispatch.newCall(Family.SUMS);
        call.operation = Operation.COLUMN_SUMS;
        call.x = x;
        call.beta = beta;
        call.y = sums;
        dispatch.runColumns(call, x);
    }

    @Override
    public void softmax(Matrix x, Matrix y) {
        runRows(Family.SOFTMAX, Operation.SOFTMAX, x, y, null);
    }

    @Override
    public void logSoftmax(Matrix x, Matrix y) {
        runRows(Family.LOG_SOFTMAX, Operation.LOG_SOFTMAX, x, y, null);
    }

    @Override
    public void softmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        runRows(Family.SOFTMAX, Operation.SOFTMAX_GRADIENT, y, dy, dx);
    }

    @Override
    public void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        runRows(Family.LOG_SOFTMAX, Operation.LOG_SOFTMAX_GRADIENT, y, dy, dx);
    }

    @Override
    public void softmaxCrossEntropy(
            Matrix logits, int[] labels, float scale, Matrix losses, Matrix dLogits) {
        Call call = dispatch.newCall(Family.CROSS_ENTROPY);
        call.operation = Operation.SOFTMAX_CROSS_ENTROPY;
        call.x = logits;
        call.indices = labels;
        call.alpha = scale;
        call.y = losses;
        call.z = dLogits;
        dispatch.runRows(call, logits, Dispatch.MIN_EXPONENTIALS);
    }

    @Override
    public double sum(Matrix x) {
        return sumOfRows(RowSum.ELEMENTS, x, x);
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        return sumOfRows(RowSum.PRODUCTS, x, y);
    }

    @Override
    public double weightedSum(Matrix weights, Matrix x) {
        return sumOfRows(RowSum.WEIGHTED, weights, x);
    }

    private double sumOfRows(RowSum rowSum, Matrix x, Matrix y) {
        double sum = sumOfRows(rowSum, false, x, y);
        return rowSum.trusts(sum) ? sum : sumOfRows(rowSum, true, x, y);
    }

    private double sumOfRows(RowSum rowSum, boolean inDouble, Matrix x, Matrix y) {
        Call call = dispatch.newCall(Family.SUMS);
        call.operation = Operation.ROW_SUMS;
        call.rowSum = rowSum;
        call.inDouble = inDouble;
        call.x = x;
        call.y = y;
        return dispatch.sumOfRows(call, x);
    }

    @Override
    public Restraints restraints() {
        return restraints;
    }

    @Override
    public void gatherRows(Matrix source, int[] rows, Matrix y) {
        Call call = dispatch.newCall(Family.POINTWISE);
        call.operation = Operation.GATHER_ROWS;
        call.x = source;
        call.indices = rows;
        call.y = y;
        dispatch.runRows(call, y, Dispatch.MIN_ELEMENTS);
    }

    @Override
    public void gatherRows(byte[] source, int[] rows, float scale, float shift, Matrix y) {
        Call call = dispatch.newCall(Family.BYTES);
        call.operation = Operation.GATHER_BYTES;
        call.bytes = source;
        call.indices = rows;
        call.alpha = scale;
        call.beta = shift;
        call.y = y;
        dispatch.runRows(call, y, Dispatch.MIN_ELEMENTS);
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

    private void runRows(Family family, Operation operation, Matrix x, Matrix y, Matrix z) {
        Call call = dispatch.newCall(family);
        call.operation = operation;
        call.x = x;
        call.y = y;
        call.z = z;
        dispatch.runRows(call, x, Dispatch.MIN_EXPONENTIALS);
    }
}
