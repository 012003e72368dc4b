package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;
import io.github.lanewise.nn.recurrent.Recurrent;
import io.github.lanewise.nn.recurrent.RecurrentCell;
import io.github.lanewise.nn.recurrent.RecurrentStates;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Recurrent layers. ONNX wants the steps before the batch, one array for both directions, both
 * biases in one row, and the gates in an order of its own.
 */
final class RecurrentEmitters {

    // For each of ONNX's gates the number of PyTorch's: input, output, forget, cell of input,
    // forget, cell, output; update, reset, hidden of reset, update, hidden.
    private static final int[] LSTM_GATES = {0, 3, 1, 2};
    private static final int[] GRU_GATES = {1, 0, 2};
    private static final int[] RNN_GATES = {0};

    private RecurrentEmitters() {}

    static void add(Emitters all) {
        all.with(LSTM.class, RecurrentEmitters::outputs)
                .with(GRU.class, RecurrentEmitters::outputs)
                .with(RNN.class, RecurrentEmitters::outputs)
                .withMerge(RecurrentStates.class, RecurrentEmitters::states)
                .withMerge(RNNCell.class, RecurrentEmitters::cell)
                .withMerge(LSTMCell.class, RecurrentEmitters::cell)
                .withMerge(GRUCell.class, RecurrentEmitters::cell);
    }

    /** How ONNX says a layer: operator, order of its gates, attributes of its own. */
    private record Kind(String operator, int[] gates, OnnxAttribute... more) {

        static Kind of(Recurrent layer, int directions) {
            return switch (layer) {
                case LSTM lstm -> new Kind("LSTM", LSTM_GATES);
                case GRU gru ->
                        new Kind("GRU", GRU_GATES, OnnxAttribute.of("linear_before_reset", 1));
                case RNN rnn -> new Kind("RNN", RNN_GATES, functions(rnn, directions));
            };
        }

        private static OnnxAttribute functions(RNN layer, int directions) {
            String word = LayerSettings.of(layer).word("nonlinearity");
            String function = word.equals("relu") ? "Relu" : "Tanh";
            String[] functions = Collections.nCopies(directions, function).toArray(String[]::new);
            return OnnxAttribute.ofStrings("activations", functions);
        }
    }

    private static Wire outputs(GraphBuilder g, Recurrent layer, Wire x) {
        return emit(g, layer, x, List.of(), null);
    }

    /** Outputs and last states lie side by side in one row. */
    private static Wire states(GraphBuilder g, RecurrentStates layer, List<Wire> inputs) {
        Recurrent inner = (Recurrent) LayerSettings.of(layer).get("layer");
        List<Wire> initial = inputs.subList(1, inputs.size());
        List<List<String>> last = new ArrayList<>();
        Wire made = emit(g, inner, inputs.getFirst(), initial, last);
        List<String> row = new ArrayList<>();
        row.add(g.reshape(made, new Shape(made.shape().features())).name());
        LayerSettings settings = LayerSettings.of(inner);
        int directions = settings.flag("bidirectional") ? 2 : 1;
        int units = settings.number("hiddenSize");
        int states = last.getFirst().size();
        for (int state = 0; state < states; state++) {
            for (List<String> ofLevel : last) {
                String batchFirst = swapped(g, ofLevel.get(state));
                Wire ends = new Wire(batchFirst, new Shape(directions, units));
                row.add(g.reshape(ends, new Shape(directions * units)).name());
            }
        }
        return new Wire(
                g.call("Concat", row, OnnxAttribute.of("axis", 1)),
                layer.outputShape(inputs.stream().map(Wire::shape).toList()));
    }

    /** A sequence of one step, of which the last states are taken. */
    private static Wire cell(GraphBuilder g, RecurrentCell layer, List<Wire> inputs) {
        List<Wire> rows = new ArrayList<>();
        for (Wire input : inputs) {
            rows.add(g.reshape(input, new Shape(1, input.shape().features())));
        }
        List<List<String>> last = new ArrayList<>();
        emit(g, layer.layer(), rows.getFirst(), rows.subList(1, rows.size()), last);
        List<String> row = new ArrayList<>();
        int units = LayerSettings.of(layer).number("hiddenSize");
        for (String state : last.getFirst()) {
            Wire ends = new Wire(swapped(g, state), new Shape(1, units));
            row.add(g.reshape(ends, new Shape(units)).name());
        }
        return new Wire(
                g.call("Concat", row, OnnxAttribute.of("axis", 1)),
                layer.outputShape(inputs.stream().map(Wire::shape).toList()));
    }

    /** Puts the second axis first: steps or directions, and the batch. */
    private static String swapped(GraphBuilder g, String value) {
        return g.call("Transpose", List.of(value), OnnxAttribute.ofLongs("perm", 1, 0, 2));
    }

    /**
     * Adds all levels.
     *
     * @param initial states: levels and directions x units; none for zeros
     * @param last takes the names of each level's last states, directions x batch x units; null if
     *     they are not asked for
     */
    private static Wire emit(
            GraphBuilder g, Recurrent layer, Wire x, List<Wire> initial, List<List<String>> last) {
        // Dropout is of training alone.
        g.requireOptions(
                layer,
                "inputSize",
                "hiddenSize",
                "numLayers",
                "bidirectional",
                "lastOutput",
                "nonlinearity",
                "bias",
                "dropout");
        LayerSettings settings = LayerSettings.of(layer);
        int units = settings.number("hiddenSize");
        int levels = settings.number("numLayers");
        int directions = settings.flag("bidirectional") ? 2 : 1;
        Kind kind = Kind.of(layer, directions);
        List<OnnxAttribute> all = new ArrayList<>(List.of(kind.more()));
        all.add(OnnxAttribute.of("hidden_size", units));
        all.add(OnnxAttribute.of("direction", directions == 2 ? "bidirectional" : "forward"));
        OnnxAttribute[] attributes = all.toArray(OnnxAttribute[]::new);
        boolean lastOnly = settings.flag("lastOutput");
        String made = swapped(g, x.name());
        Wire joined = null;
        for (int level = 0; level < levels; level++) {
            Weights weights = new Weights(g, layer, level, directions, kind.gates(), units);
            List<String> inputs = new ArrayList<>(List.of(made, weights.input(), weights.hidden()));
            if (!settings.has("bias")) {
                inputs.add(weights.biases());
            } else if (!initial.isEmpty()) {
                inputs.add("");
            }
            if (!initial.isEmpty()) {
                // No lengths of sequences.
                inputs.add("");
            }
            for (Wire state : initial) {
                int from = level * directions;
                inputs.add(swapped(g, g.slice(state.name(), 1, from, from + directions, 1)));
            }
            // All hidden states: steps x directions x batch x units; then the last ones.
            int count = layer instanceof LSTM && last != null ? 3 : 2;
            List<String> outputs = g.call(kind.operator(), count, inputs, attributes);
            if (last != null) {
                last.add(outputs.subList(1, count));
            }
            if (lastOnly && level == levels - 1) {
                Wire state = new Wire(swapped(g, outputs.get(1)), new Shape(directions, units));
                return g.reshape(state, layer.outputShape(x.shape()));
            }
            String batchFirst =
                    g.call(
                            "Transpose",
                            List.of(outputs.getFirst()),
                            OnnxAttribute.ofLongs("perm", 2, 0, 1, 3));
            int steps = x.shape().dimension(0);
            Wire wide = new Wire(batchFirst, new Shape(steps, directions, units));
            joined = g.reshape(wide, new Shape(steps, directions * units));
            if (level < levels - 1) {
                made = swapped(g, joined.name());
            }
        }
        return joined;
    }

    /** The arrays of one level. */
    private record Weights(
            GraphBuilder g, Recurrent layer, int level, int directions, int[] gates, int units) {

        String input() {
            int width = param("weight_ih", 0).value().rows();
            return array("W", width, "weight_ih");
        }

        String hidden() {
            return array("R", units, "weight_hh");
        }

        String biases() {
            return array("B", 1, "bias_ih", "bias_hh");
        }

        private Param param(String name, int direction) {
            String suffix = "_l" + level + (direction == 0 ? "" : "_reverse");
            return layer.parameters().get(name + suffix);
        }

        private String array(String letter, int width, String... names) {
            String word = letter + "_l" + level;
            int rows = names.length * gates.length * units;
            boolean isBias = names.length == 2;
            return isBias
                    ? g.floats(layer, word, () -> numbers(1, names), directions, rows)
                    : g.floats(layer, word, () -> numbers(width, names), directions, rows, width);
        }

        private float[] numbers(int width, String... names) {
            int gate = units * width;
            float[] all = new float[directions * names.length * gates.length * gate];
            int at = 0;
            for (int direction = 0; direction < directions; direction++) {
                for (String name : names) {
                    float[] saved = Initializers.saved(param(name, direction));
                    for (int source : gates) {
                        System.arraycopy(saved, source * gate, all, at, gate);
                        at += gate;
                    }
                }
            }
            return all;
        }
    }
}
