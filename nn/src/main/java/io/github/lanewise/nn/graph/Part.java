package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.internal.RowCopy;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Takes one of several values that lie side by side in one row of features, such as the outputs of
 * a {@link Model}: a window, nothing is copied. Backward: the others have gradient 0.
 */
public final class Part implements Layer {

    private final List<Shape> shapes;
    private final int index;

    /**
     * Makes a layer.
     *
     * @param shapes of all the values, in order
     * @param index of the one that is taken, from 0
     * @throws IndexOutOfBoundsException if there is no such value
     */
    public Part(List<Shape> shapes, int index) {
        this.shapes = List.copyOf(shapes);
        this.index = Objects.checkIndex(index, shapes.size());
    }

    @Override
    public Shape outputShape(Shape input) {
        int features = new Columns(shapes).features();
        if (input.features() != features) {
            throw new IllegalArgumentException(
                    "%s: input is %s, which has %s features; the values have %s"
                            .formatted(this, input, input.features(), features));
        }
        return shapes.get(index);
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths.part(index);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        Matrix gradient = workspace.inputGradientBuffer(input);
        return new PartPass(gradient, workspace.training());
    }

    private final class PartPass implements Pass {

        private final Columns columns = new Columns(shapes);
        private final boolean training;
        private final Matrix gradient;
        private final Matrix window;
        private boolean ready;

        PartPass(Matrix gradient, boolean training) {
            this.training = training;
            this.gradient = gradient;
            this.window = gradient == null ? null : new Columns(shapes).split(gradient)[index];
        }

        @Override
        public Matrix forward(Matrix inputs) {
            ready = true;
            return columns.split(inputs)[index];
        }

        @Override
        public Matrix backward(Matrix outputGradient) {
            Passes.requireForward(Part.this, training, ready ? this : null);
            if (window != null) {
                RowCopy.copy(outputGradient, window);
            }
            return gradient;
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("shapes", shapes.stream().map(Shape::toList).toList(), "index", index);
    }

    @Override
    public String toString() {
        return "Part(%s of %s)".formatted(index, Arrays.toString(shapes.toArray()));
    }
}
