package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;

/** Samples with their targets, read by number. Reading from several threads at once is allowed. */
public interface Dataset {

    /** Returns the number of samples. */
    int size();

    /** Returns the shape of a sample. */
    Shape shape();

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
        Matrix rows = Matrix.copyOf(features);
        if (rows.size() == 0) {
            throw new IllegalArgumentException(
                    "Dataset: no features: %s; give at least one row of one number"
                            .formatted(rows.shape()));
        }
        return of(rows, new Shape(rows.cols()), Targets.labels(labels));
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
     * Views the samples of several datasets as one with several inputs, for a {@link Model}: a
     * sample of each side by side, in this order. One of them holds the targets; the others have
     * {@link Targets#none}.
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
        Objects.checkFromToIndex(from, to, size());
        return subset(IntStream.range(from, to).toArray());
    }
}
