package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

/**
 * The convolutions of a kernel set: those that {@link Winograd} suits, and the others.
 *
 * @param winograd for the former
 * @param direct for the latter
 */
public record ConvolutionChoice(ConvolutionKernels winograd, ConvolutionKernels direct)
        implements ConvolutionKernels {

    private ConvolutionKernels of(Convolution shape) {
        return Winograd.suits(shape) ? winograd : direct;
    }

    @Override
    public void convolve(
            Convolution shape,
            Matrix x,
            Matrix weight,
            Matrix y,
            Epilogue epilogue,
            int from,
            int to) {
        of(shape).convolve(shape, x, weight, y, epilogue, from, to);
    }

    @Override
    public void weightGradient(
            Convolution shape,
            Matrix x,
            Matrix dy,
            float beta,
            Matrix sums,
            int fromRow,
            int toRow,
            int fromCol,
            int toCol) {
        int rows = shape.groupOut();
        for (int from = fromRow; from < toRow; from = from / rows * rows + rows) {
            int to = Math.min(toRow, from / rows * rows + rows);
            of(shape).weightGradient(shape, x, dy, beta, sums, from, to, fromCol, toCol);
        }
    }

    @Override
    public void inputGradient(
            Convolution shape,
            Matrix dy,
            Matrix weight,
            Matrix dx,
            Epilogue epilogue,
            int from,
            int to) {
        of(shape).inputGradient(shape, dy, weight, dx, epilogue, from, to);
    }
}
