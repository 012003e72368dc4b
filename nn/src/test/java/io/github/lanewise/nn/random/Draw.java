package io.github.lanewise.nn.random;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.init.RandomStream;

import java.util.List;

/**
 * Draws what a random test needs, all of it from one seed.
 *
 * <p>A wild one also draws numbers that nobody should pass: negative, 0, far too large, NaN.
 */
final class Draw {

    private static final int[] WILD_NUMBERS = {
        -1, 0, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 1 << 16, 46341, -7, 1000
    };

    private static final float[] WILD_FLOATS = {
        Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1, 0, 1, 2, 1e38f, 1e-45f
    };

    private final RandomStream random;
    private final boolean wild;

    Draw(long seed, boolean wild) {
        this.random = new RandomStream(seed).stream("random test");
        this.wild = wild;
    }

    /** Returns a whole number from one to another, both included; a wild one may be any other. */
    int number(int from, int to) {
        if (wild && chance(0.15)) {
            return WILD_NUMBERS[random.nextInt(WILD_NUMBERS.length)];
        }
        return among(from, to);
    }

    /** Returns a whole number from one to another, even where others are wild. */
    int among(int from, int to) {
        return from + random.nextInt(Math.max(1, to - from + 1));
    }

    /** Returns a size that a program may have: mostly small, some around the width of vectors. */
    int size() {
        return chance(0.8) ? number(1, 9) : number(10, 37);
    }

    float real(float from, float to) {
        if (wild && chance(0.2)) {
            return WILD_FLOATS[random.nextInt(WILD_FLOATS.length)];
        }
        return random.uniform(from, to);
    }

    boolean chance(double p) {
        return random.uniform() < p;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Returns a divisor of a number; of a wild one anything. */
    int divisor(int number) {
        if (wild || number < 1) {
            return number(1, 6);
        }
        int divisor = among(1, Math.min(number, 8));
        while (number % divisor != 0) {
            divisor--;
        }
        return divisor;
    }

    Shape shape(int rank) {
        int[] dimensions = new int[rank];
        for (int i = 0; i < rank; i++) {
            dimensions[i] = rank == 1 || i == 0 && chance(0.3) ? among(1, 40) : among(1, 8);
        }
        return new Shape(dimensions);
    }

    Matrix gaussian(int rows, int cols) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.data()[i] = (float) random.gaussian();
        }
        return matrix;
    }

    Matrix whole(int rows, int cols, int bound) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.data()[i] = random.nextInt(bound);
        }
        return matrix;
    }
}
