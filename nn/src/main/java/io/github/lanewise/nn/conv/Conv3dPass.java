package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowView;

import java.util.Arrays;

/** Copies slices side by side, convolves them as images, and puts the results in order. */
final class Conv3dPass implements Pass {

    private final Conv3d layer;
    private final Axis depth;
    private final int channels;
    private final int slice;
    private final int outChannels;
    private final int outSlice;
    private final boolean training;
    private final Pass ofImages;
    private final Matrix images;
    private final Matrix imageGradients;
    private final Matrix outputs;
    private final Matrix inputGradient;
    private boolean ready;

    Conv3dPass(Conv3d layer, Axis depth, Shape input, Shape output, Workspace workspace) {
        this.layer = layer;
        this.depth = depth;
        this.channels = input.dimension(0);
        this.slice = input.dimension(2) * input.dimension(3);
        this.outChannels = output.dimension(0);
        this.outSlice = output.dimension(2) * output.dimension(3);
        this.training = workspace.training();
        int rows = Math.multiplyExact(workspace.batch(), depth.out());
        Shape image =
                new Shape(
                        Math.multiplyExact(channels, depth.kernel()),
                        input.dimension(2),
                        input.dimension(3));
        this.ofImages = layer.slices().bind(image, workspace.batch(rows));
        this.images = Matrix.zeros(rows, image.features());
        this.outputs = workspace.buffer(output);
        this.imageGradients =
                training ? RowView.of(workspace.buffer(output), outChannels * outSlice) : null;
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    /**
     * Moves the slices between a batch and the images; the images begin anew, the batch adds up.
     */
    private void move(Matrix batch, Matrix images, boolean toImages) {
        for (int row = 0; row < images.rows(); row++) {
            int o = row % depth.out();
            int sample = batch.offset() + row / depth.out() * batch.ld();
            for (int j = 0; j < channels * depth.kernel(); j++) {
                int position = depth.position(o, j % depth.kernel());
                boolean inside = position >= 0 && position < depth.size();
                int at = sample + (j / depth.kernel() * depth.size() + position) * slice;
                int image = images.offset() + row * images.ld() + j * slice;
                if (!toImages) {
                    addSlice(images.data(), image, batch.data(), at, inside ? slice : 0);
                } else if (inside) {
                    System.arraycopy(batch.data(), at, images.data(), image, slice);
                }
            }
        }
    }

    private static void addSlice(float[] from, int at, float[] to, int into, int n) {
        for (int p = 0; p < n; p++) {
            to[into + p] += from[at + p];
        }
    }

    @Override
    public Matrix forward(Matrix inputs) {
        move(inputs, images, true);
        Matrix results = ofImages.forward(images);
        for (int row = 0; row < results.rows(); row++) {
            int o = row % depth.out();
            int sample = row / depth.out() * outputs.ld();
            for (int c = 0; c < outChannels; c++) {
                System.arraycopy(
                        results.data(),
                        results.offset() + row * results.ld() + c * outSlice,
                        outputs.data(),
                        sample + (c * depth.out() + o) * outSlice,
                        outSlice);
            }
        }
        ready = true;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? this : null);
        for (int row = 0; row < imageGradients.rows(); row++) {
            int o = row % depth.out();
            int sample = outputGradient.offset() + row / depth.out() * outputGradient.ld();
            for (int c = 0; c < outChannels; c++) {
                System.arraycopy(
                        outputGradient.data(),
                        sample + (c * depth.out() + o) * outSlice,
                        imageGradients.data(),
                        row * imageGradients.ld() + c * outSlice,
                        outSlice);
            }
        }
        Matrix gradients = ofImages.backward(imageGradients);
        if (inputGradient != null) {
            Arrays.fill(inputGradient.data(), 0);
            move(inputGradient, gradients, false);
        }
        return inputGradient;
    }
}
