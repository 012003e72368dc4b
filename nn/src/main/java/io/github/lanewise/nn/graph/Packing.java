package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Columns;

import java.util.List;

/** Puts matrices side by side into a buffer; a single one is passed on as it is. */
final class Packing {

    private final Columns columns;
    private final Kernels kernels;
    private final Matrix buffer;

    Packing(List<Shape> parts, Workspace workspace) {
        this.columns = new Columns(parts);
        this.kernels = workspace.kernels();
        this.buffer =
                parts.size() == 1 ? null : Matrix.zeros(workspace.batch(), columns.features());
    }

    Matrix join(Matrix[] parts) {
        if (buffer == null) {
            return parts[0];
        }
        columns.join(kernels, parts, buffer);
        return buffer;
    }
}
