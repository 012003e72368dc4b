package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;

import java.util.List;
import java.util.Objects;

/**
 * A dataset that changes something of another one and passes the rest on: how many samples there
 * are, their shape, targets and lengths. All samples are in one bucket.
 */
public abstract class WrappedDataset implements Dataset {

    /** The dataset whose samples are changed. */
    protected final Dataset source;

    /** Wraps a dataset. */
    protected WrappedDataset(Dataset source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Shape shape() {
        return source.shape();
    }

    @Override
    public List<Shape> shapes() {
        return source.shape().equals(shape()) ? source.shapes() : List.of(shape());
    }

    @Override
    public boolean isSequential() {
        return source.isSequential();
    }

    @Override
    public Targets targets() {
        return source.targets();
    }

    @Override
    public Targets targetBuffer(int batch) {
        return source.targetBuffer(batch);
    }

    @Override
    public Lengths lengthBuffer(int batch) {
        return source.lengthBuffer(batch);
    }

    @Override
    public void gatherLengths(int[] rows, Lengths lengths) {
        source.gatherLengths(rows, lengths);
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets into) {
        gather(rows, NO_EPOCH, inputs, into);
    }

    @Override
    public abstract void gather(int[] rows, long epoch, Matrix inputs, Targets into);
}
