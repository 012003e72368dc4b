package io.github.lanewise.engine.internal.simd.gemm;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.internal.PointwiseKernels;

/** What an epilogue does after the bias: an activation, or the gradient of one. */
public final class EpilogueFunction {

    private final PointwiseKernels pointwise;

    public EpilogueFunction(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
    }

    /** Applies it to n elements of y; what was saved for them begins at {@code savedAt}. */
    public void apply(Epilogue epilogue, float[] y, int at, int savedAt, int n) {
        Activation f = epilogue.activation();
        if (epilogue.saved() != null) {
            float[] saved = epilogue.saved().data();
            pointwise.activateGradient(f, saved, savedAt, y, at, y, at, n);
        } else if (f.kind() != Activation.Kind.IDENTITY) {
            pointwise.activate(f, y, at, y, at, n);
        }
    }

    /** Returns where an element of what was saved is; 0 if nothing was. */
    public static int savedAt(Epilogue epilogue, int row, int col) {
        return epilogue.saved() == null
                ? 0
                : epilogue.saved().offset() + row * epilogue.saved().ld() + col;
    }
}
