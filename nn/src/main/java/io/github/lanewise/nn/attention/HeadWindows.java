package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.internal.Projection;

import java.util.Arrays;

/**
 * Queries, keys, values or contexts as windows: one for some steps of a sample and head.
 *
 * @param values of samples x steps rows, heads x d columns
 * @param gradients of the same shape; null for inference
 * @param steps of a sample
 * @param heads side by side
 */
record HeadWindows(Matrix values, Matrix gradients, int steps, int heads) {

    /** Returns the window onto some steps of a head in these values or gradients. */
    Matrix window(Matrix of, int sample, int head, int from, int to) {
        int d = of.cols() / heads;
        Matrix rows = of.rowRange(sample * steps + from, sample * steps + to);
        return Projection.columns(rows, head * d, d);
    }

    /** Sets all gradients to 0, to be added to. */
    void clearGradients() {
        for (int i = 0; i < gradients.rows(); i++) {
            int at = gradients.offset() + i * gradients.ld();
            Arrays.fill(gradients.data(), at, at + gradients.cols(), 0);
        }
    }
}
