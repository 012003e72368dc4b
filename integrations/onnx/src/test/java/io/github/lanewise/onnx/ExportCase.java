package io.github.lanewise.onnx;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.init.RandomStream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model to export, with all its numbers drawn: each layer of the library, with other options than
 * the usual ones, and networks of several.
 */
record ExportCase(String name, Layer model, Shape input) {

    static ExportCase of(String name, Layer model, int... input) {
        return new ExportCase(name, model, new Shape(input));
    }

    static ExportCase of(Layer model, int... input) {
        return of(model.toString().replaceAll("\\s+", " "), model, input);
    }

    /** Makes a model of one layer of several inputs. */
    static ExportCase merge(Merge layer, Shape... shapes) {
        List<Input> inputs = Arrays.stream(shapes).map(Input::new).toList();
        Model model = new Model(inputs, List.of(Value.merge(layer, inputs.toArray(Value[]::new))));
        int features = Arrays.stream(shapes).mapToInt(Shape::features).sum();
        Shape input = shapes.length == 1 ? shapes[0] : new Shape(features);
        return new ExportCase(layer.toString().replaceAll("\\s+", " "), model, input);
    }

    /** Returns all, with parameters and states that are nowhere 0 or 1. */
    static List<ExportCase> all() {
        List<ExportCase> all = new ArrayList<>();
        all.addAll(LayerExportCases.all());
        all.addAll(ImageExportCases.all());
        all.addAll(AttentionExportCases.all());
        all.addAll(VolumeExportCases.all());
        all.addAll(RareExportCases.all());
        all.addAll(GraphExportCases.all());
        all.forEach(ExportCase::draw);
        return all;
    }

    private void draw() {
        RandomStream random = new RandomStream(7).stream(name);
        model.parameters().values().forEach(p -> fill(p.value(), random, 0));
        model.states()
                .forEach(
                        (path, state) -> fill(state.value(), random, path.endsWith("var") ? 1 : 0));
    }

    private static void fill(Matrix values, RandomStream random, float least) {
        for (int i = 0; i < values.size(); i++) {
            float drawn = 0.5f * (float) random.gaussian();
            values.data()[values.offset() + i] = least + (least > 0 ? Math.abs(drawn) : drawn);
        }
    }

    /** Returns a batch of samples; whole numbers where the model takes indices. */
    Matrix samples(int batch) {
        Matrix samples = Matrix.zeros(batch, input.features());
        RandomStream random = new RandomStream(8).stream(name);
        for (int i = 0; i < samples.size(); i++) {
            double drawn = random.gaussian();
            boolean index = i % samples.cols() < indices();
            samples.data()[i] = index ? (int) (Math.abs(drawn) * 10) % 7 : (float) drawn;
        }
        return samples;
    }

    /** Returns how many of the features are indices, which come first. */
    private int indices() {
        if (name.startsWith("Embedding")) {
            return input.features();
        }
        return model instanceof Model wired && name.contains("indices")
                ? wired.inputShapes().getFirst().features()
                : 0;
    }

    /** Returns whether an input holds indices alone. */
    boolean takesIndices(int i) {
        return i == 0 && indices() > 0;
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(name, input);
    }
}
