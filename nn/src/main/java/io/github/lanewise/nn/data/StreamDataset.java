package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import java.util.Iterator;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Samples that come one after another. Sample number i of epoch e is number {@code e
 * samplesPerEpoch + i} of the stream, which begins anew at its end: so a run that goes on from a
 * checkpoint, and for that skips what was read, sees what it would have seen.
 */
final class StreamDataset implements Dataset {

    private final Shape shape;
    private final int samplesPerEpoch;
    private final Supplier<? extends Iterator<Sample>> source;
    private Targets like;
    private Iterator<Sample> samples;
    private Sample peeked;
    private long next;

    StreamDataset(Shape shape, int samplesPerEpoch, Supplier<? extends Iterator<Sample>> source) {
        this.shape = Objects.requireNonNull(shape, "shape");
        this.source = Objects.requireNonNull(source, "source");
        this.samplesPerEpoch = samplesPerEpoch;
        if (samplesPerEpoch < 1) {
            throw new IllegalArgumentException(
                    "stream: %s samples an epoch; there must be 1 or more, steps times batch size"
                            .formatted(samplesPerEpoch));
        }
        samples = open();
        peeked = samples.next();
        like = TargetRows.buffer(checked(peeked, 0).target(), 1);
    }

    /** Opens the stream at its beginning. */
    private Iterator<Sample> open() {
        Iterator<Sample> opened = Objects.requireNonNull(source.get(), "source");
        if (!opened.hasNext()) {
            throw new IllegalArgumentException(
                    like == null
                            ? "stream: there are no samples; give at least one"
                            : "stream: opened again it has no samples; the source must open it at"
                                    + " its beginning each time, and not hand out the same"
                                    + " iterator");
        }
        return opened;
    }

    private Sample checked(Sample sample, long number) {
        Objects.requireNonNull(sample, () -> "stream: sample %s is null".formatted(number));
        if (sample.inputs().length != shape.features()) {
            throw new IllegalArgumentException(
                    "stream: sample %s has %s features, the shape %s has %s; they must be as many"
                            .formatted(number, sample.inputs().length, shape, shape.features()));
        }
        if (like != null) {
            TargetRows.requireAlike("stream", "sample", like, sample.target(), number);
        }
        return sample;
    }

    @Override
    public int size() {
        return samplesPerEpoch;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public boolean isSequential() {
        return true;
    }

    @Override
    public Targets targetBuffer(int batch) {
        return TargetRows.buffer(like, batch);
    }

    /** Outside of training, these are the samples of the first epoch. */
    @Override
    public void gather(int[] rows, Matrix inputs, Targets targets) {
        gather(rows, 0, inputs, targets);
    }

    @Override
    public synchronized void gather(int[] rows, long epoch, Matrix inputs, Targets targets) {
        long first = Math.max(epoch, 0) * samplesPerEpoch;
        for (int i = 0; i < inputs.rows(); i++) {
            goTo(first + rows[i]);
            Sample sample = checked(read(), next - 1);
            int to = inputs.offset() + i * inputs.ld();
            System.arraycopy(sample.inputs(), 0, inputs.data(), to, inputs.cols());
            TargetRows.copy(sample.target(), 0, targets, i);
        }
    }

    /** Skips to a sample; if it has gone by, from the beginning. */
    private void goTo(long number) {
        if (next > number) {
            samples = open();
            peeked = null;
            next = 0;
        }
        while (next < number) {
            read();
        }
    }

    private Sample read() {
        Sample first = peeked;
        if (first != null) {
            peeked = null;
            next++;
            return first;
        }
        if (!samples.hasNext()) {
            samples = open();
        }
        next++;
        return samples.next();
    }
}
