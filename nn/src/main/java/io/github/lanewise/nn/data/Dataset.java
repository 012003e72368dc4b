package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.MappedArray;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Samples with their targets, read by number. Reading from several threads at once is allowed. */
public interface Dataset {

    /** Says that samples are gathered outside of training: what {@link #gather} counts as epoch. */
    long NO_EPOCH = -1;

    /** Returns the number of samples. */
    int size();

    /** Returns the shape of a sample. */
    Shape shape();

    /**
     * Returns the shapes of what lies side by side in a sample: those of zipped datasets; by
     * default there is one.
     */
    default List<Shape> shapes() {
        return List.of(shape());
    }

    /**
     * Returns the targets of all samples, so that they can be checked before training begins; null
     * (the default) if they are not in memory.
     */
    default Targets targets() {
        return null;
    }

    /** Makes a buffer for the targets of a batch, of the kind that {@link #gather} fills. */
    Targets targetBuffer(int batch);

    /**
     * Copies chosen samples and their targets.
     *
     * @param rows numbers of the samples, one for each row of {@code inputs} or more
     * @param inputs batch x features, receives the samples
     * @param targets from {@link #targetBuffer}, receives the targets
     */
    void gather(int[] rows, Matrix inputs, Targets targets);

    /**
     * Does the same for training, where samples may differ from epoch to epoch, by augmentation for
     * example: a function of seed, epoch and number of the sample alone. By default they do not.
     *
     * @param epoch of the trainer, from 0; {@link #NO_EPOCH} for the samples as they are
     */
    default void gather(int[] rows, long epoch, Matrix inputs, Targets targets) {
        gather(rows, inputs, targets);
    }

    /**
     * Returns whether samples can be read in order only, as those of a stream; then they are not
     * shuffled. By default they can be read in any order.
     */
    default boolean isSequential() {
        return false;
    }

    /** Checks that samples can be read in any order. */
    static void requireRandomAccess(String operation, Dataset dataset) {
        if (dataset.isSequential()) {
            throw new IllegalArgumentException(
                    "%s: the dataset is a stream, whose samples can be read in order only; do it to what the stream is made of"
                            .formatted(operation));
        }
    }

    /**
     * Makes a buffer for the lengths of a batch of samples, if they are sequences of unequal
     * length; null (the default) if all steps of all samples count.
     */
    default Lengths lengthBuffer(int batch) {
        return null;
    }

    /**
     * Copies the lengths of chosen samples; called if there is a buffer for them.
     *
     * @param rows numbers of the samples, one for each of the lengths or more
     * @param lengths from {@link #lengthBuffer}, receives the lengths
     */
    default void gatherLengths(int[] rows, Lengths lengths) {}

    /**
     * Returns this dataset as it is seen by batches of each of its buckets: sequences padded less
     * far, by the same numbers. A batch has samples of one bucket only. By default all samples are
     * in one bucket.
     */
    default List<Dataset> buckets() {
        return List.of(this);
    }

    /** Returns the number of the bucket in which a sample is, from 0. */
    default int bucket(int sample) {
        return 0;
    }

    /**
     * Copies sequences of unequal length: for each sample its steps, of as many numbers each.
     *
     * @param targets one for each sample, or one for each step ({@link Targets#steps})
     * @throws IllegalArgumentException if there is no sample, one has no steps, steps differ in
     *     length, or targets do not fit
     */
    static SequenceDataset ofSequences(float[][][] sequences, Targets targets) {
        return new SequenceDataset(Sequences.of(sequences), targets);
    }

    /**
     * Views series of unequal length with one number a step; shared, not copied. Padded samples are
     * steps x 1.
     *
     * @param targets one for each sample, or one for each step ({@link Targets#steps})
     * @throws IllegalArgumentException if there is no sample, one has no steps, or targets do not
     *     fit
     */
    static SequenceDataset ofSequences(float[][] series, Targets targets) {
        return ofSequences(Arrays.asList(series), 1, targets);
    }

    /**
     * Copies sequences of whole numbers of unequal length, such as the words of sentences, for an
     * {@link io.github.lanewise.nn.layer.Embedding}.
     *
     * @param targets one for each sample, or one for each step ({@link Targets#steps})
     * @throws IllegalArgumentException if there is no sample, one has no steps, or targets do not
     *     fit
     */
    static SequenceDataset ofSequences(int[][] sequences, Targets targets) {
        return new SequenceDataset(Sequences.of(sequences), targets);
    }

    /**
     * Views sequences of unequal length: for each sample the numbers of all its steps, one after
     * another; shared, not copied.
     *
     * @param width numbers of a step
     * @param targets one for each sample, or one for each step ({@link Targets#steps})
     * @throws IllegalArgumentException if there is no sample, one has no steps or part of one, or
     *     targets do not fit
     */
    static SequenceDataset ofSequences(List<float[]> sequences, int width, Targets targets) {
        return new SequenceDataset(Sequences.of(sequences, width), targets);
    }

    /**
     * Views rows of floats as samples; the arrays are shared, not copied.
     *
     * @param features a row for each sample
     * @param shape of a sample, with as many features as there are columns
     * @param targets as many as there are rows
     */
    static Dataset of(Matrix features, Shape shape, Targets targets) {
        return new FloatDataset(features, shape, targets);
    }

    /**
     * Copies equally long rows as samples with class labels.
     *
     * @throws IllegalArgumentException if there is no row, rows differ in length, or labels in
     *     number
     */
    static Dataset of(float[][] features, int[] labels) {
        Matrix rows = copyOf(features);
        return of(rows, new Shape(rows.cols()), Targets.labels(labels));
    }

    /**
     * Copies equally long rows as samples, and as many rows of numbers as their targets.
     *
     * @throws IllegalArgumentException if there is no row, or rows differ in length or number
     */
    static Dataset of(float[][] features, float[][] targets) {
        Matrix rows = copyOf(features);
        return of(rows, new Shape(rows.cols()), Targets.values(Matrix.copyOf(targets)));
    }

    private static Matrix copyOf(float[][] features) {
        Matrix rows = Matrix.copyOf(features);
        if (rows.size() == 0) {
            throw new IllegalArgumentException(
                    "Dataset: no features: %s; give at least one row of one number"
                            .formatted(rows.shape()));
        }
        return rows;
    }

    /**
     * Copies equally long rows of whole numbers, such as the indices of words or categories for an
     * embedding, as samples. They become floats only when a batch is gathered.
     *
     * @throws IllegalArgumentException if there is no row, rows differ in length, there are not as
     *     many targets, or a number is beyond 2^24, up to which floats are exact
     */
    static Dataset of(int[][] numbers, Targets targets) {
        return IntDataset.join(numbers, targets);
    }

    /** Does the same for samples with a class each. */
    static Dataset of(int[][] numbers, int[] labels) {
        return of(numbers, Targets.labels(labels));
    }

    /**
     * Views unsigned bytes, such as pixels, as samples; shared, not copied. They become floats only
     * when a batch is gathered: fma(byte, scale, shift).
     *
     * @param bytes samples one after another, each byte from 0 to 255
     * @param shape of a sample
     * @param targets one for each sample
     * @param scale factor, for example 1 / 255f
     * @param shift added after, for example minus the mean of the scaled values
     */
    static Dataset ofBytes(byte[] bytes, Shape shape, Targets targets, float scale, float shift) {
        return new ByteDataset(bytes, shape, targets, scale, shift);
    }

    /**
     * Views the samples of several datasets as one with several inputs, for a {@link
     * io.github.lanewise.nn.graph.Model}: a sample of each side by side, in this order. One of them
     * holds the targets; the others have {@link Targets#none}.
     *
     * @throws IllegalArgumentException if there is no dataset, they differ in size, or not exactly
     *     one has targets
     */
    static Dataset zip(Dataset... parts) {
        return new ZippedDataset(parts);
    }

    /**
     * Reads samples and targets that are two arrays of a file, such as one that NumPy's {@code
     * savez} wrote. Whole numbers, one for each sample, are labels; other targets are rows of
     * numbers. Samples that are unsigned bytes stay bytes in memory.
     *
     * @param file NPZ or safetensors
     * @param inputs name of the array of samples x features, or samples x channels x ...
     * @param targets name of the array of targets, one row for each sample
     * @throws IOException if the file is broken, or the arrays do not fit
     */
    static Dataset of(Path file, String inputs, String targets) throws IOException {
        return ArrayFile.read(file, inputs, targets);
    }

    /**
     * Views a stream as samples, however many it has, without knowing how many. An epoch is the
     * next so many of them; at its end the stream begins anew. They are read in order, never
     * shuffled, and one at a time: an iterator may read a file or make what it gives.
     *
     * <pre>{@code
     * trainer.fit(Dataset.stream(new Shape(10), steps * 64, () -> new Readings(file)), epochs, 64);
     * }</pre>
     *
     * @param shape of a sample
     * @param samplesPerEpoch steps of an epoch times batch size
     * @param source opens the stream at its beginning, and is asked for its first sample at once
     * @throws IllegalArgumentException if there is no sample, or it does not have this shape
     */
    static Dataset stream(
            Shape shape, int samplesPerEpoch, Supplier<? extends Iterator<Sample>> source) {
        return new StreamDataset(shape, samplesPerEpoch, source);
    }

    /**
     * Views the rows of a file as samples, which stay in the file, so that there may be more than
     * memory holds: see {@link MappedArray#npy} and {@link MappedArray#raw}. Bits and order are
     * those of the same samples in memory.
     *
     * @param samples a row each, of floats, bytes or other whole numbers
     * @param targets one for each sample
     */
    static Dataset mapped(MappedArray samples, Targets targets) {
        return mapped(samples, targets, 1, 0);
    }

    /**
     * Does the same for samples that become fma(number, scale, shift), such as bytes of pixels.
     *
     * @param scale factor, for example 1 / 255f
     * @param shift added after
     */
    static Dataset mapped(MappedArray samples, Targets targets, float scale, float shift) {
        Objects.requireNonNull(targets, "targets");
        return new MappedDataset(samples, scale, shift, targets, null);
    }

    /**
     * Does the same with targets that stay in a file, too: a row for each sample, of whole numbers
     * that are classes, or of floats.
     */
    static Dataset mapped(MappedArray samples, MappedArray targets, float scale, float shift) {
        Objects.requireNonNull(targets, "targets");
        return new MappedDataset(samples, scale, shift, null, targets);
    }

    /**
     * Views several datasets as one, their samples one after another; targets in memory are copied.
     *
     * @throws IllegalArgumentException if there is none, or shapes or kinds of target differ
     */
    static Dataset concat(Dataset... parts) {
        return new ConcatDataset(parts);
    }

    /**
     * Returns a dataset whose samples a function makes of these, whenever they are gathered.
     *
     * @param shape of a sample that is made
     */
    default Dataset map(Shape shape, SampleFunction function) {
        return new TransformedDataset(this, shape, function);
    }

    /**
     * Returns these samples with other targets, one for each sample.
     *
     * @throws IllegalArgumentException if there are not as many
     */
    default Dataset withTargets(Targets targets) {
        return new RelabelledDataset(this, Objects.requireNonNull(targets, "targets"));
    }

    /** Returns these samples, each its own target: what an autoencoder learns. */
    default Dataset reconstructing() {
        return new RelabelledDataset(this, null);
    }

    /**
     * Returns chosen samples, in this order; nothing is copied.
     *
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    default Dataset subset(int... samples) {
        return new SubsetDataset(this, samples);
    }

    /**
     * Returns the samples from one number to below another; nothing is copied.
     *
     * @throws IndexOutOfBoundsException if there are no such samples
     */
    default Dataset range(int from, int to) {
        if (from < 0 || from > to || to > size()) {
            throw new IndexOutOfBoundsException(
                    "range: samples %s to below %s; the dataset has %s"
                            .formatted(from, to, size()));
        }
        return new SubsetDataset(this, from, to);
    }
}
