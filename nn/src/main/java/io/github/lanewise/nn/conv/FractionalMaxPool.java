package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.RandomLayer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/**
 * Takes the largest value of windows that lie a fraction of elements apart, so that outputs may
 * have any size (Graham, "Fractional max-pooling", 2014).
 *
 * <p>Of m windows along a side of n elements, window i begins at int((i + u) a) - int(u a), where a
 * = (n - kernel) / (m - 1), and the last at n - kernel, as in PyTorch. While training, u is drawn
 * from [0, 1) for each side of each channel of each sample; {@link RandomLayer} says where it comes
 * from. For inference it is 1/2, where PyTorch draws, too. Backward: each value's gradient goes to
 * the element that it was, the first of equal ones, the last of NaN.
 */
public abstract sealed class FractionalMaxPool extends RandomLayer
        permits FractionalMaxPool2d, FractionalMaxPool3d {

    private static final float OF_INFERENCE = 0.5f;

    /** Up to which a float holds every whole number. */
    private static final int MOST = 1 << 24;

    private final Options options = new Options();
    private final int[] kernel;
    private int[] outputSize;
    private float[] outputRatio;
    private boolean returnIndices;

    /** Only for the layers of this package. */
    FractionalMaxPool(int... kernel) {
        super("windows");
        this.kernel = kernel.clone();
        requirePositive("kernel", kernel);
    }

    private void requirePositive(String what, int... numbers) {
        if (Arrays.stream(numbers).anyMatch(number -> number < 1)) {
            throw new IllegalArgumentException(
                    "%s: %s is %s; each number must be 1 or more"
                            .formatted(getClass().getSimpleName(), what, Arrays.toString(numbers)));
        }
    }

    final void setOutputSize(int... sizes) {
        options.requireOpen(this, "outputSize");
        requirePositive("outputSize", sizes);
        outputSize = sizes;
        outputRatio = null;
    }

    final void setOutputRatio(float... ratios) {
        options.requireOpen(this, "outputRatio");
        for (float ratio : ratios) {
            if (!(ratio > 0 && ratio < 1)) {
                throw new IllegalArgumentException(
                        "%s: outputRatio is %s; it must be above 0 and below 1"
                                .formatted(getClass().getSimpleName(), ratio));
            }
        }
        outputRatio = ratios;
        outputSize = null;
    }

    final void setReturnIndices() {
        if (!returnIndices) {
            options.requireOpen(this, "returnIndices");
            returnIndices = true;
        }
    }

    /**
     * Makes the pooled value, and a second one: where each number of it was found, its index in the
     * channel of the input, row by row. No gradient comes back through the second.
     */
    public final List<Value> call(Value x) {
        setReturnIndices();
        Value both = x.then(this);
        int channels = both.shape().dimension(0) / 2;
        return both.split(0, channels, channels);
    }

    @Override
    public final Shape outputShape(Shape input) {
        options.close();
        String sides = kernel.length == 2 ? "height x width" : "depth x height x width";
        Images.require(this, input, kernel.length + 1, "channels x " + sides);
        int[] made = input.dimensions().clone();
        for (int side = 0; side < kernel.length; side++) {
            made[side + 1] = windows(input, side);
        }
        if (returnIndices) {
            requireFewElements(input);
            made[0] = Math.multiplyExact(made[0], 2);
        }
        return new Shape(made);
    }

    private int windows(Shape input, int side) {
        if (outputSize == null && outputRatio == null) {
            throw new IllegalStateException(
                    "%s: the size of the outputs is not set; call outputSize or outputRatio"
                            .formatted(this));
        }
        int size = input.dimension(side + 1);
        int count = outputSize != null ? outputSize[side] : share(size, outputRatio[side]);
        if (count < 1 || (long) count + kernel[side] - 1 > size) {
            throw new IllegalArgumentException(
                    "%s: input is %s: on a side of %s lie %s windows of %s; there must be 1 to %s"
                            .formatted(
                                    this,
                                    input,
                                    size,
                                    count,
                                    kernel[side],
                                    size - kernel[side] + 1));
        }
        return count;
    }

    /** A ratio of 0.7f stands for 0.7, as PyTorch has it: 7 of 10, though the float is below. */
    private static int share(int size, float ratio) {
        return (int) (size * Double.parseDouble(Float.toString(ratio)));
    }

    private void requireFewElements(Shape input) {
        if (input.features() / input.dimension(0) > MOST) {
            throw new IllegalArgumentException(
                    "%s: input is %s; for indices a channel may have at most %s elements"
                            .formatted(this, input, MOST));
        }
    }

    /** Returns where the windows of inference begin, for each side. */
    public final int[][] windows(Shape input) {
        Shape output = outputShape(input);
        int[][] starts = new int[kernel.length][];
        for (int side = 0; side < starts.length; side++) {
            starts[side] = new int[output.dimension(side + 1)];
            place(OF_INFERENCE, input.dimension(side + 1), kernel[side], starts[side]);
        }
        return starts;
    }

    /** Computes where the windows along a side of so many elements begin. */
    static void place(float u, int size, int kernel, int[] starts) {
        int last = starts.length - 1;
        float apart = last == 0 ? 0 : (float) (size - kernel) / last;
        for (int i = 0; i < last; i++) {
            starts[i] = (int) ((i + u) * apart) - (int) (u * apart);
        }
        starts[last] = size - kernel;
    }

    /** Draws a number for each side of each channel of each sample, or has those of inference. */
    final void draw(float[] numbers, int first, boolean training) {
        if (training) {
            nextUniforms(numbers, first);
        } else {
            Arrays.fill(numbers, OF_INFERENCE);
        }
    }

    /** Returns which of the numbers of a channel is for a side: as PyTorch has them. */
    final int numberOf(int side) {
        return kernel.length == 2 ? 1 - side : side;
    }

    final int kernel(int side) {
        return kernel[side];
    }

    final boolean makesIndices() {
        return returnIndices;
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        return new FractionalMaxPass(this, input, outputShape(input), workspace);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("kernelSize", Arrays.stream(kernel).boxed().toList());
        if (outputSize != null) {
            all.put("outputSize", Arrays.stream(outputSize).boxed().toList());
        } else if (outputRatio != null) {
            all.put("outputRatio", ratios());
        }
        all.put("returnIndices", returnIndices);
        return all;
    }

    private List<Float> ratios() {
        return IntStream.range(0, outputRatio.length).mapToObj(i -> outputRatio[i]).toList();
    }

    @Override
    public final String toString() {
        return "%s(kernel %s%s%s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        Arrays.toString(kernel),
                        outputSize != null ? ", output size " + Arrays.toString(outputSize) : "",
                        outputRatio != null ? ", output ratio " + Arrays.toString(outputRatio) : "",
                        returnIndices ? ", with indices" : "");
    }
}
