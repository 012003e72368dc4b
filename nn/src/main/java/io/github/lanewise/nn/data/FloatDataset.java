package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import java.util.Objects;

/** Samples that are rows of a float matrix. */
record FloatDataset(Matrix features, Shape shape, Targets targets) implements Dataset {

    FloatDataset {
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(shape, "shape");
        if (features.cols() != shape.features()) {
            throw new IllegalArgumentException(
                    ("Dataset: features are %s, a sample of shape %s has %s;"
                                    + " they must have as many columns")
                            .formatted(features.shape(), shape, shape.features()));
        }
        TargetRows.requireSize(targets, features.rows());
    }

    @Override
    public int size() {
        return features.rows();
    }

    @Override
    public Targets targetBuffer(int batch) {
        return TargetRows.buffer(targets, batch);
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets into) {
        Engine.kernels().gatherRows(features, rows, inputs);
        TargetRows.gather(targets, rows, into);
    }
}
