package io.github.lanewise.engine.internal;

/**
 * Sums of a row in double from the first element on, for all kernel sets: what a wide sum of {@link
 * io.github.lanewise.engine.Kernels} goes over to where floats overflow or vanish. A product of two
 * floats is exact in double.
 */
public final class DoubleSum {

    /** Below this a dot product may have lost terms that no float can hold. */
    private static final double LEAST_DOT = 0x1p-64;

    private DoubleSum() {}

    /** Whether floats held all that counts in a sum. */
    public static boolean trusts(double sum) {
        return Double.isFinite(sum);
    }

    /** Whether floats held all that counts in a dot product. */
    public static boolean trustsDot(double dot) {
        return Double.isFinite(dot) && Math.abs(dot) >= LEAST_DOT;
    }

    /** Returns the sum of n elements: four partial sums over j mod 4, (0 + 2) + (1 + 3). */
    public static double sum(float[] x, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j <= n - 4; j += 4) {
            s0 += x[at + j];
            s1 += x[at + j + 1];
            s2 += x[at + j + 2];
            s3 += x[at + j + 3];
        }
        double sum = (s0 + s2) + (s1 + s3);
        for (; j < n; j++) {
            sum += x[at + j];
        }
        return sum;
    }

    /** Returns the dot product of n elements, in the same order. */
    public static double dot(float[] x, int xAt, float[] y, int yAt, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j <= n - 4; j += 4) {
            s0 += (double) x[xAt + j] * y[yAt + j];
            s1 += (double) x[xAt + j + 1] * y[yAt + j + 1];
            s2 += (double) x[xAt + j + 2] * y[yAt + j + 2];
            s3 += (double) x[xAt + j + 3] * y[yAt + j + 3];
        }
        double sum = (s0 + s2) + (s1 + s3);
        for (; j < n; j++) {
            sum += (double) x[xAt + j] * y[yAt + j];
        }
        return sum;
    }

    /** Returns the sum of the n products whose first factor is not 0, one by one. */
    public static double weighted(float[] x, int xAt, float[] y, int yAt, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += x[xAt + j] == 0 ? 0 : (double) x[xAt + j] * y[yAt + j];
        }
        return sum;
    }

    /** Returns the sum of the sizes of n elements, one by one. */
    public static double absolute(float[] x, int at, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Math.abs(x[at + j]);
        }
        return sum;
    }

    /** Returns the dot product of a kernel set if it is to be trusted, else that in double. */
    static double dot(RowKernels rows, float[] x, int xAt, float[] y, int yAt, int n) {
        double fast = rows.dot(x, xAt, y, yAt, n);
        return trustsDot(fast) ? fast : dot(x, xAt, y, yAt, n);
    }

    /** Returns the sum of a kernel set if it is to be trusted, else that in double. */
    static double sum(RowKernels rows, float[] x, int at, int n) {
        double fast = rows.sum(x, at, n);
        return trusts(fast) ? fast : sum(x, at, n);
    }
}
