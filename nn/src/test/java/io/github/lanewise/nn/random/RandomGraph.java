package io.github.lanewise.nn.random;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.model.Example;

import java.util.ArrayList;
import java.util.List;

/**
 * A network that follows from a number: its layers, their options, the shape of a sample, the batch
 * size. The same number makes another copy of it.
 *
 * @param integers the inputs are whole numbers from 0 to below this; 0 if they are any numbers
 */
record RandomGraph(long seed, Layer model, Shape input, int batch, int integers) {

    private static final int MOST_LAYERS = 6;

    static RandomGraph of(long seed) {
        RandomGraph graph = drawn(seed);
        if (graph.batch() > 1) {
            return graph;
        }
        try {
            graph.model().bind(graph.input(), Workspace.training(graph.batch()));
            return graph;
        } catch (IllegalArgumentException e) {
            Complaints.require(e);
            if (!e.getMessage().contains("no variance")) {
                throw e;
            }
            return new RandomGraph(seed, graph.model(), graph.input(), 2, graph.integers());
        }
    }

    private static RandomGraph drawn(long seed) {
        Draw d = new Draw(seed, false);
        int batch = d.chance(0.1) ? 1 : d.chance(0.8) ? d.among(2, 9) : d.among(10, 33);
        if (d.chance(0.1)) {
            Example example = d.pick(Example.all());
            int integers = example.model() instanceof Embedding e ? e.weight().value().rows() : 0;
            return new RandomGraph(seed, example.model(), example.input(), batch, integers);
        }
        if (d.chance(0.07)) {
            return embedded(d, seed, batch);
        }
        Shape input = d.shape(d.among(1, 3));
        Layer model = d.chance(0.35) ? graph(d, input) : sequence(d, input);
        Shape sample = model instanceof Model graph ? graph.inputShape() : input;
        return new RandomGraph(seed, model, sample, batch, 0);
    }

    private static Layer sequence(Draw d, Shape input) {
        return new Sequential(RandomLayers.chain(d, input, MOST_LAYERS));
    }

    private static RandomGraph embedded(Draw d, long seed, int batch) {
        int count = d.among(1, 20);
        Embedding embedding = new Embedding(count, d.among(1, 9));
        if (d.chance(0.3)) {
            embedding.paddingIdx(d.among(0, count - 1));
        }
        Shape input = d.shape(1);
        Layer[] rest = RandomLayers.chain(d, embedding.outputShape(input), MOST_LAYERS);
        Layer model = new Sequential(embedding, new Sequential(rest));
        return new RandomGraph(seed, model, input, batch, count);
    }

    /** Returns a graph of one or two inputs, merges, and as many outputs as nothing takes. */
    private static Model graph(Draw d, Shape shape) {
        List<Input> inputs = new ArrayList<>(List.of(new Input(shape)));
        if (d.chance(0.4)) {
            inputs.add(new Input(d.chance(0.5) ? shape : d.shape(d.among(1, 3))));
        }
        List<Value> values = new ArrayList<>(inputs);
        List<Value> untaken = new ArrayList<>(inputs);
        for (int count = d.among(1, MOST_LAYERS); count > 0; count--) {
            grow(d, values, untaken);
        }
        for (Input input : inputs) {
            if (untaken.remove(input)) {
                untaken.add(input.then(RandomLayers.fitting(d, input.shape())));
            }
        }
        return new Model(inputs, untaken);
    }

    private static void grow(Draw d, List<Value> values, List<Value> untaken) {
        Value first = d.pick(values);
        Value second = d.pick(values);
        Value made = d.chance(0.5) ? null : merged(d, first, second);
        untaken.remove(first);
        if (made != null) {
            untaken.remove(second);
        } else {
            made = first.then(RandomLayers.fitting(d, first.shape()));
        }
        values.add(made);
        untaken.add(made);
    }

    private static Value merged(Draw d, Value first, Value second) {
        if (first.shape().features() + second.shape().features() > 600) {
            return null;
        }
        try {
            return switch (d.among(0, 6)) {
                case 0 -> first.plus(second);
                case 1 -> first.minus(second);
                case 2 -> first.times(second);
                case 3 -> first.divide(second.times(second).plus(1));
                case 4 -> Value.stack(d.among(0, first.shape().rank()), first, second);
                case 5 -> Value.concat(d.among(0, first.shape().rank() - 1), first, second);
                default -> first.plus(Value.constant(new Shape(1), 0.5f)).times(second);
            };
        } catch (IllegalArgumentException e) {
            Complaints.require(e);
            return null;
        }
    }

    /** Returns inputs for so many samples, the same for the same number. */
    Matrix samples(int rows, int number) {
        Draw d = new Draw(seed * 1000 + number, false);
        return integers > 0
                ? d.whole(rows, input.features(), integers)
                : d.gaussian(rows, input.features());
    }

    @Override
    public String toString() {
        return "seed %d: batch %d of %s: %s"
                .formatted(seed, batch, input, model.toString().replaceAll("\\s+", " "));
    }
}
