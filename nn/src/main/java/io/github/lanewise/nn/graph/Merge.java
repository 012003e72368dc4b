package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
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

    /**
     * Says how many steps of its outputs count, for inputs of which not all steps do: see {@link
     * Layer#outputLengths}.
     *
     * @param inputs shapes of a sample of each input
     * @param lengths of the inputs: a part for each, null where all steps count
     * @return those of the outputs; null if all of them count
     * @throws IllegalArgumentException if the layer would mix padding with what counts, which is
     *     assumed of a layer that does not say otherwise
     */
    default Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        return Layer.super.outputLengths(inputs.getFirst(), lengths);
    }

    @Override
    default Lengths outputLengths(Shape input, Lengths lengths) {
        return outputLengths(List.of(input), lengths);
    }

    @Override
    default Shape outputShape(Shape input) {
        return outputShape(List.of(input));
    }

    @Override
    default Pass bind(Shape input, Workspace workspace) {
        return new MergeAsPass(bind(List.of(input), workspace));
    }
}
