package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

/** Drops blocks as {@link AlphaDropout} says: what is kept is scaled and shifted. */
final class AlphaDropoutPass extends BlockDropoutPass {

    /** Minus the least value of SELU. */
    private static final double LEAST = 1.7580993408473766;

    private final float a;
    private final float shift;
    private final float dropped;

    AlphaDropoutPass(DropoutLayer layer, Shape input, Workspace workspace) {
        super(layer, input, workspace);
        double p = layer.p();
        double scale = p == 1 ? 0 : 1 / Math.sqrt((LEAST * LEAST * p + 1) * (1 - p));
        a = (float) scale;
        shift = (float) (scale * LEAST * p);
        dropped = (float) (scale * LEAST * (p - 1));
    }

    @Override
    float dropped() {
        return dropped;
    }

    @Override
    void keep(float factor, float[] x, int from, float[] y, int to, int n, boolean forward) {
        float plus = forward ? shift : 0;
        for (int j = 0; j < n; j++) {
            y[to + j] = Math.fma(a, x[from + j], plus);
        }
    }
}
