package io.github.lanewise.nn.conv;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.FeatureMapPass;
import io.github.lanewise.nn.internal.Named;

import java.util.SequencedMap;

/**
 * Mixes the channels of groups (Zhang and others, "ShuffleNet", 2018): of g groups of n channels,
 * channel j of group i becomes channel j g + i. Inputs are channels x any further dimensions.
 */
public final class ChannelShuffle implements Layer {

    private final int groups;

    /**
     * Makes a layer.
     *
     * @throws IllegalArgumentException if there are no groups
     */
    public ChannelShuffle(int groups) {
        if (groups < 1) {
            throw new IllegalArgumentException(
                    "ChannelShuffle: %s groups; there must be 1 or more".formatted(groups));
        }
        this.groups = groups;
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.dimension(0) % groups != 0) {
            throw new IllegalArgumentException(
                    "%s: input has %s channels; they must be a multiple of %s"
                            .formatted(this, input.dimension(0), groups));
        }
        return input;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        int channels = input.dimension(0);
        int ofGroup = channels / groups;
        int size = input.features() / channels;
        int[] sources = new int[input.features()];
        for (int at = 0; at < sources.length; at++) {
            int channel = at / size;
            sources[at] = (channel % groups * ofGroup + channel / groups) * size + at % size;
        }
        FeatureMap map = FeatureMap.select(sources.length, sources);
        return new FeatureMapPass(this, map, input, input, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("groups", groups);
    }

    @Override
    public String toString() {
        return "ChannelShuffle(%s)".formatted(groups);
    }
}
