package io.github.lanewise.bench.front;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers, and categories by a vector each, side by side; then linear layers, each with batch
 * normalization, ReLU and dropout.
 *
 * <p>A sample has its numbers first, then the index of each category.
 *
 * @param numbers of a sample
 * @param levels how many each category has
 * @param vector features of a level
 * @param hidden units of each linear layer
 * @param dropout probability that a unit is dropped
 */
public record Tabular(
        int numbers, List<Integer> levels, int vector, List<Integer> hidden, float dropout)
        implements Front {

    @Override
    public int[] input() {
        return new int[] {numbers + levels.size()};
    }

    /** Returns the features of the first linear layer's input. */
    public int joined() {
        return numbers + levels.size() * vector;
    }

    @Override
    public List<Double> flops() {
        List<Double> flops = new ArrayList<>();
        int in = joined();
        for (int out : hidden) {
            flops.add(Front.product(in, out));
            in = out;
        }
        return flops;
    }

    @Override
    public boolean startsTrained() {
        return true;
    }
}
