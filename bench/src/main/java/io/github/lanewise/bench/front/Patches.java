package io.github.lanewise.bench.front;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear layer for each patch of an image, encoder layers with ReLU, a layer normalization.
 *
 * @param patches of an image
 * @param values of a patch
 * @param encoder the layers
 */
public record Patches(int patches, int values, Encoder encoder) implements Front {

    @Override
    public int[] input() {
        return new int[] {patches, values};
    }

    @Override
    public List<Double> flops() {
        List<Double> flops = new ArrayList<>();
        flops.add(patches * Front.product(values, encoder.features()));
        flops.addAll(encoder.flops(patches));
        return flops;
    }
}
