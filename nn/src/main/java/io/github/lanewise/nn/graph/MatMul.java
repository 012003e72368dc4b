package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import java.util.List;

/**
 * The matrix product of two inputs: y = a b, of m x k and k x n; of inputs with more axes, a
 * product for each place on the axes before the last two, which must be equal. So attention is
 * written out. Backward: da = dy b<sup>T</sup>, db = a<sup>T</sup> dy.
 */
public record MatMul() implements Merge {

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes two".formatted(this, inputs.size()));
        }
        int[] a = inputs.get(0).dimensions();
        int[] b = inputs.get(1).dimensions();
        int rank = a.length;
        boolean fits = rank >= 2 && b.length == rank && a[rank - 1] == b[rank - 2];
        for (int axis = 0; fits && axis < rank - 2; axis++) {
            fits = a[axis] == b[axis];
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "%s: shapes do not fit: %s and %s; they must be ... x m x k and ... x k x n"
                            .formatted(this, inputs.get(0), inputs.get(1)));
        }
        a[rank - 1] = b[rank - 1];
        return new Shape(a);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        return new MatMulPass(this, inputs, outputShape(inputs), workspace);
    }

    @Override
    public String toString() {
        return "MatMul()";
    }
}
