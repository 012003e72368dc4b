package io.github.lanewise.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A description of one step of a network, with its parameters.
 *
 * <p>What a pass over a batch remembers lives in the {@link Pass} that {@link #bind} makes. So any
 * number of passes, on any number of threads, can share a layer. A layer of its own needs {@link
 * #outputShape}, {@link #bind} and, if it is trained, {@link #parameters()}; a layer of layers
 * needs {@link #children()}. {@link GradientCheck} tells whether its backward pass is right.
 */
public interface Layer {

    /**
     * Returns the shape that the layer makes of an input.
     *
     * @throws IllegalArgumentException if the layer cannot take such an input
     */
    Shape outputShape(Shape input);

    /**
     * Makes a pass over batches of this input shape, with all the buffers that it needs.
     *
     * @param input shape of a sample
     * @param workspace hands out the buffers; says the batch size and what the pass is for
     * @throws IllegalArgumentException if the layer cannot take such an input
     */
    Pass bind(Shape input, Workspace workspace);

    /**
     * Returns the layers inside this one, by name, in order; none unless a layer says otherwise.
     */
    default SequencedMap<String, Layer> children() {
        return new LinkedHashMap<>();
    }

    /**
     * Returns what is trained, by path, in order, each parameter once: {@code weight} and {@code
     * bias} for a {@link Linear}, {@code 0.weight} for the weight of child 0.
     */
    default SequencedMap<String, Parameter> parameters() {
        SequencedMap<String, Parameter> parameters = new LinkedHashMap<>();
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        children()
                .forEach(
                        (name, child) ->
                                child.parameters()
                                        .forEach(
                                                (path, parameter) -> {
                                                    if (seen.add(parameter)) {
                                                        parameters.put(
                                                                name + "." + path, parameter);
                                                    }
                                                }));
        return parameters;
    }

    /**
     * Draws all parameters anew, each from a stream of its own that follows from seed and path, and
     * starts the streams of layers such as {@link Dropout} anew.
     */
    default void initialize(long seed) {
        for (Map.Entry<String, Parameter> entry : parameters().entrySet()) {
            entry.getValue().initialize(Parameter.streamOf(seed, entry.getKey()));
        }
        Stochastic.restartAll(this, seed);
    }
}
