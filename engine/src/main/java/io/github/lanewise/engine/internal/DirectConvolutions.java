package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;

/** Convolutions as sums over taps, which also serve single images of the others. */
public interface DirectConvolutions extends ConvolutionKernels {

    /**
     * Adds what one image gives to rows [fromRow, toRow), which lie in one group, and columns
     * [fromCol, toCol) of the sums of {@link #weightGradient}: chains that start from what is
     * there.
     */
    void addWeightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol,
            int image);
}
