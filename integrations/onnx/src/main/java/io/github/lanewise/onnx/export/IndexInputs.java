package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;

import java.util.Iterator;

/** Finds inputs that hold nothing but indices, which other programs have as whole numbers. */
final class IndexInputs {

    private IndexInputs() {}

    /** Returns whether embeddings alone take an input of a model. */
    static boolean isIndices(Layer model, int input) {
        return model instanceof Model wired ? isIndices(wired, input) : takesIndices(model);
    }

    private static boolean isIndices(Model model, int input) {
        return !model.outputs().contains(input)
                && model.calls().stream()
                        .filter(call -> call.takes().contains(input))
                        .allMatch(call -> call.takes().size() == 1 && takesIndices(call.layer()));
    }

    private static boolean takesIndices(Layer layer) {
        return switch (layer) {
            case Embedding embedding -> true;
            case EmbeddingBag bag -> true;
            case Model wired -> wired.inputShapes().size() == 1 && isIndices(wired, 0);
            case Sequential chain -> {
                Iterator<Layer> layers = chain.layers().iterator();
                yield layers.hasNext() && takesIndices(layers.next());
            }
            default -> false;
        };
    }
}
