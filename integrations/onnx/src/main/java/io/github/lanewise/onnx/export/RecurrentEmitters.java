package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.Recurrent;
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
        all.with(LSTM.class, (g, layer, x) -> emit(g, "LSTM", LSTM_GATES, layer, x))
                .with(
                        GRU.class,
                        (g, layer, x) ->
                                emit(
                                        g,
                                        "GRU",
                                        GRU_GATES,
                                        layer,
                                        x,
                                        OnnxAttribute.of("linear_before_reset", 1)))
                .with(RNN.class, RecurrentEmitters::rnn);
    }

    private static Wire rnn(GraphBuilder g, RNN layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        String function = settings.word("nonlinearity").equals("relu") ? "Relu" : "Tanh";
        int directions = settings.flag("bidirectional") ? 2 : 1;
        String[] functions = Collections.nCopies(directions, function).toArray(String[]::new);
        return emit(
                g, "RNN", RNN_GATES, layer, x, OnnxAttribute.ofStrings("activations", functions));
    }

    private static Wire emit(
            GraphBuilder g,
            String operator,
            int[] gates,
            Recurrent layer,
            Wire x,
            OnnxAttribute... more) {
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
        List<OnnxAttribute> all = new ArrayList<>(List.of(more));
        all.add(OnnxAttribute.of("hidden_size", units));
        all.add(OnnxAttribute.of("direction", directions == 2 ? "bidirectional" : "forward"));
        OnnxAttribute[] attributes = all.toArray(OnnxAttribute[]::new);
        OnnxAttribute stepsFirst = OnnxAttribute.ofLongs("perm", 1, 0, 2);
        String made = g.call("Transpose", List.of(x.name()), stepsFirst);
        boolean last = settings.flag("lastOutput");
        for (int level = 0; level < levels; level++) {
            Weights weights = new Weights(g, layer, level, directions, gates, units);
            List<String> inputs = new ArrayList<>(List.of(made, weights.input(), weights.hidden()));
            if (!settings.has("bias")) {
                inputs.add(weights.biases());
            }
            // All hidden states: steps x directions x batch x units; then the last ones.
            List<String> outputs = g.call(operator, 2, inputs, attributes);
            if (last && level == levels - 1) {
                Wire state =
                        new Wire(
                                g.call(
                                        "Transpose",
                                        List.of(outputs.get(1)),
                                        OnnxAttribute.ofLongs("perm", 1, 0, 2)),
                                new Shape(directions, units));
                return g.reshape(state, layer.outputShape(x.shape()));
            }
            String batchFirst =
                    g.call(
                            "Transpose",
                            List.of(outputs.getFirst()),
                            OnnxAttribute.ofLongs("perm", 2, 0, 1, 3));
            int steps = x.shape().dimension(0);
            Wire wide = new Wire(batchFirst, new Shape(steps, directions, units));
            Wire joined = g.reshape(wide, new Shape(steps, directions * units));
            if (level == levels - 1) {
                return joined;
            }
            made = g.call("Transpose", List.of(joined.name()), stepsFirst);
        }
        throw new IllegalStateException("no layers: " + layer);
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
