package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;

/**
 * Which convolutions go by Winograd's algorithm, and at which points; see {@link
 * io.github.lanewise.engine.Windows} for the mathematics.
 */
public final class Winograd {

    /** Channels from which on it pays: a vector of 512 bits. */
    private static final int CHANNELS = 16;

    /** Numbers that the weights may be at all pairs of points: 18 MiB, on each thread. */
    private static final int MOST_WEIGHTS = 36 * 128 * 1024;

    /** Multiplications that take as long as it takes to bring one number to the points or back. */
    private static final int TRANSFORM = 8;

    /** Tiles that take as long as bringing the weights to the points, shared by a few images. */
    private static final int WEIGHTS = 2;

    private static final WinogradPoints[] ALL = WinogradPoints.values();

    private Winograd() {}

    /** Returns whether a convolution goes by Winograd's algorithm. */
    public static boolean suits(Convolution shape) {
        return points(shape) != null;
    }

    /** Returns the points that take least work, or null if that is more than without. */
    public static WinogradPoints points(Convolution shape) {
        boolean many = Math.min(shape.groupIn(), shape.groupOut()) >= CHANNELS;
        if (!many || !suits(shape.window().rows()) || !suits(shape.window().cols())) {
            return null;
        }
        WinogradPoints best = null;
        long least = shape.window().outputs() * (long) shape.window().taps() * pairs(shape);
        for (WinogradPoints points : ALL) {
            long work = work(shape, points);
            if (suits(shape, points) && work < least) {
                best = points;
                least = work;
            }
        }
        return best;
    }

    private static boolean suits(Convolution shape, WinogradPoints points) {
        boolean three = shape.window().rows().kernel() == 3 && shape.window().cols().kernel() == 3;
        return (three || points == WinogradPoints.EIGHT)
                && points.pairs() * pairs(shape) <= MOST_WEIGHTS;
    }

    private static boolean suits(Axis axis) {
        boolean dense = axis.stride() == 1 && axis.dilation() == 1;
        boolean seesAll = axis.position(axis.out() - 1, axis.kernel() - 1) >= axis.size() - 1;
        return dense && seesAll && (axis.kernel() == 3 || axis.kernel() == 5);
    }

    private static long pairs(Convolution shape) {
        return (long) shape.groupIn() * shape.groupOut();
    }

    private static long work(Convolution shape, WinogradPoints points) {
        long tiles = (long) points.tiles(shape.window().rows());
        tiles *= points.tiles(shape.window().cols());
        long moved = shape.groupIn() + shape.groupOut();
        return points.pairs() * ((tiles + WEIGHTS) * pairs(shape) + tiles * TRANSFORM * moved);
    }
}
