package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.Options;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Puts each value where a max pooling found it, and 0 elsewhere: the inverse of {@link MaxPool2d},
 * but for what was not the largest.
 *
 * <p>It takes two inputs of one shape by {@code Value.merge}: values, and their indices in a
 * channel of the outputs, as {@link MaxPool2d#call} makes them. Each side of the outputs has (size
 * - 1) stride - 2 padding + kernel elements, or what {@link #outputSize} says. Of several values
 * for one place the last counts; backward each takes the gradient of its place.
 */
public abstract sealed class MaxUnpool implements Merge
        permits MaxUnpool1d, MaxUnpool2d, MaxUnpool3d {

    private final Options options = new Options();
    private final int[] kernel;
    private int[] stride;
    private int[] padding;
    private int[] outputSize = {};

    /** Only for the layers of this package. */
    MaxUnpool(int... kernel) {
        this.kernel = kernel.clone();
        stride = kernel.clone();
        padding = new int[kernel.length];
        check();
    }

    private void check() {
        for (int i = 0; i < kernel.length; i++) {
            Side.of(kernel[i]).stride(stride[i]).padding(padding[i]);
        }
    }

    final void setStride(int... numbers) {
        options.requireOpen(this, "stride");
        stride = numbers;
        check();
    }

    final void setPadding(int... numbers) {
        options.requireOpen(this, "padding");
        padding = numbers;
        check();
    }

    final void setOutputSize(int... sizes) {
        options.requireOpen(this, "outputSize");
        outputSize = sizes;
    }

    @Override
    public final Shape outputShape(List<Shape> inputs) {
        options.close();
        Shape values = inputs.getFirst();
        boolean two = inputs.size() == 2 && values.equals(inputs.get(1));
        if (!two || values.rank() != kernel.length + 1) {
            throw new IllegalArgumentException(
                    "%s: inputs are %s; it takes values and indices of one shape, channels and %s"
                                    .formatted(this, inputs, kernel.length)
                            + " sides");
        }
        int[] made = values.dimensions().clone();
        for (int i = 0; i < kernel.length; i++) {
            made[i + 1] = side(inputs, i, made[i + 1]);
        }
        return new Shape(made);
    }

    /** Returns the elements of a side; it may differ from the usual by less than the stride. */
    private int side(List<Shape> inputs, int i, int size) {
        long usual = (size - 1L) * stride[i] - 2L * padding[i] + kernel[i];
        long asked = outputSize.length == 0 ? usual : outputSize[i];
        if (asked < 1 || asked > Integer.MAX_VALUE || Math.abs(asked - usual) >= stride[i]) {
            throw new IllegalArgumentException(
                    "%s: inputs are %s: a side of the outputs has %s elements; it must have 1 or"
                                    .formatted(this, inputs, asked)
                            + " more, and differ from %s by less than the stride %s"
                                    .formatted(usual, stride[i]));
        }
        return (int) asked;
    }

    @Override
    public final MergePass bind(List<Shape> inputs, Workspace workspace) {
        Shape output = outputShape(inputs);
        int channels = output.dimension(0);
        return new UnpoolPass(
                workspace,
                inputs.getFirst(),
                output,
                inputs.getFirst().features() / channels,
                output.features() / channels);
    }

    private final class UnpoolPass implements MergePass {

        private final int pooled;
        private final int plane;
        private final Matrix outputs;
        private final Matrix[] gradients;
        private final int[] places;

        UnpoolPass(Workspace workspace, Shape input, Shape output, int pooled, int plane) {
            this.pooled = pooled;
            this.plane = plane;
            outputs = workspace.buffer(output);
            places = new int[input.features() * workspace.batch()];
            gradients =
                    new Matrix[] {
                        workspace.inputGradientBuffer(input), workspace.inputGradientBuffer(input)
                    };
        }

        @Override
        public Matrix forward(Matrix[] inputs) {
            Matrix values = inputs[0];
            Arrays.fill(outputs.data(), 0);
            for (int i = 0; i < values.rows(); i++) {
                for (int j = 0; j < values.cols(); j++) {
                    int place = i * outputs.ld() + j / pooled * plane + index(inputs[1], i, j);
                    places[i * values.cols() + j] = place;
                    outputs.data()[place] = values.data()[values.offset() + i * values.ld() + j];
                }
            }
            return outputs;
        }

        private int index(Matrix indices, int i, int j) {
            float index = indices.data()[indices.offset() + i * indices.ld() + j];
            if (!(index >= 0 && index < plane)) {
                throw new IllegalArgumentException(
                        "%s: index at position %s of sample %s is %s; it must be from 0 to %s"
                                .formatted(MaxUnpool.this, j, i, index, plane - 1));
            }
            return (int) index;
        }

        @Override
        public Matrix[] backward(Matrix outputGradient) {
            Matrix gradient = gradients[0];
            for (int i = 0; gradient != null && i < gradient.rows(); i++) {
                int from = outputGradient.offset() + i * (outputGradient.ld() - outputs.ld());
                for (int j = 0; j < gradient.cols(); j++) {
                    int at = i * gradient.cols() + j;
                    gradient.data()[at] = outputGradient.data()[from + places[at]];
                }
            }
            return gradients;
        }
    }

    @Override
    public final SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("kernelSize", list(kernel));
        all.put("stride", list(stride));
        all.put("padding", list(padding));
        if (outputSize.length > 0) {
            all.put("outputSize", list(outputSize));
        }
        return all;
    }

    private static List<Integer> list(int... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    @Override
    public final String toString() {
        return "%s(kernel %s, stride %s%s)"
                .formatted(
                        getClass().getSimpleName(),
                        list(kernel),
                        list(stride),
                        Arrays.stream(padding).allMatch(p -> p == 0)
                                ? ""
                                : ", padding " + list(padding));
    }
}
