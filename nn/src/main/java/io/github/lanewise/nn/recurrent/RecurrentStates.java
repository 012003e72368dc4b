package io.github.lanewise.nn.recurrent;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.Named;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * A recurrent layer whose initial states are inputs beside the sequence, and whose last states are
 * outputs: what {@link Recurrent#call} puts into a graph.
 *
 * <p>States are (layers x directions) x features, in PyTorch's order: {@code h_0}, and for an
 * {@link LSTM} {@code c_0}. The outputs are those of the layer, {@code h_n} and {@code c_n}, side
 * by side in one row. Backward goes through the last states into the sequence, and from there into
 * the initial ones.
 */
public final class RecurrentStates implements Merge {

    private final Recurrent layer;

    /** Makes a call of this layer. */
    public RecurrentStates(Recurrent layer) {
        this.layer = Objects.requireNonNull(layer, "layer");
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return Named.of("layer", layer);
    }

    Recurrent layer() {
        return layer;
    }

    /** Returns the shapes of the states: the hidden one, and of an LSTM its cell state. */
    List<Shape> stateShapes() {
        Recurrence r = layer.recurrence();
        int count = r.layers() * r.directions();
        Shape hidden = new Shape(count, r.state());
        return layer instanceof LSTM
                ? List.of(hidden, new Shape(count, r.units()))
                : List.of(hidden);
    }

    /** Returns the shapes of the outputs and of the last states. */
    List<Shape> parts(Shape sequence) {
        List<Shape> parts = new ArrayList<>();
        parts.add(layer.outputShape(sequence));
        parts.addAll(stateShapes());
        return parts;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        List<Shape> states = stateShapes();
        if (inputs.size() != 1 && !inputs.subList(1, inputs.size()).equals(states)) {
            throw new IllegalArgumentException(
                    "%s: initial states are %s; they must be %s (layers x directions, features)"
                            .formatted(layer, inputs.subList(1, inputs.size()), states));
        }
        return new Shape(new Columns(parts(inputs.getFirst())).features());
    }

    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        Lengths[] made = new Lengths[1 + stateShapes().size()];
        Lengths ofSequence = lengths.part(0);
        made[0] = ofSequence == null ? null : layer.outputLengths(inputs.getFirst(), ofSequence);
        return Lengths.several(made);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        outputShape(inputs);
        if (workspace.stepPosition() != null && inputs.size() > 1) {
            throw new IllegalArgumentException(
                    "%s: step by step it goes on from its own states, not from initial ones"
                            .formatted(this));
        }
        Workspace own = workspace.lengths(workspace.lengths(0));
        RecurrentPass pass = layer.bind(inputs.getFirst(), own);
        return new StatesPass(this, inputs, pass, workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("layer", layer);
    }

    @Override
    public String toString() {
        return "RecurrentStates(%s)".formatted(layer);
    }
}
