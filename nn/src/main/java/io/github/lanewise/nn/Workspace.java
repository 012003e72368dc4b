package io.github.lanewise.nn;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;

import java.util.Objects;

/** Where a pass gets its buffers while a layer is bound, and what the pass is for. */
public final class Workspace {

    private final int batch;
    private final boolean training;
    private final boolean inputGradient;
    private final Sharing sharing;
    private final Place place;
    private final Lengths lengths;
    private final boolean rowsAreSteps;

    /** Which kernel calls other threads share. */
    private enum Sharing {
        ALL,
        LONG,
        NONE
    }

    /** Where the samples stand in a larger batch; shared by all workspaces made from one. */
    private static final class Place {
        private final int samples;
        private final StepPosition steps;
        private int first;

        private Place(int samples) {
            this(samples, null);
        }

        private Place(int samples, StepPosition steps) {
            this.samples = samples;
            this.steps = steps;
        }
    }

    private Workspace(
            int batch, boolean training, boolean inputGradient, Sharing sharing, Place place) {
        this(batch, training, inputGradient, sharing, place, null, false);
    }

    private Workspace(
            int batch,
            boolean training,
            boolean inputGradient,
            Sharing sharing,
            Place place,
            Lengths lengths,
            boolean rowsAreSteps) {
        if (batch < 1) {
            throw new IllegalArgumentException(
                    "Workspace: batch is %s; it must be 1 or more".formatted(batch));
        }
        this.batch = batch;
        this.training = training;
        this.inputGradient = inputGradient;
        this.sharing = sharing;
        this.place = place;
        this.lengths = lengths;
        this.rowsAreSteps = rowsAreSteps;
    }

    /** Makes a workspace for forward and backward passes, the gradient of the inputs included. */
    public static Workspace training(int batch) {
        return new Workspace(batch, true, true, Sharing.ALL, new Place(batch));
    }

    /** Makes a workspace for forward passes only. */
    public static Workspace inference(int batch) {
        return new Workspace(batch, false, false, Sharing.ALL, new Place(batch));
    }

    /**
     * Makes a workspace for forward passes that are given sequences step by step, one step a call.
     *
     * @param position says which step a call is given
     */
    public static Workspace stepwise(int batch, StepPosition position) {
        Objects.requireNonNull(position, "position");
        return new Workspace(batch, false, false, Sharing.ALL, new Place(batch, position));
    }

    /** Returns which step a forward call is given; null for passes that see whole sequences. */
    public StepPosition stepPosition() {
        return place.steps;
    }

    /**
     * Returns this workspace for a layer whose input gradient is wanted or not; the layer that sees
     * the data can save a product. Never wanted for inference.
     */
    public Workspace inputGradient(boolean wanted) {
        return new Workspace(
                batch, training, training && wanted, sharing, place, lengths, rowsAreSteps);
    }

    /** Returns this workspace for batches of another size, such as all steps of all samples. */
    public Workspace batch(int batch) {
        boolean steps = lengths != null;
        return new Workspace(batch, training, inputGradient, sharing, place, lengths, steps);
    }

    /**
     * Returns this workspace for a layer whose inputs are sequences of unequal length.
     *
     * @param lengths of the inputs, which the caller sets before each forward call; null if all
     *     steps count
     */
    public Workspace lengths(Lengths lengths) {
        return new Workspace(batch, training, inputGradient, sharing, place, lengths, false);
    }

    /** Returns this workspace for a pass that computes on its caller's thread alone. */
    public Workspace solo() {
        return new Workspace(
                batch, training, inputGradient, Sharing.NONE, place, lengths, rowsAreSteps);
    }

    /** Returns this workspace for a pass that other threads help with in its long calls alone. */
    public Workspace longCalls() {
        return new Workspace(
                batch, training, inputGradient, Sharing.LONG, place, lengths, rowsAreSteps);
    }

    /** Returns whether {@link Pass#backward} must return the gradient of the inputs. */
    public boolean inputGradient() {
        return inputGradient;
    }

    /**
     * Returns how many steps of each sample of the inputs count; null if all do. A layer that is
     * bound with such a workspace has agreed to them by {@link Layer#outputLengths}.
     */
    public Lengths lengths() {
        return rowsAreSteps ? null : lengths;
    }

    /** Returns the same of one of several inputs. */
    public Lengths lengths(int input) {
        return lengths() == null ? null : lengths.part(input);
    }

    /**
     * Returns the lengths of the sequences whose steps, or parts of steps, are the rows that a
     * layer goes over: those of its inputs, or, where each step has become a sample of its own, of
     * the inputs before that; null if all rows count.
     */
    public Lengths rowLengths() {
        return lengths;
    }

    /** Returns the samples of a batch. */
    public int batch() {
        return batch;
    }

    /**
     * Says that the samples of the next forward calls are part of a larger batch, in all passes
     * that were bound with this workspace or one made from it.
     *
     * @param sample number of the first of them in the larger batch, from 0, which is the default
     */
    public void firstSample(int sample) {
        place.first = sample;
    }

    /**
     * Returns the number of this batch's first row in the larger batch that it is part of; 0 if it
     * is part of none. What depends on a sample's place, such as the mask of a dropout, counts from
     * here, so that a batch in parts gives what the whole gives.
     */
    public int firstRow() {
        return Math.toIntExact((long) place.first * batch / place.samples);
    }

    /** Returns whether backward calls will follow; else a pass need not keep anything for them. */
    public boolean training() {
        return training;
    }

    /** Returns the kernels to compute with. */
    public Kernels kernels() {
        return switch (sharing) {
            case ALL -> Engine.kernels();
            case LONG -> Engine.longCallKernels();
            case NONE -> Engine.singleThreadKernels();
        };
    }

    /** Makes a buffer of a row for each sample of the batch, without padding. */
    public Matrix buffer(Shape sample) {
        return Matrix.zeros(batch, sample.features());
    }

    /** Makes a buffer of a row for each sample, or none if the input gradient is not wanted. */
    public Matrix inputGradientBuffer(Shape sample) {
        return inputGradient ? buffer(sample) : null;
    }
}
