package io.github.lanewise.nn.conv;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.FeatureMap;
import io.github.lanewise.nn.internal.Options;

/** What {@link Fold} and {@link Unfold} have in common: the window and what it sees. */
public abstract class BlockLayer implements Layer {

    private final Options options = new Options();
    private Side rows;
    private Side cols;

    BlockLayer(int kernelHeight, int kernelWidth) {
        rows = Side.of(kernelHeight);
        cols = Side.of(kernelWidth);
    }

    final Side rows() {
        return rows;
    }

    final Side cols() {
        return cols;
    }

    final void set(String option, Side rows, Side cols) {
        options.requireOpen(this, option);
        this.rows = rows;
        this.cols = cols;
    }

    private Axis axis(Shape image, int dimension, Side side) {
        options.close();
        side.requireFit(this, image, image.dimension(dimension));
        return side.axis(image.dimension(dimension));
    }

    /** Returns the shape of what the window sees of an image. */
    final Shape columns(Shape image) {
        int positions = Math.multiplyExact(axis(image, 1, rows).out(), axis(image, 2, cols).out());
        int taps = Math.multiplyExact(rows.kernel(), cols.kernel());
        return new Shape(Math.multiplyExact(image.dimension(0), taps), positions);
    }

    /** Returns which element of a channel each tap sees at each position. */
    final FeatureMap map(Shape image) {
        Axis down = axis(image, 1, rows);
        Axis across = axis(image, 2, cols);
        int[] sources = new int[down.kernel() * across.kernel() * down.out() * across.out()];
        int at = 0;
        for (int tap = 0; tap < down.kernel() * across.kernel(); tap++) {
            for (int o = 0; o < down.out() * across.out(); o++) {
                int row = down.position(o / across.out(), tap / across.kernel());
                int col = across.position(o % across.out(), tap % across.kernel());
                boolean inside = row >= 0 && row < down.size() && col >= 0 && col < across.size();
                sources[at++] = inside ? row * across.size() + col : FeatureMap.ZERO;
            }
        }
        return FeatureMap.select(down.size() * across.size(), sources);
    }
}
