package io.github.lanewise.bench.front;

import java.util.List;

/**
 * A vector for each character and one for its position, encoder layers in which a step sees itself
 * and earlier ones alone, with GELU, and a layer normalization. Each step has an answer: which
 * character comes next.
 *
 * @param characters in the alphabet
 * @param steps of a sample
 * @param encoder the layers
 */
public record Characters(int characters, int steps, Encoder encoder) implements Front {

    @Override
    public int[] input() {
        return new int[] {steps};
    }

    @Override
    public List<Double> flops() {
        return encoder.flops(steps);
    }

    @Override
    public boolean startsTrained() {
        return true;
    }

    @Override
    public int answers() {
        return steps;
    }
}
