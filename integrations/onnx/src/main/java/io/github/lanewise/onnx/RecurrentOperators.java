package io.github.lanewise.onnx;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.Recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Recurrent layers: one layer, one or both directions. */
final class RecurrentOperators {

    /** For each gate of ours, in order, which of ONNX's it is. */
    private static final Map<String, int[]> GATES =
            Map.of(
                    "RNN", new int[] {0},
                    "LSTM", new int[] {0, 2, 3, 1},
                    "GRU", new int[] {1, 0, 2});

    private RecurrentOperators() {}

    static void add(Map<String, Operator> all) {
        GATES.keySet().forEach(name -> all.put(name, RecurrentOperators::recurrent));
    }

    private static List<Imported> recurrent(Call call) {
        Flow x = call.flow(0);
        boolean batchFirst = call.number("layout", 0) != 0;
        requireLayout(x, batchFirst);
        Known w = call.known(1);
        Known r = call.known(2);
        Known b = call.has(3) ? call.known(3) : null;
        int directions = w.sizes()[0];
        int units = call.integer("hidden_size", r.sizes()[2]);
        int steps = x.size(batchFirst ? 1 : 0);
        boolean reverse = requireDirection(call, directions);
        requireUsual(call, steps);
        List<Known> arrays = new ArrayList<>(List.of(w, r));
        arrays.add(b);
        String kind = call.node().operator();
        boolean relu = activation(call, directions);
        Recurrent layer =
                call.context()
                        .layer(
                                Recurrent.class,
                                List.of(kind, relu),
                                arrays,
                                () -> make(kind, relu, w, r, b, units));
        Value in = reverse ? turned(x.value(), steps) : x.value();
        Layout.Part d = Layout.Part.of(directions);
        Layout.Part h = Layout.Part.of(units);
        Layout ofStates =
                new Layout(batchFirst ? List.of(Layout.BATCH, d, h) : List.of(d, Layout.BATCH, h));
        List<Value> states = states(call, ofStates);
        boolean plain = states.isEmpty() && !call.isWanted(2);
        List<Value> made =
                plain ? List.of(in.then(layer)) : layer.call(in, states.toArray(Value[]::new));
        Value out = reverse ? turned(made.getFirst(), steps) : made.getFirst();
        Layout.Part t = Layout.Part.of(steps);
        Layout all =
                batchFirst
                        ? new Layout(List.of(Layout.BATCH, t, d, h))
                        : new Layout(List.of(t, d, Layout.BATCH, h));
        List<Imported> outputs = new ArrayList<>();
        outputs.add(x.with(out, all));
        if (!plain) {
            made.subList(1, made.size()).forEach(state -> outputs.add(x.with(state, ofStates)));
        } else if (call.isWanted(1)) {
            outputs.add(x.with(ends(out, reverse, directions, units, steps), ofStates));
        }
        return outputs;
    }

    /** Returns the first states, or none if they are 0, as those of a layer are. */
    private static List<Value> states(Call call, Layout layout) {
        int count = "LSTM".equals(call.node().operator()) ? 2 : 1;
        List<Value> states = new ArrayList<>();
        boolean zero = true;
        for (int i = 5; i < 5 + count; i++) {
            boolean given = call.has(i) && call.input(i).uniform() != 0;
            zero &= !given;
            states.add(
                    given
                            ? Broadcasts.spreadOverBatch(call.input(i), layout, call.context())
                                    .seenAs(layout.sample().toList())
                            : Value.constant(
                                    layout.sample(), new float[layout.sample().features()]));
        }
        return zero ? List.of() : states;
    }

    private static Value turned(Value sequence, int steps) {
        int[] order = IntStream.range(0, steps).map(t -> steps - 1 - t).toArray();
        return sequence.then(new IndexSelect(0, order));
    }

    private static void requireLayout(Flow x, boolean batchFirst) {
        int batchAxis = batchFirst ? 0 : 1;
        if (x.rank() != 3 || !x.layout().axes().get(batchAxis).isPureBatch()) {
            throw new IllegalArgumentException(
                    "input is %s; it must be %s; which axis is the batch is said by batchAxis"
                            .formatted(
                                    Imported.text(x.dims()),
                                    batchFirst
                                            ? "batch x steps x features"
                                            : "steps x batch x features"));
        }
    }

    /** Returns whether the sequence is read backwards alone. */
    private static boolean requireDirection(Call call, int directions) {
        String direction = call.text("direction", "forward");
        boolean fits =
                switch (direction) {
                    case "forward", "reverse" -> directions == 1;
                    case "bidirectional" -> directions == 2;
                    default -> false;
                };
        if (!fits) {
            throw new IllegalArgumentException(
                    "direction %s with weights for %s".formatted(direction, directions));
        }
        return "reverse".equals(direction);
    }

    private static void requireUsual(Call call, int steps) {
        if (call.has(4) && (!(call.input(4) instanceof Known all) || all.uniform() != steps)) {
            throw new IllegalArgumentException("sequences of different lengths");
        }
        if (call.has(7)) {
            throw new IllegalArgumentException("peepholes");
        }
        if (call.hasAttribute("clip") || call.number("input_forget", 0) != 0) {
            throw new IllegalArgumentException("clip or input_forget");
        }
        if ("GRU".equals(call.node().operator()) && call.number("linear_before_reset", 0) == 0) {
            throw new IllegalArgumentException(
                    "linear_before_reset is 0: the reset comes before the product, as in no GRU of"
                            + " PyTorch or of Keras by default");
        }
    }

    /** Returns whether an RNN has ReLU; all other functions must be the usual ones. */
    private static boolean activation(Call call, int directions) {
        List<String> usual =
                switch (call.node().operator()) {
                    case "LSTM" -> List.of("sigmoid", "tanh", "tanh");
                    case "GRU" -> List.of("sigmoid", "tanh");
                    default -> List.of("tanh");
                };
        List<String> found = call.texts("activations").stream().map(String::toLowerCase).toList();
        if (found.isEmpty()) {
            return false;
        }
        List<String> expected = new ArrayList<>(usual);
        List<String> relu = new ArrayList<>(List.of("relu"));
        if (directions == 2) {
            expected.addAll(usual);
            relu.add("relu");
        }
        boolean isRelu = "RNN".equals(call.node().operator()) && found.equals(relu);
        if (!isRelu && !found.equals(expected)) {
            throw new IllegalArgumentException("activations %s".formatted(found));
        }
        return isRelu;
    }

    private static Recurrent make(String kind, boolean relu, Known w, Known r, Known b, int units) {
        int inputs = w.sizes()[2];
        int directions = w.sizes()[0];
        int[] gates = GATES.get(kind);
        int rows = gates.length * units;
        if (r.sizes()[2] != units || w.sizes()[1] != rows || r.sizes()[1] != rows) {
            throw new IllegalArgumentException(
                    "weights of %s and %s for %s units"
                            .formatted(Imported.text(w.dims()), Imported.text(r.dims()), units));
        }
        Recurrent layer = layer(kind, relu, inputs, units, directions == 2);
        Map<String, Param> parameters = layer.parameters();
        for (int d = 0; d < directions; d++) {
            String suffix = d == 0 ? "_l0" : "_l0_reverse";
            fill(parameters.get("weight_ih" + suffix), w, d * rows * inputs, gates, units, inputs);
            fill(parameters.get("weight_hh" + suffix), r, d * rows * units, gates, units, units);
            fillBias(parameters.get("bias_ih" + suffix), b, 2 * d * rows, gates, units);
            fillBias(parameters.get("bias_hh" + suffix), b, (2 * d + 1) * rows, gates, units);
        }
        return layer;
    }

    private static Recurrent layer(String kind, boolean relu, int inputs, int units, boolean both) {
        return switch (kind) {
            case "LSTM" -> both ? new LSTM(inputs, units).bidirectional() : new LSTM(inputs, units);
            case "GRU" -> both ? new GRU(inputs, units).bidirectional() : new GRU(inputs, units);
            default -> {
                RNN made = new RNN(inputs, units);
                RNN kindOf = relu ? made.relu() : made;
                yield both ? kindOf.bidirectional() : kindOf;
            }
        };
    }

    /** ONNX's rows are gates x units, ours are the columns, with the gates in another order. */
    private static void fill(
            Param parameter, Known from, int at, int[] gates, int units, int inputs) {
        int cols = gates.length * units;
        float[] numbers = new float[inputs * cols];
        for (int j = 0; j < cols; j++) {
            int row = gates[j / units] * units + j % units;
            for (int i = 0; i < inputs; i++) {
                numbers[i * cols + j] = (float) from.number(at + row * inputs + i);
            }
        }
        Importing.set(parameter, numbers);
    }

    private static void fillBias(Param parameter, Known from, int at, int[] gates, int units) {
        float[] numbers = new float[gates.length * units];
        for (int j = 0; from != null && j < numbers.length; j++) {
            int row = gates[j / units] * units + j % units;
            numbers[j] = (float) from.number(at + row);
        }
        Importing.set(parameter, numbers);
    }

    /** Returns the last output of each direction. */
    private static Value ends(Value out, boolean reverse, int directions, int units, int steps) {
        Value[] ends = new Value[directions];
        for (int i = 0; i < directions; i++) {
            int step = reverse || i == 1 ? 0 : steps - 1;
            ends[i] = out.slice(0, step, step + 1).slice(1, i * units, (i + 1) * units);
        }
        return directions == 1 ? ends[0] : Value.concat(0, ends);
    }
}
