package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.init.Fans;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.internal.Named;

import java.util.Locale;
import java.util.SequencedMap;

/**
 * Gives each number a few features that tell its neighbourhood: x itself and weight<sub>k</sub>
 * cos(2 pi (frequency<sub>k</sub> x + phase<sub>k</sub>)) + bias<sub>k</sub>, with matrices of its
 * own for each number k (Gorishniy et al., "On embeddings for numerical features", 2022; in the
 * form with phases and the number itself of Holzmueller et al., "Better by default", 2024).
 *
 * <p>Inputs are batch x n. Outputs are batch x n m: first the n numbers, then m - 1 features for
 * each. Frequencies start from N(0, deviation^2), phases (in turns) from U(-1/2, 1/2), weight and
 * bias from U(-b, b) with b = 1 / sqrt(waves).
 */
public final class PeriodicEmbedding implements Layer {

    private final int numbers;
    private final int waves;
    private final int features;
    private final float deviation;
    private final Param frequency;
    private final Param phase;
    private final Param weight;
    private final Param bias;

    /**
     * Makes a layer.
     *
     * @param numbers n, of a sample
     * @param waves cosines for each number
     * @param features m, made of each number; the number itself is one of them
     * @param deviation of the first frequencies, in turns for each unit
     * @throws IllegalArgumentException if there are no numbers or waves, or less than two features
     */
    public PeriodicEmbedding(int numbers, int waves, int features, float deviation) {
        if (numbers < 1 || waves < 1 || features < 2) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "PeriodicEmbedding: %d numbers, %d waves, %d features; there must be 1,"
                                    + " 1 and 2 or more",
                            numbers,
                            waves,
                            features));
        }
        this.numbers = numbers;
        this.waves = waves;
        this.features = features;
        this.deviation = deviation;
        this.frequency =
                new Param(numbers, waves, Initializer.normal(0, deviation))
                        .withoutFans()
                        .savedAs(new Shape(numbers, waves));
        this.phase = new Param(1, numbers * waves, Initializer.uniform(0.5f));
        this.weight =
                new Param(numbers * waves, features - 1, Initializer.kaimingUniform(waves))
                        .fans(Fans.ofColumns(waves, features - 1))
                        .savedAs(new Shape(numbers, waves, features - 1));
        this.bias = new Param(1, numbers * (features - 1), Initializer.kaimingUniform(waves));
    }

    int numbers() {
        return numbers;
    }

    int waves() {
        return waves;
    }

    int features() {
        return features;
    }

    /** Returns the frequencies, in turns for each unit: numbers x waves. */
    public Param frequency() {
        return frequency;
    }

    /** Returns the phases, in turns: 1 x numbers waves. */
    public Param phase() {
        return phase;
    }

    /** Returns the weights: numbers waves x (features - 1), waves rows for each number. */
    public Param weight() {
        return weight;
    }

    /** Returns the biases: 1 x numbers (features - 1). */
    public Param bias() {
        return bias;
    }

    @Override
    public Shape inputShape() {
        return new Shape(numbers);
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 1 || input.features() != numbers) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: input is %s, the layer takes %d numbers",
                            this,
                            input,
                            numbers));
        }
        return new Shape(numbers * features);
    }

    @Override
    public SequencedMap<String, Param> parameters() {
        return Named.of("frequency", frequency, "phase", phase, "weight", weight, "bias", bias);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return new PeriodicEmbeddingPass(this, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of(
                "numbers", numbers, "waves", waves, "features", features, "deviation", deviation);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "PeriodicEmbedding(%d -> %d, %d waves)",
                numbers,
                numbers * features,
                waves);
    }
}
