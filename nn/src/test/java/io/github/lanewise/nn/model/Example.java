package io.github.lanewise.nn.model;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.optim.Adam;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network with the shape of its samples: every layer of the library, each with other options than
 * the usual ones, and some networks of several.
 */
public record Example(Layer model, Shape input) {

    private static final int BATCH = 4;

    static Example of(Layer model, int... input) {
        return new Example(model, new Shape(input));
    }

    public static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(LayerExamples.all());
        all.addAll(ImageExamples.all());
        all.addAll(SequenceExamples.all());
        all.addAll(GraphExamples.all());
        all.addAll(TorchExamples.all());
        return all;
    }

    Matrix samples(int seed) {
        Matrix x = Matrices.gaussian(BATCH, input.features(), seed);
        if (model instanceof Embedding embedding) {
            int count = embedding.weight().value().rows();
            for (int i = 0; i < x.size(); i++) {
                x.data()[i] = (int) Math.abs(x.data()[i] * 10) % count;
            }
        }
        return x;
    }

    /** Returns the bits of what another model makes of the samples. */
    int[] outputs(Layer other) {
        Matrix y = other.bind(input, Workspace.inference(BATCH)).forward(samples(1));
        return bits(y);
    }

    /** Trains another model for some steps; returns the bits of everything in it after that. */
    int[] train(Layer other, int steps) {
        Pass pass = other.bind(input, Workspace.training(BATCH));
        Adam adam = new Adam(0.01f);
        List<Param> parameters = List.copyOf(other.parameters().values());
        for (int step = 0; step < steps; step++) {
            Matrix y = pass.forward(samples(step + 2));
            pass.backward(y);
            if (!parameters.isEmpty()) {
                adam.step(parameters);
            }
            parameters.forEach(Param::clearGradient);
        }
        List<int[]> all = new ArrayList<>();
        all.add(bits(pass.forward(samples(50))));
        other.parameters().values().forEach(p -> all.add(bits(p.value())));
        other.states().values().forEach(s -> all.add(bits(s.value())));
        return all.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static int[] bits(Matrix matrix) {
        int[] bits = new int[matrix.size()];
        for (int i = 0; i < bits.length; i++) {
            float value = matrix.at(i / matrix.cols(), i % matrix.cols());
            bits[i] = Float.floatToRawIntBits(value);
        }
        return bits;
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(model.toString().replaceAll("\\s+", " "), input);
    }
}
