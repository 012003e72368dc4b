package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.internal.Named;

import java.util.List;
import java.util.SequencedMap;

/**
 * Where a max pooling found the largest value of each window: its index in the channel, row by row,
 * held as a float. It takes what was pooled and what came of it; {@link MaxPool2d#call} makes both.
 * No gradient comes back through it.
 */
public final class MaxPoolIndices implements Merge {

    private static final int MOST = 1 << 24;

    private final Layer pool;
    private final VolumeSides sides;

    /**
     * Makes a layer.
     *
     * @param pool a {@link MaxPool1d}, {@link MaxPool2d} or {@link MaxPool3d}
     * @throws IllegalArgumentException if it is another layer
     */
    public MaxPoolIndices(Layer pool) {
        this.pool = pool;
        sides =
                switch (pool) {
                    case MaxPool1d one -> one.sides();
                    case MaxPool2d two -> two.sides();
                    case MaxPool3d three -> three.sides();
                    default ->
                            throw new IllegalArgumentException(
                                    "MaxPoolIndices: the pool is %s; it must be a MaxPool1d, 2d or"
                                                    .formatted(pool)
                                            + " 3d");
                };
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "MaxPoolIndices: %s inputs; it takes what was pooled and what came of it"
                            .formatted(inputs.size()));
        }
        Shape made = pool.outputShape(inputs.getFirst());
        Plane plane = Plane.of(inputs.getFirst());
        if (!made.equals(inputs.get(1)) || plane.size() > MOST) {
            throw new IllegalArgumentException(
                    ("MaxPoolIndices: inputs are %s; the second must be %s, what comes of the"
                                    + " first, a channel at most %s elements")
                            .formatted(inputs, made, MOST));
        }
        return made;
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        Shape output = outputShape(inputs);
        Matrix indices = workspace.buffer(output);
        Matrix[] gradients = {
            workspace.inputGradientBuffer(inputs.get(0)),
            workspace.inputGradientBuffer(inputs.get(1))
        };
        Plane in = Plane.of(inputs.getFirst());
        Plane out = Plane.of(output);
        return new MergePass() {
            @Override
            public Matrix forward(Matrix[] given) {
                for (int i = 0; i < indices.rows(); i++) {
                    find(in, out, given[0], given[1], i, indices);
                }
                return indices;
            }

            @Override
            public Matrix[] backward(Matrix outputGradient) {
                return gradients;
            }
        };
    }

    private void find(Plane in, Plane out, Matrix x, Matrix y, int row, Matrix indices) {
        for (int o = 0; o < indices.cols(); o++) {
            int from = x.offset() + row * x.ld() + o / out.size() * in.size();
            float largest = y.data()[y.offset() + row * y.ld() + o];
            int at = first(in, out, o % out.size(), x.data(), from, largest);
            indices.data()[row * indices.ld() + o] = at;
        }
    }

    /** Returns the first element of a window that is its largest value, or NaN if that is. */
    private int first(Plane in, Plane out, int o, float[] x, int from, float largest) {
        int w = o % out.width();
        int h = o / out.width() % out.height();
        int d = o / out.width() / out.height();
        for (int a = 0; a < sides.depth().kernel(); a++) {
            int z = position(sides.depth(), d, a);
            for (int b = 0; b < sides.rows().kernel(); b++) {
                int y = position(sides.rows(), h, b);
                for (int c = 0; c < sides.cols().kernel(); c++) {
                    int at = in.index(z, y, position(sides.cols(), w, c));
                    if (at >= 0 && isThat(x[from + at], largest)) {
                        return at;
                    }
                }
            }
        }
        throw new IllegalArgumentException(
                "MaxPoolIndices: window %s has no element of %s; the second input must be what"
                                .formatted(o, largest)
                        + " came of the first");
    }

    private static boolean isThat(float value, float largest) {
        return value == largest || (Float.isNaN(value) && Float.isNaN(largest));
    }

    private static int position(Side side, int window, int tap) {
        return window * side.stride() - side.padding() + tap * side.dilation();
    }

    /** A channel of a sequence, an image or a volume. */
    record Plane(int depth, int height, int width) {

        static Plane of(Shape shape) {
            int rank = shape.rank();
            return new Plane(
                    rank > 3 ? shape.dimension(rank - 3) : 1,
                    rank > 2 ? shape.dimension(rank - 2) : 1,
                    shape.dimension(rank - 1));
        }

        int size() {
            return depth * height * width;
        }

        /** Returns the number of an element, -1 for padding. */
        int index(int z, int y, int x) {
            boolean inside = 0 <= z && z < depth && 0 <= y && y < height && 0 <= x && x < width;
            return inside ? (z * height + y) * width + x : -1;
        }
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("pool", pool);
    }

    @Override
    public String toString() {
        return "MaxPoolIndices(%s)".formatted(pool);
    }
}
