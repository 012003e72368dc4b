package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Fold;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.RecurrentStates;

import java.util.Arrays;
import java.util.List;

/** Layers that export refuses: each stands here until it has a form in ONNX. */
final class UnexportedCases {

    private UnexportedCases() {}

    static List<ExportCase> all() {
        return List.of(
                of(new Fold(3, 4, 2, 2), 8, 6),
                merge(new RecurrentStates(new GRU(3, 2)), new Shape(4, 3)));
    }

    /** Makes a model of one layer of several inputs. */
    static ExportCase merge(Merge layer, Shape... shapes) {
        List<Input> inputs = Arrays.stream(shapes).map(Input::new).toList();
        Model model = new Model(inputs, List.of(Value.merge(layer, inputs.toArray(Value[]::new))));
        int features = Arrays.stream(shapes).mapToInt(Shape::features).sum();
        Shape input = shapes.length == 1 ? shapes[0] : new Shape(features);
        return new ExportCase(layer.toString().replaceAll("\\s+", " "), model, input);
    }

    /** Returns the layer that a case is about. */
    static Layer layer(ExportCase one) {
        return one.model() instanceof Model model ? model.calls().getLast().layer() : one.model();
    }
}
