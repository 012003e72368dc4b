package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import java.util.Objects;

/**
 * Samples that are unsigned bytes, made floats while a batch is gathered: a quarter of the memory.
 */
record ByteDataset(byte[] bytes, Shape shape, Targets targets, float scale, float shift)
        implements Dataset {

    ByteDataset {
        Objects.requireNonNull(bytes, "bytes");
        Objects.requireNonNull(shape, "shape");
        if (bytes.length % shape.features() != 0) {
            throw new IllegalArgumentException(
                    "Dataset: %s bytes for samples of shape %s; they must be a multiple of %s"
                            .formatted(bytes.length, shape, shape.features()));
        }
        TargetRows.requireSize(targets, bytes.length / shape.features());
    }

    @Override
    public int size() {
        return bytes.length / shape.features();
    }

    @Override
    public Targets targetBuffer(int batch) {
        return TargetRows.buffer(targets, batch);
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets into) {
        Engine.kernels().gatherRows(bytes, rows, scale, shift, inputs);
        TargetRows.gather(targets, rows, into);
    }
}
