package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/** The hyperbolic tangent, element by element. */
final class TanhInTests implements Layer {

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Matrix y = workspace.buffer(input);
        Matrix dx = workspace.buffer(input);
        return new Pass() {
            @Override
            public Matrix forward(Matrix x) {
                for (int at = 0; at < y.size(); at++) {
                    y.data()[at] = (float) StrictMath.tanh(x.data()[x.offset() + at]);
                }
                return y;
            }

            @Override
            public Matrix backward(Matrix dy) {
                for (int at = 0; at < dx.size(); at++) {
                    float tanh = y.data()[at];
                    dx.data()[at] = dy.data()[dy.offset() + at] * (1 - tanh * tanh);
                }
                return dx;
            }
        };
    }
}
