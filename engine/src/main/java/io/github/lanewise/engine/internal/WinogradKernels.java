package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

import java.util.function.Supplier;

/** Convolutions by Winograd's algorithm, group by group. */
public final class WinogradKernels implements ConvolutionKernels {

    private final PerThread<Group> groups;
    private final ImageEnd end;

    /** What a thread does with one group of channels, in buffers of its own. */
    public interface Group {

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
         * whole channels, of the sums of {@link ConvolutionKernels#weightGradient}.
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

    /** Makes kernels of what each thread needs for a group, and of what follows an image. */
    public WinogradKernels(Supplier<Group> groups, ImageEnd end) {
        this.groups = PerThread.withInitial(groups);
        this.end = end;
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
        for (int group = 0; group < shape.groups(); group++) {
            groups.get().convolve(shape, group, x, weight, y, from, to);
        }
        finish(epilogue, y, from, to, shape.out(), shape.window().outputs());
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
        groups.get().weightGradient(shape, x, dy, add, sums, fromRow, toRow, fromCol, toCol);
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
        for (int group = 0; group < shape.groups(); group++) {
            groups.get().inputGradient(shape, group, dy, weight, dx, from, to);
        }
        finish(epilogue, dx, from, to, shape.in(), shape.window().inputs());
    }

    private void finish(Epilogue epilogue, Matrix y, int from, int to, int channels, int size) {
        for (int image = from; image < to; image++) {
            end.finish(epilogue, y, image, channels, size);
        }
    }
}
