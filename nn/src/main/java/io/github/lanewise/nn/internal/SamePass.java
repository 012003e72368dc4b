package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;

/** Passes everything on as it is, in both directions. */
public enum SamePass implements Pass {
    INSTANCE;

    @Override
    public Matrix forward(Matrix inputs) {
        return inputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        return outputGradient;
    }
}
