package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * A rectifier that learns how much it leaks: y = x where x &gt; 0, else w x, with one w for all
 * values or one for each channel (He and others, 2015).
 *
 * <p>Backward: dx = dy where x &gt; 0, else w dy; dw = the sum of min(x, 0) dy over the batch and
 * all values that share w. A channel is the first dimension of the input.
 */
public final class PReLU implements Layer {

    private static final float INITIAL = 0.25f;

    private final int channels;
    private final float initial;
    private final Param weight;

    /** Makes the layer with one weight for all values, at first 0.25. */
    public PReLU() {
        this(1, INITIAL);
    }

    /**
     * Makes the layer.
     *
     * @param channels how many weights: 1, or as many as the input has channels
     * @param initial first value of the weights
     * @throws IllegalArgumentException if there is no channel
     */
    public PReLU(int channels, float initial) {
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "PReLU: %s weights; there must be 1 or more".formatted(channels));
        }
        this.channels = channels;
        this.initial = initial;
        this.weight = new Param(1, channels, Initializer.constant(initial));
    }

    /** Returns the weight, 1 x channels. */
    public Param weight() {
        return weight;
    }

    @Override
    public Shape outputShape(Shape input) {
        if (channels != 1 && input.dimension(0) != channels) {
            throw new IllegalArgumentException(
                    "%s: input is %s, which has %s channels; the layer takes %s"
                            .formatted(this, input, input.dimension(0), channels));
        }
        return input;
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("weight", weight);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return new PReLUPass(this, outputShape(input), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("numParameters", channels, "init", initial);
    }

    @Override
    public String toString() {
        return "PReLU(%s)".formatted(channels);
    }
}
