package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

/** Convolutions; see {@link io.github.lanewise.engine.Windows} for the mathematics. */
public interface ConvolutionKernels {

    /** Convolves images [from, to). */
    void convolve(
            Convolution shape,
            Matrix x,
            Matrix weight,
            Matrix y,
            Epilogue epilogue,
            int from,
            int to);

    /**
     * Computes rows [fromRow, toRow) and columns [fromCol, toCol) of dWeight; the rows are of one
     * group.
     */
    void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            float beta,
            Matrix dWeight,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol);

    /** Takes the gradient of images [from, to). */
    void inputGradient(
            Convolution shape,
            Matrix dy,
            Matrix weight,
            Matrix dx,
            Epilogue epilogue,
            int from,
            int to);
}
