package io.github.lanewise.nn.inference;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.StepPosition;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;

import java.util.Arrays;
import java.util.Objects;

/**
 * Gives a model of sequences one step after another, and its outputs of each step at once: what a
 * generator of text needs, where every step depends on the one before.
 *
 * <p>Layers keep what they need of earlier steps ({@link
 * io.github.lanewise.nn.attention.MultiheadAttention} its keys and values, the key-value cache; a
 * {@link io.github.lanewise.nn.recurrent.Recurrent} layer its states), so a step costs about as
 * much as a single one, not as all before it. The outputs are bit for bit those of a pass over all
 * steps. That holds for models whose outputs of a step depend on that step and earlier ones alone;
 * when it is made, a session compares some steps with such a pass, and refuses a model whose
 * outputs differ. A model that makes one output of a whole sequence gives that of the sequence so
 * far.
 *
 * <p>For one thread at a time; the weights are those of the model at the time of the call. After
 * the first steps nothing is allocated.
 */
public final class StepwiseSession {

    private static final int STEPS_COMPARED = 3;

    private final Layer model;
    private final StepPosition position;
    private final Pass pass;
    private final Matrix inputs;
    private final int outputs;

    /**
     * Makes a session.
     *
     * @param model of steps x features, or of a number for each step, such as the index of an
     *     embedding; its outputs are steps x whatever
     * @param step shape of a sample of one step: 1 x features, or 1
     * @param steps the most steps of a sequence
     * @throws IllegalArgumentException if the model cannot take such samples, or its outputs of a
     *     step depend on later steps, or in a way on earlier ones that it does not keep
     */
    public static StepwiseSession of(Layer model, Shape step, int steps) {
        StepwiseSession session = new StepwiseSession(model, step, steps);
        session.compare(step, Math.min(STEPS_COMPARED, steps));
        return session;
    }

    /** Makes a session for a model that takes a number for each step, such as an index. */
    public static StepwiseSession of(Layer model, int steps) {
        return of(model, new Shape(1), steps);
    }

    private StepwiseSession(Layer model, Shape step, int steps) {
        this.model = Objects.requireNonNull(model, "model");
        if (step.dimension(0) != 1) {
            throw new IllegalArgumentException(
                    "StepwiseSession: step is %s; it must be one step, 1 or 1 x features"
                            .formatted(step));
        }
        position = new StepPosition(steps);
        // A single row is less work than it takes to wake another thread.
        pass = model.bind(step, Workspace.stepwise(1, position).solo());
        inputs = Matrix.zeros(1, step.features());
        outputs = model.outputShape(step).features();
    }

    private void compare(Shape step, int steps) {
        int[] dimensions = step.dimensions();
        dimensions[0] = steps;
        Shape all = new Shape(dimensions);
        Matrix sequence = Matrix.zeros(1, all.features());
        for (int i = 0; i < sequence.cols() && step.rank() > 1; i++) {
            sequence.data()[i] = (i % 7 - 3) * 0.25f;
        }
        Shape made = model.outputShape(all);
        boolean soFar = made.features() == outputs && steps > 1;
        boolean fits = soFar || made.dimension(0) == steps && made.features() == steps * outputs;
        Matrix whole = model.bind(all, Workspace.inference(1)).forward(sequence);
        float[] expected = new float[outputs];
        float[] found = new float[outputs];
        float[] input = new float[step.features()];
        for (int t = 0; fits && t < steps; t++) {
            System.arraycopy(sequence.data(), t * input.length, input, 0, input.length);
            if (soFar) {
                expectAfter(step, t + 1, sequence, expected);
            } else {
                System.arraycopy(
                        whole.data(), whole.offset() + t * outputs, expected, 0, expected.length);
            }
            step(input, found);
            fits = Arrays.equals(expected, found);
        }
        reset();
        if (!fits) {
            throw new IllegalArgumentException(
                    "StepwiseSession: %s makes other outputs step by step than of a whole sequence;"
                                    .formatted(Passes.brief(model))
                            + " each layer must see one step alone, or be causal attention");
        }
    }

    /** Computes the outputs of a model that makes no sequence, such as one of a last output. */
    private void expectAfter(Shape step, int steps, Matrix sequence, float[] expected) {
        int[] dimensions = step.dimensions();
        dimensions[0] = steps;
        Shape some = new Shape(dimensions);
        Matrix first = Matrix.zeros(1, some.features());
        System.arraycopy(sequence.data(), 0, first.data(), 0, first.cols());
        Matrix made = model.bind(some, Workspace.inference(1)).forward(first);
        System.arraycopy(made.data(), made.offset(), expected, 0, expected.length);
    }

    /** Returns how many steps a sequence has at most. */
    public int capacity() {
        return position.capacity();
    }

    /** Returns how many steps the sequence has so far. */
    public int length() {
        return position.step();
    }

    /** Returns how many outputs a step has. */
    public int outputs() {
        return outputs;
    }

    /** Begins another sequence. */
    public void reset() {
        position.step(0);
    }

    /**
     * Computes the outputs of the next step.
     *
     * @param step its features
     * @param outputs receives as many numbers as {@link #outputs}
     * @throws IllegalArgumentException if there are not as many
     * @throws IllegalStateException if the sequence is as long as it can be
     */
    public void step(float[] step, float[] outputs) {
        if (step.length != inputs.cols() || outputs.length != this.outputs) {
            throw new IllegalArgumentException(
                    "step: %s features and room for %s outputs; a step has %s and %s"
                            .formatted(step.length, outputs.length, inputs.cols(), this.outputs));
        }
        if (position.step() == position.capacity()) {
            throw new IllegalStateException(
                    "step: the sequence has %s steps already, the most; reset() begins another"
                            .formatted(position.capacity()));
        }
        System.arraycopy(step, 0, inputs.data(), 0, step.length);
        Matrix result = pass.forward(inputs);
        System.arraycopy(result.data(), result.offset(), outputs, 0, outputs.length);
        position.step(position.step() + 1);
    }
}
