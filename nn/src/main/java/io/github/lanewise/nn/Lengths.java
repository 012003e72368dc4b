package io.github.lanewise.nn;

import java.util.Arrays;
import java.util.List;

/**
 * How many steps of each sample of a batch count: the first ones. What stands behind them is
 * padding, which fills sequences of unequal length up to one shape.
 *
 * <p><b>How they travel.</b> A layer whose inputs have lengths is bound with a {@link Workspace}
 * that holds them ({@link Workspace#lengths()}; null where all steps count), and says by {@link
 * Layer#outputLengths} which its outputs have. It is one object for as long as passes live; a new
 * batch writes other numbers into it before the forward call, and they stay until the backward call
 * is over.
 *
 * <p><b>What padding may do: nothing.</b> Numbers in padding are finite, but nobody knows which.
 * Whoever makes one number of several steps leaves it out; gradients there are exactly 0, or are
 * ignored where they arrive. What is computed of a sample's own steps then has the same bits,
 * however far it is padded, provided that sums do not change their order: a strided sum ({@code
 * softmax}, {@code dot}, {@code sum}) is one of the valid elements alone, in a window of their
 * number, for the last few elements of a window are added in another order than those before them;
 * a chain of products ({@code gemm}) or {@code columnSums} may run over zeros.
 *
 * <p>Values that lie side by side in one row of features have {@link #several}.
 */
public final class Lengths {

    private final int steps;
    private final int[] counts;
    private final List<Lengths> parts;

    /**
     * Makes lengths of which all steps of all samples count.
     *
     * @param batch samples
     * @param steps of a padded sample: its first dimension
     * @throws IllegalArgumentException if either is below 1
     */
    public Lengths(int batch, int steps) {
        if (batch < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "Lengths: %s samples of %s steps; each must be 1 or more"
                            .formatted(batch, steps));
        }
        this.steps = steps;
        this.counts = new int[batch];
        this.parts = List.of();
        Arrays.fill(counts, steps);
    }

    private Lengths(List<Lengths> parts) {
        this.steps = 0;
        this.counts = new int[0];
        this.parts = parts;
    }

    /**
     * Joins those of values that lie side by side, such as the inputs of a model.
     *
     * @param parts in order, null where all steps count
     * @return null if all are null
     */
    public static Lengths several(Lengths... parts) {
        boolean none = Arrays.stream(parts).allMatch(part -> part == null);
        return none ? null : new Lengths(Arrays.asList(parts.clone()));
    }

    /**
     * Returns those of one of the values that lie side by side; null where all steps count.
     *
     * @param index of the value; a single one is number 0
     */
    public Lengths part(int index) {
        if (!parts.isEmpty()) {
            return parts.get(index);
        }
        return index == 0 ? this : null;
    }

    /** Returns how many values lie side by side; 1 unless they are {@link #several}. */
    public int parts() {
        return Math.max(1, parts.size());
    }

    /** Returns the number of samples. */
    public int batch() {
        return counts.length;
    }

    /** Returns the number of steps of a padded sample. */
    public int steps() {
        return steps;
    }

    /** Returns how many steps of a sample count, 1 or more. */
    public int at(int sample) {
        return counts[sample];
    }

    /**
     * Sets how many steps of a sample count.
     *
     * @throws IllegalArgumentException if it is below 1, or above {@link #steps}
     */
    public void set(int sample, int length) {
        if (length < 1 || length > steps) {
            throw new IllegalArgumentException(
                    "lengths: that of sample %s is %s; it must be from 1 to %s, the steps of a sample"
                            .formatted(sample, length, steps));
        }
        counts[sample] = length;
    }

    /**
     * Sets all of them.
     *
     * @throws IllegalArgumentException if there is not one for each sample, or one is below 1 or
     *     above {@link #steps}
     */
    public void setAll(int... lengths) {
        if (lengths.length != counts.length) {
            throw new IllegalArgumentException(
                    "lengths: %s for %s samples; give one for each"
                            .formatted(lengths.length, counts.length));
        }
        for (int i = 0; i < lengths.length; i++) {
            set(i, lengths[i]);
        }
    }

    /**
     * Takes over those of a run of samples of another batch; of {@link #several}, of each part.
     *
     * @param from of as many steps
     * @param first its sample that becomes number 0
     */
    public void copy(Lengths from, int first) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) != null) {
                parts.get(i).copy(from.parts.get(i), first);
            }
        }
        if (parts.isEmpty()) {
            System.arraycopy(from.counts, first, counts, 0, counts.length);
        }
    }

    /** Makes lengths of the same kind for a batch of another size, of which all steps count. */
    public Lengths like(int batch) {
        if (parts.isEmpty()) {
            return new Lengths(batch, steps);
        }
        return several(
                parts.stream()
                        .map(part -> part == null ? null : part.like(batch))
                        .toArray(Lengths[]::new));
    }

    /** Returns the greatest of them. */
    public int longest() {
        int longest = 0;
        for (int count : counts) {
            longest = Math.max(longest, count);
        }
        return longest;
    }

    /** Returns their sum: how many steps of the whole batch count. */
    public int total() {
        int total = 0;
        for (int count : counts) {
            total += count;
        }
        return total;
    }

    /** Returns whether all steps of all samples count. */
    public boolean isFull() {
        return total() == counts.length * steps;
    }

    /** Returns them as text. */
    @Override
    public String toString() {
        return parts.isEmpty()
                ? "Lengths%s of %s".formatted(Arrays.toString(counts), steps)
                : "Lengths" + parts;
    }
}
