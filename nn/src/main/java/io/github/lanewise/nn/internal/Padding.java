package io.github.lanewise.nn.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;

import java.util.Arrays;

/** What fills sequences of unequal length up to one shape. */
public final class Padding {

    private Padding() {}

    /**
     * Sets what stands behind the end of each sample to 0.
     *
     * @param samples a row for each; its columns are a multiple of the steps
     * @param lengths null if all steps count; those of several values side by side are left alone
     */
    public static void clear(Matrix samples, Lengths lengths) {
        if (lengths == null || lengths.parts() > 1) {
            return;
        }
        int width = samples.cols() / lengths.steps();
        for (int i = 0; i < samples.rows(); i++) {
            int at = samples.offset() + i * samples.ld();
            Arrays.fill(samples.data(), at + lengths.at(i) * width, at + samples.cols(), 0);
        }
    }
}
