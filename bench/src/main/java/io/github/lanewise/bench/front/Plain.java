package io.github.lanewise.bench.front;

import java.util.List;

/**
 * Nothing: samples go to the linear layers.
 *
 * @param features of a sample
 */
public record Plain(int features) implements Front {

    @Override
    public int[] input() {
        return new int[] {features};
    }

    @Override
    public List<Double> flops() {
        return List.of();
    }
}
