package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;

/**
 * Rotary positions (Su et al., "RoFormer", 2021): turns features i and i + d/2 of each head of step
 * t by the angle t base<sup>-2i/d</sup>, so that the product of a query and a key depends on how
 * far apart they are.
 */
final class Rotary {

    private final int half;
    private final float[] cosines;
    private final float[] sines;

    /** Computes the angles of so many steps, in double with {@link StrictMath}. */
    Rotary(int steps, int width, float base) {
        half = width / 2;
        cosines = new float[steps * half];
        sines = new float[steps * half];
        for (int at = 0; at < cosines.length; at++) {
            double slowness = StrictMath.pow(base, 2.0 * (at % half) / width);
            double angle = at / half / slowness;
            cosines[at] = (float) StrictMath.cos(angle);
            sines[at] = (float) StrictMath.sin(angle);
        }
    }

    /**
     * Turns all heads, in place.
     *
     * @param x samples x steps rows, heads x d columns
     * @param steps of a sample
     * @param first number of the first of them
     */
    void turn(Matrix x, int steps, int first) {
        turn(x, steps, first, 1);
    }

    /** Turns gradients back, in place. */
    void turnBack(Matrix x, int steps) {
        turn(x, steps, 0, -1);
    }

    private void turn(Matrix x, int steps, int first, float direction) {
        for (int i = 0; i < x.rows(); i++) {
            int row = x.offset() + i * x.ld();
            int angles = (first + i % steps) * half;
            for (int head = 0; head < x.cols(); head += 2 * half) {
                turn(x.data(), row + head, angles, direction);
            }
        }
    }

    private void turn(float[] x, int at, int angles, float direction) {
        for (int i = 0; i < half; i++) {
            float a = x[at + i];
            float b = x[at + half + i];
            float cosine = cosines[angles + i];
            float sine = direction * sines[angles + i];
            x[at + i] = a * cosine - b * sine;
            x[at + half + i] = b * cosine + a * sine;
        }
    }
}
