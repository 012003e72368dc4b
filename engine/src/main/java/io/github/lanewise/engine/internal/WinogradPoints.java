package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Axis;

/** The points at which Winograd's algorithm multiplies the polynomials of one side of a tile. */
public enum WinogradPoints {
    /** 0, 1, -1, 2, -2 and infinity. */
    SIX(4, -6, -6, 24, 24, 1),
    /** 0, 1, -1, 2, -2, 1/2, -1/2 and infinity. */
    EIGHT(1, -4.5, -4.5, 90, 90, 1.40625, 1.40625, 1);

    /** The most points of one side. */
    public static final int MOST = 8;

    private final int side;
    private final float[] factors;

    /** Takes what interpolation divides by: the product of the distances from the other points. */
    WinogradPoints(double... divisors) {
        side = divisors.length;
        factors = new float[side * side];
        for (int pair = 0; pair < factors.length; pair++) {
            factors[pair] = (float) (1 / divisors[pair / side] / divisors[pair % side]);
        }
    }

    /** Returns the points of one side: a tile sees as many inputs. */
    public int side() {
        return side;
    }

    /** Returns the pairs of points: the products that a tile takes for each pair of channels. */
    public int pairs() {
        return factors.length;
    }

    /** Returns what weights are multiplied with at a pair of points. */
    public float factor(int pair) {
        return factors[pair];
    }

    /** Returns the outputs of a tile along one side. */
    public int outputs(Axis axis) {
        return side + 1 - axis.kernel();
    }

    /** Returns the tiles along one side; the last may stick out. */
    public int tiles(Axis axis) {
        return Math.ceilDiv(axis.out(), outputs(axis));
    }
}
