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
 * Makes images smaller by moving space into channels, the opposite of {@link PixelShuffle}: inputs
 * of c x r height x r width become c r<sup>2</sup> x height x width.
 */
public final class PixelUnshuffle implements Layer {

    private final int factor;

    /**
     * Makes a layer.
     *
     * @param factor r, the ratio of the sides
     * @throws IllegalArgumentException if it is below 1
     */
    public PixelUnshuffle(int factor) {
        if (factor < 1 || factor > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "PixelUnshuffle: factor is %s; it must be from 1 to %s"
                            .formatted(factor, Short.MAX_VALUE));
        }
        this.factor = factor;
    }

    @Override
    public Shape outputShape(Shape input) {
        Images.require(this, input);
        if (input.dimension(1) % factor != 0 || input.dimension(2) % factor != 0) {
            throw new IllegalArgumentException(
                    "%s: input is %s; height and width must be multiples of %s"
                            .formatted(this, input, factor));
        }
        return new Shape(
                Math.multiplyExact(input.dimension(0), factor * factor),
                input.dimension(1) / factor,
                input.dimension(2) / factor);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int[] sources = new int[input.features()];
        int[] back = PixelShuffle.sources(factor, input);
        for (int large = 0; large < back.length; large++) {
            sources[back[large]] = large;
        }
        FeatureMap map = FeatureMap.select(sources.length, sources);
        return new FeatureMapPass(this, map, input, output, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("downscaleFactor", factor);
    }

    @Override
    public String toString() {
        return "PixelUnshuffle(%s)".formatted(factor);
    }
}
