package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** Makes the same sample for each row of the batch, of no input, and nothing trains it. */
public final class Constant implements Merge {

    private final Shape shape;
    private final float[] numbers;

    /**
     * Makes the layer.
     *
     * @throws IllegalArgumentException if there are not as many numbers as features
     */
    public Constant(Shape shape, float... numbers) {
        this.shape = Objects.requireNonNull(shape, "shape");
        this.numbers = numbers.clone();
        if (numbers.length != shape.features()) {
            throw new IllegalArgumentException(
                    "%s: %s numbers; give %s".formatted(this, numbers.length, shape.features()));
        }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (!inputs.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes none".formatted(this, inputs.size()));
        }
        return shape;
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        Matrix outputs = workspace.buffer(outputShape(inputs));
        for (int i = 0; i < outputs.rows(); i++) {
            System.arraycopy(numbers, 0, outputs.data(), i * outputs.ld(), numbers.length);
        }
        return new MergePass() {
            private final Matrix[] none = {};

            @Override
            public Matrix forward(Matrix[] inputs) {
                return outputs;
            }

            @Override
            public Matrix[] backward(Matrix outputGradient) {
                return none;
            }
        };
    }

    @Override
    public SequencedMap<String, Object> options() {
        List<Float> all = new ArrayList<>();
        for (float number : numbers) {
            all.add(number);
        }
        return Named.of("shape", shape.toList(), "value", all);
    }

    @Override
    public String toString() {
        return "Constant(%s)".formatted(shape);
    }
}
