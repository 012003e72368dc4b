package io.github.lanewise.nn;

import io.github.lanewise.engine.Matrix;

/** Gives a parameter the values from which training starts. */
@FunctionalInterface
public interface Initializer {

    /**
     * Writes every element.
     *
     * @param value the parameter's values, without padding between rows
     * @param random the parameter's own stream
     */
    void fill(Matrix value, RandomStream random);

    /** Returns one that draws from U(-bound, bound), row by row. */
    static Initializer uniform(float bound) {
        return (value, random) -> {
            float[] data = value.data();
            for (int i = 0; i < value.size(); i++) {
                data[value.offset() + i] = random.uniform(-bound, bound);
            }
        };
    }

    /** Returns one that gives every element the same number. */
    static Initializer constant(float number) {
        return (value, random) ->
                java.util.Arrays.fill(
                        value.data(), value.offset(), value.offset() + value.size(), number);
    }

    /**
     * Returns PyTorch's default for the weight and bias of {@link Linear}: U(-b, b) with b = 1 /
     * sqrt(fan in). For the weight that is He initialisation (He et al., 2015) for a leaky ReLU of
     * slope sqrt(5): b = sqrt(2 / (1 + 5)) sqrt(3 / fan in).
     */
    static Initializer kaimingUniform(int fanIn) {
        return uniform((float) (1 / Math.sqrt(fanIn)));
    }
}
