package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;

import java.util.Locale;
import java.util.Objects;

/** What the arguments of {@link io.github.lanewise.engine.Windows} must be. */
public final class WindowCheck {

    private WindowCheck() {}

    public static void convolve(
            Convolution shape, Matrix x, Matrix weight, Matrix y, Epilogue epilogue) {
        Objects.requireNonNull(x, "x");
        checkShapes("convolve", shape, x.rows(), "x", x, "y", y, "weight", weight);
        Check.apart("convolve", "y", y, "x", x);
        Check.apart("convolve", "y", y, "weight", weight);
        checkEpilogue("convolve", epilogue, shape.outChannels(), "y", y);
    }

    public static void convolveWeightGradient(
            Convolution shape, Matrix x, Matrix dy, float beta, Matrix dWeight) {
        String operation = "convolveWeightGradient";
        Objects.requireNonNull(x, "x");
        checkShapes(operation, shape, x.rows(), "x", x, "dy", dy, "dWeight", dWeight);
        Check.beta(operation, beta);
        Check.apart(operation, "dWeight", dWeight, "x", x);
        Check.apart(operation, "dWeight", dWeight, "dy", dy);
    }

    public static void convolveInputGradient(
            Convolution shape, Matrix dy, Matrix weight, Matrix dx, Epilogue epilogue) {
        String operation = "convolveInputGradient";
        Objects.requireNonNull(dy, "dy");
        checkShapes(operation, shape, dy.rows(), "dx", dx, "dy", dy, "weight", weight);
        Check.apart(operation, "dx", dx, "dy", dy);
        Check.apart(operation, "dx", dx, "weight", weight);
        checkEpilogue(operation, epilogue, shape.inChannels(), "dx", dx);
    }

    private static void checkShapes(
            String operation,
            Convolution shape,
            int batch,
            String imageName,
            Matrix image,
            String outputName,
            Matrix output,
            String weightName,
            Matrix weight) {
        Objects.requireNonNull(shape, "shape");
        Window window = shape.window();
        Check.shape(operation, imageName, image, batch, shape.inChannels() * window.inputs());
        Check.shape(operation, outputName, output, batch, shape.outChannels() * window.outputs());
        Check.shape(operation, weightName, weight, shape.outChannels(), shape.depth());
    }

    private static void checkEpilogue(
            String operation, Epilogue epilogue, int channels, String name, Matrix output) {
        Objects.requireNonNull(epilogue, "epilogue");
        if (epilogue.bias() != null) {
            Check.shape(operation, "bias", epilogue.bias(), 1, channels);
            Check.apart(operation, name, output, "bias", epilogue.bias());
        }
        if (epilogue.saved() != null) {
            Check.sameShape(operation, "saved", epilogue.saved(), name, output);
            Check.apart(operation, name, output, "saved", epilogue.saved());
        }
    }

    public static void maxPool(Window window, Matrix x, Matrix y, int[] indices) {
        Objects.requireNonNull(window, "window");
        checkChannels("maxPool", "x", x, window.inputs(), "y", y, window.outputs());
        Check.apart("maxPool", "y", y, "x", x);
        if (indices != null) {
            checkIndices("maxPool", indices, y);
        }
    }

    public static void maxPoolGradient(Window window, int[] indices, Matrix dy, Matrix dx) {
        String operation = "maxPoolGradient";
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(indices, "indices");
        checkChannels(operation, "dx", dx, window.inputs(), "dy", dy, window.outputs());
        Check.apart(operation, "dx", dx, "dy", dy);
        checkIndices(operation, indices, dy);
    }

    public static void averagePool(Regions rows, Regions cols, Matrix x, Matrix y) {
        checkRegions("averagePool", rows, cols, "x", x, "y", y);
        Check.apart("averagePool", "y", y, "x", x);
    }

    public static void averagePoolGradient(Regions rows, Regions cols, Matrix dy, Matrix dx) {
        checkRegions("averagePoolGradient", rows, cols, "dx", dx, "dy", dy);
        Check.apart("averagePoolGradient", "dx", dx, "dy", dy);
    }

    private static void checkRegions(
            String operation,
            Regions rows,
            Regions cols,
            String imageName,
            Matrix image,
            String outputName,
            Matrix output) {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(cols, "cols");
        checkChannels(
                operation,
                imageName,
                image,
                rows.size() * cols.size(),
                outputName,
                output,
                rows.out() * cols.out());
    }

    /** Requires as many images, and as many whole channels, in both. */
    private static void checkChannels(
            String operation,
            String imageName,
            Matrix image,
            int inputs,
            String outputName,
            Matrix output,
            int outputs) {
        Objects.requireNonNull(image, imageName);
        Objects.requireNonNull(output, outputName);
        int channels = image.cols() / inputs;
        if (image.cols() % inputs != 0) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %s has %d columns; they must be whole channels of %d elements",
                            operation,
                            imageName,
                            image.cols(),
                            inputs));
        }
        Check.shape(operation, outputName, output, image.rows(), channels * outputs);
    }

    private static void checkIndices(String operation, int[] indices, Matrix outputs) {
        if (indices.length < outputs.size()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: indices holds %d numbers; the %s outputs need %d",
                            operation,
                            indices.length,
                            outputs.shape(),
                            outputs.size()));
        }
    }
}
