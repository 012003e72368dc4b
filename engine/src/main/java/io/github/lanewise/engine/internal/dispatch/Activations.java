package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;

/**
 * Activations as calls of their own, and those of an epilogue while they are slower than the
 * product.
 */
final class Activations {

    private static final Call.Span ACTIVATE =
            (c, i, j, n) ->
                    c.kernels
                            .pointwise()
                            .activate(
                                    c.activation,
                                    c.x.data(),
                                    Call.at(c.x, i, j),
                                    c.y.data(),
                                    Call.at(c.y, i, j),
                                    n);

    private static final Call.Span GRADIENT =
            (c, i, j, n) ->
                    c.kernels
                            .pointwise()
                            .activateGradient(
                                    c.activation,
                                    c.x.data(),
                                    Call.at(c.x, i, j),
                                    c.y.data(),
                                    Call.at(c.y, i, j),
                                    c.z.data(),
                                    Call.at(c.z, i, j),
                                    n);

    private final Dispatch dispatch;

    Activations(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    void activate(Activation f, Matrix x, Matrix y) {
        Call call = dispatch.call(Family.of(f), ACTIVATE);
        call.activation = f;
        call.x = x;
        call.y = y;
        boolean flat = x.isContiguous() && y.isContiguous();
        dispatch.runSpans(call, x, flat, Dispatch.MOVED);
    }

    void activateGradient(Activation f, Matrix saved, Matrix dy, Matrix dx) {
        Call call = dispatch.call(Family.of(f), GRADIENT);
        call.activation = f;
        call.x = saved;
        call.y = dy;
        call.z = dx;
        boolean flat = saved.isContiguous() && dy.isContiguous() && dx.isContiguous();
        dispatch.runSpans(call, saved, flat, Dispatch.MOVED);
    }

    /**
     * Returns what of an epilogue is fused into a call: all, unless its kernels have been compiled
     * and those of the activation have not, or the other way round. {@link #finish} does the rest.
     */
    Epilogue fused(Epilogue epilogue, KernelSet kernels) {
        Activation.Kind kind = epilogue.activation().kind();
        boolean compiledTogether = kind == Activation.Kind.IDENTITY || kind == Activation.Kind.RELU;
        if (compiledTogether || dispatch.kernels(Family.of(kind)) == kernels) {
            return epilogue;
        }
        return epilogue.bias() == null ? Epilogue.NONE : Epilogue.bias(epilogue.bias());
    }

    /** Does what is left of an epilogue to the result of a call. */
    void finish(Epilogue epilogue, Epilogue fused, Matrix result) {
        if (fused == epilogue) {
            return;
        }
        if (epilogue.saved() == null) {
            activate(epilogue.activation(), result, result);
        } else {
            activateGradient(epilogue.activation(), epilogue.saved(), result, result);
        }
    }
}
