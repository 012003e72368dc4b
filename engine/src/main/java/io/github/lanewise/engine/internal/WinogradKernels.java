package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

import java.util.function.Supplier;

/**
 * Convolutions by Winograd's algorithm, group by group; {@linkplain WideImages wide images} are
 * done again, directly.
 */
public final class WinogradKernels implements ConvolutionKernels {

    private final PerThread<Group> groups;
    private final ImageEnd end;
    private final DirectConvolutions direct;

    /** What a thread does with one group of channels, in buffers of its own. */
    public interface Group {

        /** Returns the images of the last call that the direct kernels must do. */
        WideImages wide();

        /** Convolves images [from, to). */
        void convolve(
                Convolution shape, int group, Matrix x, Matrix weight, Matrix y, int from, int to);

        /** Takes the gradient of images [from, to). */
        void inputGradient(
                Convolution shape,
                int group,
                Matrix dy,
                Matrix weight,
                Matrix dx,
                int from,
                int to);

        /**
         * Takes rows [fromRow, toRow) of one group and columns [fromCol, toCol), which are those of
         * whole channels, of the sums of {@link ConvolutionKernels#weightGradient}; wide images are
         * taken for zeros.
         */
        void weightGradient(
                Convolution shape,
                Matrix x,
                Matrix dy,
                boolean add,
                Matrix sums,
                int fromRow,
                int toRow,
                int fromCol,
                int toCol);
    }

    /** Applies an epilogue to the channels of an image. */
    @FunctionalInterface
    public interface ImageEnd {
        void finish(Epilogue epilogue, Matrix y, int image, int channels, int size);
    }

    /**
     * Makes kernels.
     *
     * @param groups makes what each thread needs for a group
     * @param end what follows an image
     * @param direct kernels for wide images
     */
    public WinogradKernels(Supplier<Group> groups, ImageEnd end, DirectConvolutions direct) {
        this.groups = PerThread.withInitial(groups);
        this.end = end;
        this.direct = direct;
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
        Group mine = groups.get();
        WideImages wide = mine.wide();
        wide.begin(shape, from, to);
        for (int group = 0; group < shape.groups(); group++) {
            mine.convolve(shape, group, x, weight, y, from, to);
        }
        for (int image = from; image < to; image++) {
            if (wide.isWide(image)) {
                direct.convolve(shape, x, weight, y, epilogue, image, image + 1);
            } else {
                NonNegative.raiseOutputs(shape, x, weight, y, image);
                end.finish(epilogue, y, image, shape.outChannels(), shape.window().outputs());
            }
        }
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
        boolean add = beta != 0;
        int first = ConvolutionKernels.firstImage(shape, fromRow, x);
        int last = ConvolutionKernels.endImage(shape, fromRow, x);
        Group mine = groups.get();
        WideImages wide = mine.wide();
        wide.begin(shape, first, last);
        mine.weightGradient(shape, x, dy, add, sums, fromRow, toRow, fromCol, toCol);
        for (int image = first; image < last; image++) {
            if (wide.isWide(image)) {
                direct.addWeightGradient(shape, x, dy, sums, fromRow, toRow, fromCol, toCol, image);
            }
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
        Group mine = groups.get();
        WideImages wide = mine.wide();
        wide.begin(shape, from, to);
        for (int group = 0; group < shape.groups(); group++) {
            mine.inputGradient(shape, group, dy, weight, dx, from, to);
        }
        for (int image = from; image < to; image++) {
            if (wide.isWide(image)) {
                direct.inputGradient(shape, dy, weight, dx, epilogue, image, image + 1);
            } else {
                NonNegative.raiseInputs(shape, dy, weight, dx, image);
                end.finish(epilogue, dx, image, shape.inChannels(), shape.window().inputs());
            }
        }
    }
}
