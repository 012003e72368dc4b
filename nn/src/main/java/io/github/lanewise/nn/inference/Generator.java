package io.github.lanewise.nn.inference;

import io.github.lanewise.nn.Layer;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * Writes on from a prompt: asks a model of indices for the logits of the next one, lets a {@link
 * TokenSampler} choose, and gives the choice to the model, step by step.
 *
 * <p>A text that grows longer than the model can see is cut: of it the last half of the steps stays
 * in sight. For one thread at a time.
 */
public final class Generator {

    private final StepwiseSession session;
    private final TokenSampler sampler;
    private final float[] token = new float[1];
    private final float[] logits;

    /** What the model has in sight. */
    private final int[] seen;

    /**
     * Makes a generator.
     *
     * @param model steps of indices to steps x logits, which depend on no later step
     * @param steps the most that the model is to see
     * @throws IllegalArgumentException if the model is none: see {@link StepwiseSession#of}
     */
    public static Generator of(Layer model, int steps, TokenSampler sampler) {
        return new Generator(StepwiseSession.of(model, steps), sampler);
    }

    private Generator(StepwiseSession session, TokenSampler sampler) {
        this.session = session;
        this.sampler = Objects.requireNonNull(sampler, "sampler");
        logits = new float[session.outputs()];
        seen = new int[session.capacity()];
    }

    /**
     * Returns what comes after a prompt.
     *
     * @param prompt one index or more
     * @param count how many to choose
     */
    public int[] generate(int[] prompt, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    "generate: count is %s; it must be 0 or more".formatted(count));
        }
        int[] chosen = new int[count];
        int[] at = new int[1];
        generate(
                prompt,
                count,
                index -> {
                    chosen[at[0]++] = index;
                    return true;
                });
        return chosen;
    }

    /**
     * Hands over what comes after a prompt, one by one.
     *
     * @param prompt one index or more
     * @param most how many to choose at most
     * @param next is given each; false ends the text
     * @throws IllegalArgumentException if the prompt is empty or has an index that the model does
     *     not know
     */
    public void generate(int[] prompt, int most, IntPredicate next) {
        if (prompt.length == 0) {
            throw new IllegalArgumentException(
                    "generate: the prompt is empty; give it one index or more");
        }
        session.reset();
        int from = Math.max(0, prompt.length - session.capacity());
        for (int index : Arrays.copyOfRange(prompt, from, prompt.length)) {
            show(index);
        }
        for (int i = 0; i < most; i++) {
            int chosen = sampler.sample(logits);
            if (!next.test(chosen)) {
                return;
            }
            if (i + 1 < most) {
                show(chosen);
            }
        }
    }

    private void show(int index) {
        int length = session.length();
        if (length == session.capacity()) {
            int kept = length / 2;
            System.arraycopy(seen, length - kept, seen, 0, kept);
            session.reset();
            for (int i = 0; i < kept; i++) {
                step(seen[i]);
            }
        }
        seen[session.length()] = index;
        step(index);
    }

    private void step(int index) {
        token[0] = index;
        session.step(token, logits);
    }
}
