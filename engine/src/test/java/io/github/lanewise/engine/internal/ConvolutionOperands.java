package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.Rig.Values;

import java.util.List;

/** Operands of all three directions, inside guarded arrays. */
record ConvolutionOperands(Convolution shape, Matrix x, Matrix weight, Matrix dy, Matrix bias) {

    /** Images of a batch, unless a test says otherwise. */
    static final int IMAGES = 3;

    static ConvolutionOperands of(Convolution shape, Values values, long seed) {
        return of(shape, IMAGES, values, seed);
    }

    static ConvolutionOperands of(Convolution shape, int images, Values values, long seed) {
        Window window = shape.window();
        return new ConvolutionOperands(
                shape,
                Rig.matrix(images, shape.inChannels() * window.inputs(), 3, values, seed),
                Rig.matrix(shape.outChannels(), shape.depth(), 2, values, seed + 1),
                Rig.matrix(images, shape.outChannels() * window.outputs(), 1, values, seed + 2),
                Rig.matrix(
                        1, Math.max(shape.inChannels(), shape.outChannels()), 0, values, seed + 3));
    }

    Matrix bias(int channels) {
        return new Matrix(bias.data(), bias.offset(), 1, channels, channels);
    }

    List<Epilogue> epilogues(int channels, Matrix saved) {
        return List.of(
                Epilogue.NONE,
                Epilogue.activate(bias(channels), Activation.RELU),
                Epilogue.gradient(Activation.RELU, saved));
    }
}
