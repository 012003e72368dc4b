package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;

import java.util.ArrayList;
import java.util.List;

/** Wires a {@link Model} again from its options. */
final class ModelGraph {

    /** Inputs and outputs are compared one by one. */
    private static final int MOST_ENDS = 1000;

    private final LayerOptions options;
    private final List<Value> values = new ArrayList<>();

    private ModelGraph(LayerOptions options) {
        this.options = options;
    }

    static Model read(LayerOptions options) throws FormatException {
        return new ModelGraph(options).read();
    }

    private Model read() throws FormatException {
        int[][] shapes = options.getIntLists("inputShapes");
        int[] ends = options.getInts("outputs");
        if (shapes.length > MOST_ENDS || ends.length > MOST_ENDS) {
            throw options.expected("outputs", "at most %s inputs and outputs".formatted(MOST_ENDS));
        }
        List<Input> inputs = new ArrayList<>();
        for (int[] shape : shapes) {
            inputs.add(new Input(new Shape(shape)));
        }
        values.addAll(inputs);
        List<Layer> layers = options.getLayers("layers");
        int[][] takes = options.getIntLists("takes");
        if (takes.length != layers.size()) {
            throw options.expected(
                    "takes", "a list for each of %s layers".formatted(layers.size()));
        }
        for (int i = 0; i < takes.length; i++) {
            values.add(call(layers.get(i), valuesOf("takes", takes[i])));
        }
        return new Model(inputs, List.of(valuesOf("outputs", ends)));
    }

    private Value call(Layer layer, Value[] taken) throws FormatException {
        if (layer instanceof Merge merge) {
            return Value.merge(merge, taken);
        }
        if (taken.length != 1) {
            throw options.expected("takes", "one value for a %s".formatted(layer));
        }
        return taken[0].then(layer);
    }

    private Value[] valuesOf(String option, int[] numbers) throws FormatException {
        Value[] taken = new Value[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0 || numbers[i] >= values.size()) {
                throw options.expected(
                        option, "numbers of values before, from 0 to " + (values.size() - 1));
            }
            taken[i] = values.get(numbers[i]);
        }
        return taken;
    }
}
