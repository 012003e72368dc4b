package io.github.lanewise.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A description of one step of a network, with its parameters.
 *
 * <p>What a pass over a batch remembers lives in the {@link Pass} that {@link #bind} makes. So any
 * number of passes, on any number of threads, can share a layer. A layer of its own needs {@link
 * #outputShape}, {@link #bind} and, if it is trained, {@link #parameters()}, if it keeps
 * statistics, {@link #states()}; a layer of layers needs {@link #children()}. {@link GradientCheck}
 * tells whether its backward pass is right.
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

    /** Returns the only shape of a sample that the layer can take; null if there are several. */
    default Shape inputShape() {
        return null;
    }

    /**
     * Makes a session that computes this model's outputs, for any number of threads at a time.
     *
     * @param batch how many samples it computes at once, 1 or more; 1 for the least latency
     * @throws IllegalArgumentException if the batch is below 1
     * @throws IllegalStateException if the model can take samples of several shapes
     */
    default InferenceSession inference(int batch) {
        Shape input = inputShape();
        if (input == null) {
            throw new IllegalStateException(
                    "inference: %s takes samples of several shapes; say which: inference(shape, %d)"
                            .formatted(getClass().getSimpleName(), batch));
        }
        return inference(input, batch);
    }

    /**
     * Makes a session that computes this model's outputs for samples of one shape.
     *
     * @throws IllegalArgumentException if the model cannot take such samples, or the batch is below
     *     1
     * @see #inference(int)
     */
    default InferenceSession inference(Shape input, int batch) {
        return new InferenceSession(this, input, batch);
    }

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
        return Paths.below(children(), Layer::parameters);
    }

    /**
     * Returns what is saved but not trained, by path, in order, each state once: {@code
     * 1.runningMean} for that of child 1.
     */
    default SequencedMap<String, State> states() {
        return Paths.below(children(), Layer::states);
    }

    /**
     * Draws all parameters anew, each from a stream of its own that follows from seed and path, and
     * resets all states; layers such as {@link Dropout} start their streams anew.
     */
    default void initialize(long seed) {
        for (Map.Entry<String, Parameter> entry : parameters().entrySet()) {
            entry.getValue().initialize(Parameter.streamOf(seed, entry.getKey()));
        }
        states().values().forEach(State::reset);
        Stochastic.restartAll(this, seed);
    }

    /**
     * Gives all weights another initialiser, as {@link Parameter#initializer} does; biases and
     * scales keep theirs.
     *
     * @return this layer
     */
    default Layer initialize(Initializer weights) {
        for (Parameter parameter : parameters().values()) {
            if (parameter.fans() != null) {
                parameter.initializer(weights);
            }
        }
        return this;
    }
}
