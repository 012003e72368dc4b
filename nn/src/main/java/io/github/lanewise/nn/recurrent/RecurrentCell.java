package io.github.lanewise.nn.recurrent;

import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.internal.Named;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * One step of a recurrent layer, for loops of one's own: {@link RNNCell}, {@link LSTMCell}, {@link
 * GRUCell}. A whole sequence is faster by {@link Recurrent}, step by step inference by {@code
 * StepwiseSession}.
 *
 * <p>In a graph it takes the inputs of the step and the states before it, and gives the states
 * after it: {@link #call}. One cell called again and again has one set of parameters. Those have
 * PyTorch's names, {@code weight_ih}, {@code weight_hh}, {@code bias_ih}, {@code bias_hh}, its
 * first values, and the layouts of {@link Recurrent}.
 */
public abstract sealed class RecurrentCell implements Merge permits RNNCell, LSTMCell, GRUCell {

    private static final String SUFFIX = "_l0";

    private final Recurrent layer;

    RecurrentCell(Recurrent layer) {
        this.layer = layer;
    }

    /** Returns the layer of one step that has these parameters, under names of its own. */
    public final Recurrent layer() {
        return layer;
    }

    private int stateCount() {
        return layer instanceof LSTM ? 2 : 1;
    }

    private Shape state() {
        return new Shape(layer.recurrence().units());
    }

    /**
     * Takes one step in a graph: PyTorch's {@code h, c = cell(x, (h, c))}.
     *
     * @param inputs of the step
     * @param states before the step: {@code h}, and for an {@link LSTMCell} {@code c}; none to
     *     start from zeros
     * @return the states after the step: {@code h}, and for an LSTMCell {@code c}
     * @throws IllegalArgumentException if a shape does not fit
     */
    public final List<Value> call(Value inputs, Value... states) {
        Value[] all = new Value[1 + states.length];
        all[0] = inputs;
        System.arraycopy(states, 0, all, 1, states.length);
        Value made = Value.merge(this, all);
        return stateCount() == 1 ? List.of(made) : made.parts(Collections.nCopies(2, state()));
    }

    /** Returns the shape of all states after the step, side by side. */
    @Override
    public final Shape outputShape(List<Shape> inputs) {
        Recurrence extent = layer.recurrence();
        boolean from = inputs.size() == 1 || inputs.size() == 1 + stateCount();
        boolean fits = from && inputs.getFirst().equals(new Shape(extent.inputs()));
        for (Shape given : inputs.subList(1, inputs.size())) {
            fits &= given.equals(state());
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: inputs are %s; it takes those of a step, %s, and %s %s of %s, or none"
                            .formatted(
                                    this,
                                    inputs,
                                    new Shape(extent.inputs()),
                                    stateCount(),
                                    stateCount() == 1 ? "state" : "states",
                                    state()));
        }
        return new Shape(stateCount() * extent.units());
    }

    /** Returns null: a step is no sequence. */
    @Override
    public final Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        return null;
    }

    @Override
    public final MergePass bind(List<Shape> inputs, Workspace workspace) {
        outputShape(inputs);
        if (workspace.stepPosition() != null) {
            throw new IllegalArgumentException(
                    "%s: it keeps no states between steps; StepwiseSession takes RNN, LSTM, GRU"
                            .formatted(this));
        }
        Workspace own = workspace.lengths((Lengths) null);
        return new CellPass(
                layer.bind(new Shape(1, inputs.getFirst().features()), own),
                inputs,
                outputShape(inputs),
                workspace);
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        layer.parameters()
                .forEach(
                        (name, value) ->
                                parameters.put(
                                        name.substring(0, name.length() - SUFFIX.length()), value));
        return parameters;
    }

    @Override
    public SequencedMap<String, Object> options() {
        Recurrence extent = layer.recurrence();
        return Named.of(
                "inputSize", extent.inputs(), "hiddenSize", extent.units(), "bias", extent.bias());
    }

    @Override
    public final String toString() {
        String name = layer.getClass().getSimpleName();
        return getClass().getSimpleName() + layer.toString().substring(name.length());
    }
}
