package io.github.lanewise.nn.recurrent;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.Dropout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A layer that reads a sequence step by step and remembers: {@link RNN}, {@link LSTM}, {@link GRU}.
 *
 * <p>Inputs are batch x (steps x inputs), outputs batch x (steps x units): the hidden state after
 * each step; with {@code lastOutput()} batch x units, the hidden state after the last. Several
 * layers stand on each other, each reading the outputs of the one below. A bidirectional layer has
 * a second set of parameters that reads backwards; its outputs stand behind the others of the same
 * step (and its last one is that after the first step).
 *
 * <p><b>Sequences of unequal length</b> ({@link Lengths}) are read as PyTorch reads a packed
 * sequence: outputs behind the end are 0, the last state is that after the last step that counts,
 * and the backward direction starts there.
 *
 * <p>Parameters have PyTorch's names, {@code weight_ih_l0}, {@code weight_hh_l0}, {@code
 * bias_ih_l0}, {@code bias_hh_l0}, {@code weight_ih_l0_reverse} and so on, and its initialization,
 * U(-b, b) with b = 1 / sqrt(units). Weights are inputs x (gates x units) and units x (gates x
 * units): PyTorch's transposed. Backward goes back through all steps (Werbos, "Backpropagation
 * through time", 1990).
 */
public abstract sealed class Recurrent implements Layer permits RNN, LSTM, GRU {

    private final Options options = new Options();
    private final int gates;
    private Recurrence recurrence;
    private Dropout dropout;
    private List<RecurrentWeights> weights;

    Recurrent(int inputs, int units, int gates) {
        this.recurrence = new Recurrence(inputs, units);
        this.gates = gates;
    }

    final void requireOpen(String option) {
        options.requireOpen(this, option);
    }

    final void setNumLayers(int number) {
        requireOpen("numLayers");
        recurrence = recurrence.layers(number);
    }

    final void setBidirectional() {
        requireOpen("bidirectional");
        recurrence = recurrence.inBothDirections();
    }

    final void setLastOutput() {
        requireOpen("lastOutput");
        recurrence = recurrence.lastAlone();
    }

    final void setWithoutBias() {
        requireOpen("withoutBias");
        recurrence = recurrence.withoutBias();
    }

    final void setDropout(float p) {
        requireOpen("dropout");
        dropout = p == 0 ? null : new Dropout(p);
    }

    final void setProjSize(int features) {
        requireOpen("projSize");
        recurrence = recurrence.projectedTo(features);
    }

    private synchronized List<RecurrentWeights> weights() {
        options.close();
        if (weights == null) {
            List<RecurrentWeights> made = new ArrayList<>();
            int inputs = recurrence.inputs();
            for (int level = 0; level < recurrence.layers(); level++) {
                for (int direction = 0; direction < recurrence.directions(); direction++) {
                    String suffix = "_l" + level + (direction == 0 ? "" : "_reverse");
                    made.add(new RecurrentWeights(suffix, inputs, recurrence, gates));
                }
                inputs = recurrence.width();
            }
            weights = List.copyOf(made);
        }
        return weights;
    }

    /** Makes the computation of one direction of one layer. */
    abstract Direction direction(DirectionPlan plan);

    final Recurrence recurrence() {
        return recurrence;
    }

    /** Returns what drops outputs between layers, or null. */
    final Dropout dropout() {
        return dropout;
    }

    /** Returns the dropout between layers, if there is one, under the name {@code dropout}. */
    @Override
    public final SequencedMap<String, Layer> children() {
        options.close();
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        if (dropout != null) {
            children.put("dropout", dropout);
        }
        return children;
    }

    final RecurrentWeights weights(int level, int direction) {
        return weights().get(level * recurrence.directions() + direction);
    }

    @Override
    public final Shape outputShape(Shape input) {
        options.close();
        LastDimensions.requireSequence(this, input, recurrence.inputs());
        return recurrence.lastOutput()
                ? new Shape(recurrence.width())
                : new Shape(input.dimension(0), recurrence.width());
    }

    /** Returns the lengths of the inputs, or null of the last output, which is one row. */
    @Override
    public final Lengths outputLengths(Shape input, Lengths lengths) {
        return recurrence.lastOutput() ? null : lengths;
    }

    @Override
    public final SequencedMap<String, Param> parameters() {
        SequencedMap<String, Param> parameters = new LinkedHashMap<>();
        weights().forEach(w -> w.addTo(parameters));
        return parameters;
    }

    /** Makes a pass that also gives access to the states before and after the sequence. */
    @Override
    public final RecurrentPass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return new RecurrentPass(this, input.dimension(0), workspace);
    }

    /**
     * Calls the layer in a graph, with its states as values: PyTorch's {@code output, (h_n, c_n) =
     * lstm(x, (h_0, c_0))}.
     *
     * @param inputs the sequence
     * @param initialStates (layers x directions) x features: {@code h_0}, and for an {@link LSTM}
     *     {@code c_0}; none to start from zeros
     * @return the outputs, {@code h_n}, and for an LSTM {@code c_n}
     * @throws IllegalArgumentException if a shape does not fit
     */
    public final List<Value> call(Value inputs, Value... initialStates) {
        Value[] all = new Value[1 + initialStates.length];
        all[0] = inputs;
        System.arraycopy(initialStates, 0, all, 1, initialStates.length);
        RecurrentStates call = new RecurrentStates(this);
        return Value.merge(call, all).parts(call.parts(inputs.shape()));
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        all.put("inputSize", recurrence.inputs());
        all.put("hiddenSize", recurrence.units());
        all.put("numLayers", recurrence.layers());
        all.put("bidirectional", recurrence.bidirectional());
        all.put("lastOutput", recurrence.lastOutput());
        if (!recurrence.bias()) {
            all.put("bias", false);
        }
        if (dropout != null) {
            all.put("dropout", dropout.p());
        }
        if (recurrence.projection() > 0) {
            all.put("projSize", recurrence.projection());
        }
        return all;
    }

    @Override
    public String toString() {
        String name = getClass().getSimpleName() + recurrence;
        return dropout == null ? name : name + " with " + dropout;
    }
}
