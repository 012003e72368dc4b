package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.conv.MaxPoolIndices.Plane;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;

/**
 * Looks through the windows of each channel, which are its own: plain loops on the caller's thread.
 * An image is a volume of depth 1.
 */
final class FractionalMaxPass implements Pass {

    private static final int SIDES = 3;

    private final FractionalMaxPool layer;
    private final Workspace workspace;
    private final int channels;
    private final int drawnSides;
    private final int[] kernel = {1, 1, 1};
    private final int[] sizes;
    private final int[][] starts;
    private final Plane in;
    private final Plane out;
    private final float[] drawn;
    private final Matrix outputs;
    private final Matrix inputGradient;

    /** Of each value, where it was in its channel. */
    private final int[] places;

    private boolean ready;

    FractionalMaxPass(FractionalMaxPool layer, Shape input, Shape output, Workspace workspace) {
        this.layer = layer;
        this.workspace = workspace;
        channels = input.dimension(0);
        drawnSides = input.rank() - 1;
        in = Plane.of(input);
        out = Plane.of(output);
        sizes = new int[] {in.depth(), in.height(), in.width()};
        starts = new int[][] {new int[out.depth()], new int[out.height()], new int[out.width()]};
        for (int side = 0; side < drawnSides; side++) {
            kernel[SIDES - drawnSides + side] = layer.kernel(side);
        }
        outputs = workspace.buffer(output);
        inputGradient = workspace.inputGradientBuffer(input);
        drawn = new float[workspace.batch() * channels * drawnSides];
        places = new int[workspace.batch() * channels * out.size()];
    }

    @Override
    public Matrix forward(Matrix inputs) {
        int first = workspace.firstRow() * channels * drawnSides;
        layer.draw(drawn, first, workspace.training());
        for (int i = 0; i < inputs.rows() * channels; i++) {
            placeWindows(i * drawnSides);
            int row = inputs.offset() + i / channels * inputs.ld();
            pool(i, inputs.data(), row + i % channels * in.size());
        }
        ready = true;
        return outputs;
    }

    private void placeWindows(int first) {
        for (int side = 0; side < drawnSides; side++) {
            int axis = SIDES - drawnSides + side;
            float u = drawn[first + layer.numberOf(side)];
            FractionalMaxPool.place(u, sizes[axis], kernel[axis], starts[axis]);
        }
    }

    /** Pools channel i of all channels of the batch, which begins at {@code from}. */
    private void pool(int i, float[] x, int from) {
        int values = i / channels * outputs.ld() + i % channels * out.size();
        int indices = values + channels * out.size();
        int o = 0;
        for (int z : starts[0]) {
            for (int y : starts[1]) {
                for (int column : starts[2]) {
                    int found = largest(x, from, z, y, column);
                    places[i * out.size() + o] = found;
                    outputs.data()[values + o] = x[from + found];
                    if (layer.makesIndices()) {
                        outputs.data()[indices + o] = found;
                    }
                    o++;
                }
            }
        }
    }

    private int largest(float[] x, int from, int z, int y, int column) {
        int found = in.index(z, y, column);
        float largest = Float.NEGATIVE_INFINITY;
        for (int a = z; a < z + kernel[0]; a++) {
            for (int b = y; b < y + kernel[1]; b++) {
                for (int c = column; c < column + kernel[2]; c++) {
                    int at = in.index(a, b, c);
                    if (x[from + at] > largest || Float.isNaN(x[from + at])) {
                        largest = x[from + at];
                        found = at;
                    }
                }
            }
        }
        return found;
    }

    @Override
    public Matrix backward(Matrix outputGradient) {
        Passes.requireForward(layer, workspace.training(), ready ? this : null);
        if (inputGradient == null) {
            return null;
        }
        Arrays.fill(inputGradient.data(), 0);
        for (int i = 0; i < outputGradient.rows() * channels; i++) {
            int row = i / channels;
            int channel = i % channels;
            int from = outputGradient.offset() + row * outputGradient.ld() + channel * out.size();
            int to = row * inputGradient.ld() + channel * in.size();
            for (int o = 0; o < out.size(); o++) {
                float dy = outputGradient.data()[from + o];
                inputGradient.data()[to + places[i * out.size() + o]] += dy;
            }
        }
        return inputGradient;
    }
}
