package io.github.lanewise.engine.internal.parallel;

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

    private final Dispatch dispatch;

    Activations(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    void activate(Activation f, Matrix x, Matrix y) {
        Call call = dispatch.newCall(Family.of(f));
        call.operation = Operation.ACTIVATE;
        call.activation = f;
        call.x = x;
        call.y = y;
        dispatch.runPointwise(call, x.isContiguous() && y.isContiguous());
    }

    void activateGradient(Activation f, Matrix saved, Matrix dy, Matrix dx) {
        Call call = dispatch.newCall(Family.of(f));
        call.operation = Operation.ACTIVATE_GRADIENT;
        call.activation = f;
        call.x = saved;
        call.y = dy;
        call.z = dx;
        dispatch.runPointwise(call, saved.isContiguous() && dy.isContiguous() && dx.isContiguous());
    }

    /**
     * Returns what of an epilogue a call should do on the spot: all, unless its kernels have been
     * compiled and those of the activation have not, or the other way round. {@link #finish} does
     * the rest.
     */
    Epilogue onTheSpot(Epilogue epilogue, KernelSet kernels) {
        Activation.Kind kind = epilogue.activation().kind();
        boolean compiledTogether = kind == Activation.Kind.IDENTITY || kind == Activation.Kind.RELU;
        if (compiledTogether || dispatch.kernels(Family.of(kind)) == kernels) {
            return epilogue;
        }
        return epilogue.bias() == null ? Epilogue.NONE : Epilogue.bias(epilogue.bias());
    }

    /** Does what is left of an epilogue to the result of a call. */
    void finish(Epilogue epilogue, Epilogue onTheSpot, Matrix result) {
        if (onTheSpot == epilogue) {
            return;
        }
        if (epilogue.saved() == null) {
            activate(epilogue.activation(), result, result);
        } else {
            activateGradient(epilogue.activation(), epilogue.saved(), result, result);
        }
    }
}
