package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Normalizations;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.check.NormalizationCheck;

/** Checks normalizations of rows and shares out the rows, and for {@link #columnDots} columns. */
final class NormalizationDispatch implements Normalizations {

    private static final Call.Part NORMALIZE =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .normalizations()
                            .normalize(c.rowNorm, c.x, c.w, c.bias, c.z, c.scales, c.y, from, to);

    private static final Call.Part GRADIENT =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .normalizations()
                            .normalizeGradient(c.rowNorm, c.x, c.scales, c.w, c.dy, c.dx, from, to);

    private static final Call.Part COLUMN_DOTS =
            (c, from, to, fromCol, toCol) ->
                    c.kernels.normalizations().columnDots(c.x, c.y, c.beta, c.z, from, to);

    private final Dispatch dispatch;

    NormalizationDispatch(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    @Override
    public void normalize(
            RowNorm norm,
            Matrix x,
            Matrix weight,
            Matrix bias,
            Matrix normalized,
            Matrix scales,
            Matrix y) {
        NormalizationCheck.normalize(norm, x, weight, bias, normalized, scales, y);
        Call call = dispatch.call(Family.NORMALIZATIONS, NORMALIZE);
        call.rowNorm = norm;
        call.x = x;
        call.w = weight;
        call.bias = bias;
        call.z = normalized;
        call.scales = scales;
        call.y = y;
        dispatch.runEach(call, x.rows(), (long) Dispatch.COMPARED * x.cols());
    }

    @Override
    public void normalizeGradient(
            RowNorm norm, Matrix normalized, Matrix scales, Matrix weight, Matrix dy, Matrix dx) {
        NormalizationCheck.normalizeGradient(norm, normalized, scales, weight, dy, dx);
        Call call = dispatch.call(Family.NORMALIZATIONS, GRADIENT);
        call.rowNorm = norm;
        call.x = normalized;
        call.scales = scales;
        call.w = weight;
        call.dy = dy;
        call.dx = dx;
        dispatch.runEach(call, dy.rows(), (long) Dispatch.COMPARED * dy.cols());
    }

    @Override
    public void columnDots(Matrix x, Matrix y, float beta, Matrix sums) {
        NormalizationCheck.columnDots(x, y, beta, sums);
        Call call = dispatch.call(Family.NORMALIZATIONS, COLUMN_DOTS);
        call.x = x;
        call.y = y;
        call.beta = beta;
        call.z = sums;
        dispatch.runColumns(call, x.cols(), (long) Dispatch.COMPARED * x.rows());
    }
}
