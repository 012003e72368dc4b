package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Images;
import io.github.lanewise.nn.internal.Named;

import java.util.Arrays;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What the pools of sequences and images whose outputs have a given size have in common. */
abstract class AdaptivePool implements Layer {

    private final int[] size;

    /**
     * @param size of the outputs: a length, or a height and a width
     */
    AdaptivePool(int... size) {
        this.size = size;
        if (Arrays.stream(size).min().getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "%s: output is %s; %s must be 1 or more"
                            .formatted(
                                    getClass().getSimpleName(),
                                    text(),
                                    isOfImages() ? "each" : "it"));
        }
    }

    private boolean isOfImages() {
        return size.length == 2;
    }

    private String text() {
        return Arrays.stream(size).mapToObj(String::valueOf).collect(Collectors.joining("x"));
    }

    /** Makes a pass over these regions. */
    abstract Pass pass(
            Regions rows, Regions cols, Matrix outputs, Matrix inputGradient, Workspace workspace);

    @Override
    public final Shape outputShape(Shape input) {
        if (isOfImages()) {
            Images.require(this, input);
            return new Shape(input.dimension(0), size[0], size[1]);
        }
        Images.require(this, input, 2, "sequences: channels x length");
        return new Shape(input.dimension(0), size[0]);
    }

    @Override
    public final Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        int last = size.length;
        return pass(
                isOfImages()
                        ? Regions.adaptive(input.dimension(1), size[0])
                        : Regions.adaptive(1, 1),
                Regions.adaptive(input.dimension(last), size[last - 1]),
                workspace.buffer(output),
                workspace.inputGradientBuffer(input),
                workspace);
    }

    @Override
    public final SequencedMap<String, Object> options() {
        return Named.of(
                "outputSize", isOfImages() ? Arrays.stream(size).boxed().toList() : size[0]);
    }

    @Override
    public final String toString() {
        return "%s(%s)".formatted(getClass().getSimpleName(), text());
    }
}
