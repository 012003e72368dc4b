package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowView;

import java.util.Arrays;

/** Convolves slices as images, and adds up what they give to each slice of the outputs. */
final class ConvTranspose3dPass implements Pass {

    private final ConvTranspose3d layer;
    private final ChannelNormalizations sums;
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

    ConvTranspose3dPass(
            ConvTranspose3d layer, Axis depth, Shape input, Shape output, Workspace workspace) {
        this.layer = layer;
        this.sums = workspace.kernels().channelNormalizations();
        this.depth = depth;
        this.channels = input.dimension(0);
        this.slice = input.dimension(2) * input.dimension(3);
        this.outChannels = output.dimension(0);
        this.outSlice = output.dimension(2) * output.dimension(3);
        this.training = workspace.training();
        int rows = Math.multiplyExact(workspace.batch(), depth.out());
        Shape image = new Shape(channels, input.dimension(2), input.dimension(3));
        this.ofImages = layer.slices().bind(image, workspace.batch(rows));
        this.images = RowView.of(workspace.buffer(input), image.features());
        this.imageGradients =
                training
                        ? Matrix.zeros(
                                rows, Math.multiplyExact(outChannels * depth.kernel(), outSlice))
                        : null;
        this.outputs = workspace.buffer(output);
        this.inputGradient = workspace.inputGradientBuffer(input);
    }

    /** Moves slices of a batch of channels x depth to images of channels, or back. */
    private void move(Matrix batch, Matrix images, boolean toImages) {
        for (int row = 0; row < images.rows(); row++) {
            int d = row % depth.out();
            int sample = batch.offset() + row / depth.out() * batch.ld();
            for (int c = 0; c < channels; c++) {
                int at = sample + (c * depth.out() + d) * slice;
                int image = images.offset() + row * images.ld() + c * slice;
                if (toImages) {
                    System.arraycopy(batch.data(), at, images.data(), image, slice);
                } else {
                    System.arraycopy(images.data(), image, batch.data(), at, slice);
                }
            }
        }
    }

    /** Adds what the taps make to the outputs, or copies the outputs' gradient to the taps. */
    private void spread(Matrix taps, Matrix batch, boolean add) {
        for (int row = 0; row < taps.rows(); row++) {
            int d = row % depth.out();
            int sample = batch.offset() + row / depth.out() * batch.ld();
            for (int j = 0; j < outChannels * depth.kernel(); j++) {
                int position = depth.position(d, j % depth.kernel());
                boolean inside = position >= 0 && position < depth.size();
                int at = sample + (j / depth.kernel() * depth.size() + position) * outSlice;
                int tap = taps.offset() + row * taps.ld() + j * outSlice;
                for (int p = 0; add && inside && p < outSlice; p++) {
                    batch.data()[at + p] += taps.data()[tap + p];
                }
                if (!add && inside) {
                    System.arraycopy(batch.data(), at, taps.data(), tap, outSlice);
                }
            }
        }
    }

    @Override
    public Matrix forward(Matrix inputs) {
        move(inputs, images, true);
        Matrix taps = ofImages.forward(images);
        int volume = depth.size() * outSlice;
        Param bias = layer.bias();
        for (int i = 0; i < outputs.cols() * outputs.rows(); i += volume) {
            float first = bias == null ? 0 : bias.value().data()[i / volume % outChannels];
            Arrays.fill(outputs.data(), i, i + volume, first);
        }
        spread(taps, outputs, true);
        ready = true;
        return outputs;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, training, ready ? this : null);
        spread(imageGradients, outputGradient, false);
        Param bias = layer.bias();
        if (bias != null) {
            float beta = bias.accumulator().nextBeta();
            sums.channelSums(outputGradient, beta, bias.gradient());
        }
        Matrix gradients = ofImages.backward(imageGradients);
        if (inputGradient != null) {
            move(inputGradient, gradients, false);
        }
        return inputGradient;
    }
}
