package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.ColumnSums;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.check.KernelCheck;

/** What {@link io.github.lanewise.engine.Kernels} does with whole rows or columns. */
final class Rows {

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

    Rows(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    void addRow(Matrix row, Matrix y) {
        KernelCheck.addRow(row, y);
        Call call = dispatch.call(Family.SUMS, ADD_ROW);
        call.x = row;
        call.y = y;
        dispatch.runEach(call, y.rows(), (long) Dispatch.MOVED * y.cols());
    }

    void columnSums(Matrix x, float beta, Matrix sums) {
        KernelCheck.columnSums(x, beta, sums);
        Call call = dispatch.call(Family.SUMS, COLUMN_SUMS);
        call.x = x;
        call.beta = beta;
        call.y = sums;
        dispatch.runColumns(call, x.cols(), (long) Dispatch.MOVED * x.rows());
    }

    void softmax(Matrix x, Matrix y) {
        KernelCheck.softmax("softmax", x, y);
        runExponentials(dispatch.call(Family.SOFTMAX, SOFTMAX), x, y, null);
    }

    void logSoftmax(Matrix x, Matrix y) {
        KernelCheck.softmax("logSoftmax", x, y);
        runExponentials(dispatch.call(Family.LOG_SOFTMAX, LOG_SOFTMAX), x, y, null);
    }

    void softmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        KernelCheck.softmaxGradient("softmaxGradient", y, dy, dx);
        runExponentials(dispatch.call(Family.SOFTMAX, SOFTMAX_GRADIENT), y, dy, dx);
    }

    void logSoftmaxGradient(Matrix y, Matrix dy, Matrix dx) {
        KernelCheck.softmaxGradient("logSoftmaxGradient", y, dy, dx);
        runExponentials(dispatch.call(Family.LOG_SOFTMAX, LOG_SOFTMAX_GRADIENT), y, dy, dx);
    }

    void softmaxCrossEntropy(
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

    double sum(Matrix x) {
        KernelCheck.sum(x);
        return sumOfRows(RowSum.ELEMENTS, x, x);
    }

    double dot(Matrix x, Matrix y) {
        KernelCheck.dot(x, y);
        return sumOfRows(RowSum.PRODUCTS, x, y);
    }

    double weightedSum(Matrix weights, Matrix x) {
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

    void gatherRows(Matrix source, int[] rows, Matrix y) {
        KernelCheck.gatherRows(source, rows, y);
        Call call = dispatch.call(Family.POINTWISE, GATHER_ROWS);
        call.x = source;
        call.indices = rows;
        call.y = y;
        dispatch.runEach(call, y.rows(), (long) Dispatch.MOVED * y.cols());
    }

    void gatherRows(byte[] source, int[] rows, float scale, float shift, Matrix y) {
        KernelCheck.gatherRows(source, rows, y);
        Call call = dispatch.call(Family.BYTES, GATHER_BYTES);
        call.bytes = source;
        call.indices = rows;
        call.alpha = scale;
        call.beta = shift;
        call.y = y;
        dispatch.runEach(call, y.rows(), (long) Dispatch.MOVED * y.cols());
    }
}
