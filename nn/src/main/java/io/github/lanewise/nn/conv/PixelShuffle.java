package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * Makes images larger by moving channels into space (Shi and others, 2016): inputs of c
 * r<sup>2</sup> x height x width become c x r height x r width. Channel c r<sup>2</sup> + i r + j
 * goes to the elements whose row is i and whose column is j modulo r.
 */
public final class PixelShuffle implements Layer {

    private final int factor;

    /**
     * Makes a layer.
     *
     * @param factor r, the ratio of the sides
     * @throws IllegalArgumentException if it is below 1
     */
    public PixelShuffle(int factor) {
        if (factor < 1 || factor > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "PixelShuffle: factor is %s; it must be from 1 to %s"
                            .formatted(factor, Short.MAX_VALUE));
        }
        this.factor = factor;
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input);
        int channels = input.dimension(0);
        if (channels % (factor * factor) != 0) {
            throw new IllegalArgumentException(
                    "%s: input has %s channels; they must be a multiple of %s"
                            .formatted(this, channels, factor * factor));
        }
        return new Shape(
                channels / (factor * factor),
                Math.multiplyExact(input.dimension(1), factor),
                Math.multiplyExact(input.dimension(2), factor));
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int[] sources = sources(factor, output);
        FeatureMap map = FeatureMap.select(sources.length, sources);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    /** Returns where each element of the larger images lies in the smaller ones. */
    static int[] sources(int r, Shape large) {
        int height = large.dimension(1);
        int width = large.dimension(2);
        int[] sources = new int[large.features()];
        for (int at = 0; at < sources.length; at++) {
            int channel = at / (height * width);
            int row = at / width % height;
            int col = at % width;
            int from = channel * r * r + row % r * r + col % r;
            sources[at] = (from * (height / r) + row / r) * (width / r) + col / r;
        }
        return sources;
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("upscaleFactor", factor);
    }

    @Override
    public String toString() {
        return "PixelShuffle(%s)".formatted(factor);
    }
}
