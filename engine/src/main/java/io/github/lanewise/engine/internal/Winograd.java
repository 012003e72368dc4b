package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;

/**
 * Which convolutions go by Winograd's algorithm, and how their outputs are cut into tiles; see
 * {@link io.github.lanewise.engine.Windows} for the mathematics.
 */
public final class Winograd {

    /** Points at which the polynomials of one side are multiplied: a tile sees as many inputs. */
    public static final int SIDE = 8;

    /** Pairs of points: the multiplications that a tile takes for each pair of channels. */
    public static final int POINTS = SIDE * SIDE;

    /** Channels from which on it pays: a vector of 512 bits. */
    private static final int CHANNELS = 16;

    /** Pairs of channels whose weights still fit into a cache at all points: 16 MiB. */
    private static final int MOST_PAIRS = 64 * 1024;

    /** Multiplications that take as long as it takes to bring one number to the points or back. */
    private static final int TRANSFORM = 8;

    /** Tiles that take as long as bringing the weights to the points, shared by a few images. */
    private static final int WEIGHTS = 3;

    /** What interpolation divides by: the product of the distances from the other points. */
    private static final double[] DIVISORS = {1, -4.5, -4.5, 90, 90, 1.40625, 1.40625, 1};

    private static final float[] FACTORS = factors();

    private Winograd() {}

    private static float[] factors() {
        float[] factors = new float[POINTS];
        for (int point = 0; point < POINTS; point++) {
            factors[point] = (float) (1 / DIVISORS[point / SIDE] / DIVISORS[point % SIDE]);
        }
        return factors;
    }

    /** Returns what weights are multiplied with at a pair of points. */
    public static float factor(int point) {
        return FACTORS[point];
    }

    /** Returns whether a convolution goes by Winograd's algorithm: if that takes less work. */
    public static boolean suits(Convolution shape) {
        Axis rows = shape.window().rows();
        Axis cols = shape.window().cols();
        long channels = (long) shape.groupIn() * shape.groupOut();
        boolean many = Math.min(shape.groupIn(), shape.groupOut()) >= CHANNELS;
        if (!many || channels > MOST_PAIRS || !suits(rows) || !suits(cols)) {
            return false;
        }
        long moved = shape.groupIn() + shape.groupOut();
        long tiles = (long) tiles(rows) * tiles(cols);
        return POINTS * ((tiles + WEIGHTS) * channels + tiles * TRANSFORM * moved)
                < (long) shape.window().outputs() * shape.window().taps() * channels;
    }

    private static boolean suits(Axis axis) {
        boolean dense = axis.stride() == 1 && axis.dilation() == 1;
        boolean seesAll = axis.position(axis.out() - 1, axis.kernel() - 1) >= axis.size() - 1;
        return dense && seesAll && (axis.kernel() == 3 || axis.kernel() == 5);
    }

    /** Returns the outputs of a tile along one side. */
    public static int outputs(Axis axis) {
        return SIDE + 1 - axis.kernel();
    }

    /** Returns the tiles along one side; the last may stick out. */
    public static int tiles(Axis axis) {
        return Math.ceilDiv(axis.out(), outputs(axis));
    }
}
