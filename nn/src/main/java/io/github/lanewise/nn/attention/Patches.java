package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.RowView;

import java.util.SequencedMap;

/**
 * Cuts images into patches side by side and makes a sequence of them, row by row (Dosovitskiy et
 * al., "An image is worth 16x16 words", 2021).
 *
 * <p>Inputs are channels x height x width; outputs patches x (channels x patch height x patch
 * width). The gradient goes back the same way.
 */
public final class Patches implements Layer {

    private final int height;
    private final int width;

    /** Makes a layer of patches of this size. */
    public Patches(int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Patches: empty: %sx%s; each must be 1 or more".formatted(height, width));
        }
        this.height = height;
        this.width = width;
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException(
                    "%s: input is %s; it must be channels x height x width".formatted(this, input));
        }
        int down = input.dimension(1) / height;
        int across = input.dimension(2) / width;
        if (down * height != input.dimension(1) || across * width != input.dimension(2)) {
            throw new IllegalArgumentException(
                    "%s: input is %s; the patches must divide its height and width"
                            .formatted(this, input));
        }
        return new Shape(down * across, input.dimension(0) * height * width);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new PatchesPass(input, outputShape(input), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("height", height, "width", width);
    }

    @Override
    public String toString() {
        return "Patches(%sx%s)".formatted(height, width);
    }

    /** Both ways are a gathering of strips: a row of a patch, one row of a matrix each. */
    private final class PatchesPass implements Pass {

        private final Kernels kernels;
        private final int[] imageStrips;
        private final int[] patchStrips;
        private final RowView images;
        private final RowView patches;
        private final Matrix outputs;
        private final Matrix outputStrips;
        private final Matrix inputGradient;
        private final Matrix inputGradientStrips;

        PatchesPass(Shape input, Shape output, Workspace workspace) {
            kernels = workspace.kernels();
            images = new RowView(kernels, width);
            patches = new RowView(kernels, width);
            outputs = workspace.buffer(output);
            outputStrips = RowView.of(outputs, width);
            inputGradient = workspace.inputGradientBuffer(input);
            inputGradientStrips = inputGradient == null ? null : RowView.of(inputGradient, width);
            imageStrips = new int[outputStrips.rows()];
            patchStrips = new int[outputStrips.rows()];
            int channels = input.dimension(0);
            int rows = input.dimension(1);
            int across = input.dimension(2) / width;
            for (int strip = 0; strip < imageStrips.length; strip++) {
                int column = strip % across;
                int row = strip / across % rows;
                int plane = strip / across / rows;
                int patch = plane / channels * (rows / height * across);
                patch += row / height * across + column;
                int to = (patch * channels + plane % channels) * height + row % height;
                imageStrips[to] = strip;
                patchStrips[strip] = to;
            }
        }

        @Override
        public Matrix forward(Matrix inputs) {
            kernels.gatherRows(images.of(inputs), imageStrips, outputStrips);
            return outputs;
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            if (inputGradient != null) {
                kernels.gatherRows(patches.of(outputGradient), patchStrips, inputGradientStrips);
            }
            return inputGradient;
        }
    }
}
