package io.github.lanewise.nn.layer;

import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.SamePass;

import java.util.Objects;
import java.util.SequencedMap;

/**
 * Sets each value to 0 with probability p while training, and multiplies the others by 1 / (1 - p)
 * so that the mean stays; for inference it does nothing (Srivastava and others, 2014).
 *
 * <p><b>Randomness.</b> A layer has a random stream of its own, which follows from the model's seed
 * (that of {@link io.github.lanewise.nn.Layer#initialize}, else 0) and the layer's path in it.
 * Forward call number i while training takes number i of that stream as the key of its mask, and
 * whether an element is dropped depends on the key and the element's place in the batch alone: of a
 * batch that is computed in shards, its place in the whole. Where samples are sequences of unequal
 * length, each has a key of its own, which follows from that and its number, and an element's place
 * in its sample counts: so it does not show how far sequences are padded. So a run is a function of
 * the seed, on any machine and number of threads, and a dropout more or less changes nobody else's
 * numbers. {@code initialize} begins the stream again; to resume a run, set {@link #draws(long)} to
 * what it was. Two layers outside any model have the same stream.
 */
public final class Dropout extends RandomLayer {

    private static final float P = 0.5f;

    private float p;

    /** Makes the layer that drops half of the values. */
    public Dropout() {
        this(P);
    }

    /**
     * Makes the layer.
     *
     * @param p probability of being dropped
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public Dropout(float p) {
        super("dropout");
        this.p = requireShare(p);
    }

    /** Returns the probability of being dropped. */
    public float p() {
        return p;
    }

    /**
     * Sets the probability of being dropped, from the next forward call on; so a schedule can move
     * it.
     *
     * @throws IllegalArgumentException if p is not from 0 to 1
     */
    public void p(float p) {
        this.p = requireShare(p);
    }

    /** Returns the key of the next mask, for a layer that drops what lies inside it. */
    @Override
    public long nextKey() {
        return super.nextKey();
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengths;
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        return workspace.training() ? new DropoutPass(this, input, workspace) : SamePass.INSTANCE;
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("p", p);
    }

    @Override
    public String toString() {
        return "Dropout(p=%s)".formatted(p);
    }
}
