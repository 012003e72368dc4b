package io.github.lanewise.nn;

import io.github.lanewise.nn.init.Initializer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A description of one step of a network, with its parameters.
 *
 * <p>What a pass over a batch remembers lives in the {@link Pass} that {@link #bind} makes. So any
 * number of passes, on any number of threads, can share a layer. A layer of its own needs {@link
 * #outputShape}, {@link #bind} and, if it is trained, {@link #parameters()}, if it keeps
 * statistics, {@link #states()}; a layer of layers needs {@link #children()}. {@link
 * io.github.lanewise.nn.train.GradientCheck} tells whether its backward pass is right.
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
     * Says how many steps of its outputs count, for inputs of which not all steps do.
     *
     * <p>A layer that makes each step of its outputs of the same step of its inputs alone returns
     * the lengths that it is given; one whose outputs are no sequence, and in which padding has no
     * part, returns null. A step is an element of the first dimension.
     *
     * @param input shape of a sample
     * @param lengths of the inputs
     * @return those of the outputs; null if all of them count
     * @throws IllegalArgumentException if the layer would mix padding with what counts, which is
     *     assumed of a layer that does not say otherwise
     */
    default Lengths outputLengths(Shape input, Lengths lengths) {
        throw new IllegalArgumentException(
                ("%s: inputs are sequences of unequal length, %s padded; the layer would mix"
                     + " padding with what counts (one that does not says so by outputLengths)")
                        .formatted(this, input));
    }

    /** Returns the only shape of a sample that the layer can take; null if there are several. */
    default Shape inputShape() {
        return null;
    }

    /**
     * Returns the layers inside this one, by name, in order; none unless a layer says otherwise.
     */
    default SequencedMap<String, Layer> children() {
        return new LinkedHashMap<>();
    }

    /**
     * Returns the numbers and words that it was made with, by PyTorch's names in Java's spelling,
     * in order: what a model file writes and a program that reads it needs to make such a layer
     * again. Values are Integer, Long, Float, Boolean, String, a {@code Layer}, or lists of these.
     * None unless a layer says otherwise.
     */
    default SequencedMap<String, Object> options() {
        return new LinkedHashMap<>();
    }

    /**
     * Returns what is trained, by path, in order, each parameter once: {@code weight} and {@code
     * bias} for a {@link io.github.lanewise.nn.layer.Linear}, {@code 0.weight} for the weight of
     * child 0.
     */
    default SequencedMap<String, Param> parameters() {
        return Paths.below(children(), Layer::parameters);
    }

    /**
     * Returns what is saved but not trained, by path, in order, each state once: {@code
     * 1.running_mean} for that of child 1.
     */
    default SequencedMap<String, State> states() {
        return Paths.below(children(), Layer::states);
    }

    /**
     * Tells the parameters, and the layers that draw random numbers, under which paths they stand
     * in this model, so that they draw from streams of their own. A layer of layers calls it when
     * it is made; the last call, by the outermost model, counts.
     */
    default void place() {
        Param.place(parameters());
        Stochastic.placeAll(this);
    }

    /**
     * Sets whether training changes the parameters of this layer and those inside it, as {@link
     * Param#trainable} does. So {@code trainable(false)} freezes a part of a loaded model. Running
     * statistics move all the same unless their layer is told so: see {@code BatchNorm2d.frozen}.
     *
     * @return this layer
     */
    default Layer trainable(boolean whether) {
        parameters().values().forEach(parameter -> parameter.trainable(whether));
        return this;
    }

    /**
     * Draws all parameters anew, each from a stream of its own that follows from seed and path, and
     * resets all states; layers such as {@link io.github.lanewise.nn.layer.Dropout} start their
     * streams anew.
     */
    default void initialize(long seed) {
        for (Map.Entry<String, Param> entry : parameters().entrySet()) {
            entry.getValue().initialize(Param.streamOf(seed, entry.getKey()));
        }
        states().values().forEach(State::reset);
        Stochastic.restartAll(this, seed);
    }

    /**
     * Gives all weights another initializer, as {@link Param#initializer} does; biases and scales
     * keep theirs.
     *
     * @return this layer
     */
    default Layer initialize(Initializer weights) {
        for (Param parameter : parameters().values()) {
            if (parameter.fans() != null) {
                parameter.initializer(weights);
            }
        }
        return this;
    }
}
