package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.List;

/**
 * A layer of one input or more, for example a sum or a cross-attention; {@link Value#merge} puts it
 * into a graph.
 */
public interface Merge extends Layer {

    /**
     * Returns the shape that the layer makes of inputs of these shapes.
     *
     * @throws IllegalArgumentException if the layer cannot take so many or such inputs
     */
    Shape outputShape(List<Shape> inputs);

    /**
     * Makes a pass over batches of these input shapes, with all the buffers that it needs.
     *
     * @param inputs shapes of a sample of each input
     * @param workspace hands out the buffers; if it wants the input gradient, that of each input
     * @throws IllegalArgumentException if the layer cannot take so many or such inputs
     */
    MergePass bind(List<Shape> inputs, Workspace workspace);

    @Override
    default Shape outputShape(Shape input) {
        return outputShape(List.of(input));
    }

    @Override
    default Pass bind(Shape input, Workspace workspace) {
        return new LoneInput(bind(List.of(input), workspace));
    }
}
