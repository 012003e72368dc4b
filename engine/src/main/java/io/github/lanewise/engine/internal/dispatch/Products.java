package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.Family;

/** Matrix products, shared out by rectangles of the result. */
final class Products {

    private static final Call.Part GEMM =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .products()
                            .gemm(
                                    c.transpose,
                                    c.x,
                                    c.y,
                                    c.beta,
                                    c.z,
                                    c.epilogue,
                                    from,
                                    to,
                                    fromCol,
                                    toCol);

    private static final Call.Part GEMM_THEN_UPDATE =
            (c, from, to, fromCol, toCol) ->
                    c.kernels
                            .products()
                            .gemm(
                                    c.transpose,
                                    c.x,
                                    c.y,
                                    0,
                                    c.z,
                                    c.parameterUpdate,
                                    from,
                                    to,
                                    fromCol,
                                    toCol);

    private final Dispatch dispatch;
    private final ProductSplit split;
    private final Activations activations;

    Products(Dispatch dispatch, Activations activations) {
        this.dispatch = dispatch;
        split = new ProductSplit(dispatch);
        this.activations = activations;
    }

    void gemm(Transpose transpose, Matrix a, Matrix b, float beta, Matrix c, Epilogue epilogue) {
        Epilogue fused = gemm(transpose, a, b, beta, c, epilogue, c.rows());
        activations.finish(epilogue, fused, c);
    }

    /** Computes the first rows of c, with an epilogue that has no activation. */
    void gemmRows(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            Epilogue epilogue,
            int rows) {
        gemm(transpose, a, b, beta, c, epilogue, rows);
    }

    /** Returns what of the epilogue was fused into the product. */
    private Epilogue gemm(
            Transpose transpose,
            Matrix a,
            Matrix b,
            float beta,
            Matrix c,
            Epilogue epilogue,
            int rows) {
        int depth = transpose.depth(a);
        Call call = dispatch.call(Family.ofProduct(rows, depth, c.cols()), GEMM);
        call.transpose = transpose;
        call.x = a;
        call.y = b;
        call.beta = beta;
        call.z = c;
        Epilogue fused = activations.fused(epilogue, call.kernels);
        call.epilogue = fused;
        dispatch.run(call, split.apply(call, rows, depth, c.cols()));
        return fused;
    }

    void gemmThenUpdate(
            Transpose transpose,
            Matrix a,
            Matrix b,
            Update rule,
            Matrix value,
            Matrix gradient,
            Matrix... states) {
        int m = value.rows();
        int n = value.cols();
        int k = transpose.depth(a);
        Call call = dispatch.call(Family.ofProduct(m, k, n), GEMM_THEN_UPDATE);
        call.transpose = transpose;
        call.x = a;
        call.y = b;
        call.z = gradient;
        call.parameterUpdate.set(dispatch.kernels(Family.of(rule)), rule, value, gradient, states);
        dispatch.run(call, split.apply(call, m, k, n));
    }
}
