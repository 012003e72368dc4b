package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.RowView;

/** A sequence that an attention reads, a row for each step, and its gradient. */
final class AttentionSource {

    private final RowView view;
    private final int count;
    private final Matrix gradient;
    private final Matrix gradientRows;
    private Matrix rows;

    AttentionSource(Shape shape, Workspace workspace) {
        int features = shape.dimension(1);
        view = new RowView(workspace.kernels(), features);
        count = Math.multiplyExact(workspace.batch(), shape.dimension(0));
        gradient = workspace.inputGradientBuffer(shape);
        gradientRows = gradient == null ? null : RowView.of(gradient, features);
    }

    void read(Matrix batch) {
        rows = view.of(batch);
    }

    /** Returns how many rows there are. */
    int count() {
        return count;
    }

    Matrix rows() {
        return rows;
    }

    /** Returns the gradient, a row for each sample; null if it is not wanted. */
    Matrix gradient() {
        return gradient;
    }

    /** Returns the gradient, a row for each step; null if it is not wanted. */
    Matrix gradientRows() {
        return gradientRows;
    }
}
