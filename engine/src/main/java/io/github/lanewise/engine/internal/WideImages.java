package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;

import java.util.Arrays;

/**
 * Which images of a call have values so far apart that Winograd's algorithm would spoil the smaller
 * ones; see {@link io.github.lanewise.engine.Windows} for the rule.
 *
 * <p>Where even the smallest of an image's positions but 0 is near the largest, as almost always,
 * that is all there is to see. Else each tile's largest magnitude is compared with what each result
 * next to it is made of. One object serves one thread.
 */
public final class WideImages {

    /** How much larger a tile's largest magnitude may be than what any result is made of. */
    public static final float RATIO = 128;

    /** Magnitudes up to here stay finite at all points, and in their sums. */
    public static final float LARGEST = 0x1p100f;

    private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private final Magnitudes magnitudes;
    private int[] seen = new int[0];
    private int[] across = new int[0];
    private int[] results = new int[0];
    private boolean[] wide = new boolean[0];
    private int first;

    private Window window;
    private WinogradPoints points;

    /** Makes one that finds magnitudes so. */
    public WideImages(Magnitudes magnitudes) {
        this.magnitudes = magnitudes;
    }

    /** Begins with images [from, to), of which none is wide. */
    public void begin(Convolution shape, int from, int to) {
        window = shape.window();
        points = Winograd.points(shape);
        first = from;
        if (wide.length < to - from) {
            wide = new boolean[to - from];
        }
        Arrays.fill(wide, 0, to - from, false);
        int most = Math.max(window.inputs(), window.outputs()) + 2;
        if (seen.length < most) {
            seen = new int[most];
            results = new int[most];
        }
        int crossed = window.rows().size() * window.cols().out();
        crossed = Math.max(crossed, window.rows().out() * window.cols().size());
        if (across.length < crossed) {
            across = new int[crossed];
        }
    }

    /** Returns whether an image is wide, as far as has been looked. */
    public boolean isWide(int image) {
        return wide[image - first];
    }

    /** Looks at some channels of the inputs of an image, and returns whether it is wide. */
    public boolean lookAtInputs(int image, float[] x, int at, int channels) {
        return look(image, x, at, channels, window.inputs(), true);
    }

    /** Looks at some channels of the gradient of its outputs. */
    public boolean lookAtOutputs(int image, float[] dy, int at, int channels) {
        return look(image, dy, at, channels, window.outputs(), false);
    }

    /** Looks at both, of the whole group that an output channel belongs to. */
    public boolean look(Convolution shape, int channel, Matrix x, Matrix dy, int image) {
        int group = channel / shape.groupOut();
        int in = shape.groupIn();
        int out = shape.groupOut();
        int xAt = x.offset() + image * x.ld() + group * in * window.inputs();
        int dyAt = dy.offset() + image * dy.ld() + group * out * window.outputs();
        return lookAtInputs(image, x.data(), xAt, in) || lookAtOutputs(image, dy.data(), dyAt, out);
    }

    private boolean look(int image, float[] x, int at, int channels, int n, boolean forward) {
        if (!wide[image - first]) {
            magnitudes.of(x, at, channels, n, seen);
            float largest = Float.intBitsToFloat(seen[n]);
            float smallest = Float.intBitsToFloat(seen[n + 1]);
            wide[image - first] =
                    !(largest <= LARGEST)
                            || (largest > RATIO * smallest && hasWideTile(largest, forward));
        }
        return wide[image - first];
    }

    private boolean hasWideTile(float largest, boolean forward) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        boolean farApart;
        if (forward) {
            int above = rows.padding();
            int left = cols.padding();
            farApart =
                    spread(largest, rows.size(), rows.out(), above, cols.size(), cols.out(), left);
        } else {
            int above = rows.kernel() - 1 - rows.padding();
            int left = cols.kernel() - 1 - cols.padding();
            farApart =
                    spread(largest, rows.out(), rows.size(), above, cols.out(), cols.size(), left);
        }
        if (!farApart) {
            return false;
        }
        int down = points.tiles(rows);
        int wideness = points.tiles(cols);
        for (int tile = 0; tile < down * wideness; tile++) {
            if (isWideTile(tile / wideness, tile % wideness, forward)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sets for each result the largest magnitude that it is made of, and returns whether one of
     * them but 0 is far below the largest of all. First along columns, whose rows lie one behind
     * the other; where nothing is far below by then, nothing will be, as a larger magnitude can
     * only take a smaller one's place.
     */
    private boolean spread(
            float largest, int rows, int toRows, int above, int cols, int toCols, int left) {
        int n = toRows * cols;
        Arrays.fill(across, 0, n, 0);
        for (int k = 0; k < window.rows().kernel(); k++) {
            int from = Math.max(0, above - k);
            int to = Math.min(toRows, rows + above - k);
            int count = (to - from) * cols;
            takeLarger(seen, (from - above + k) * cols, across, from * cols, count);
        }
        if (largest <= RATIO * smallest(across, n)) {
            return false;
        }
        Arrays.fill(results, 0, toRows * toCols, 0);
        for (int k = 0; k < window.cols().kernel(); k++) {
            int from = Math.max(0, left - k);
            int to = Math.min(toCols, cols + left - k);
            for (int y = 0; y < toRows; y++) {
                int at = y * cols + from - left + k;
                takeLarger(across, at, results, y * toCols + from, to - from);
            }
        }
        return largest > RATIO * smallest(results, toRows * toCols);
    }

    /** Returns the smallest magnitude but 0; infinity where all are 0. */
    private static float smallest(int[] magnitudes, int n) {
        int smallest = INFINITY - 1;
        for (int j = 0; j < n; j++) {
            // Without its sign bit, what 0 - 1 leaves is larger than any.
            smallest = Math.min(smallest, (magnitudes[j] - 1) & Magnitudes.MASK);
        }
        return Float.intBitsToFloat(smallest + 1);
    }

    private static void takeLarger(int[] x, int from, int[] y, int to, int n) {
        for (int j = 0; j < n; j++) {
            y[to + j] = Math.max(y[to + j], x[from + j]);
        }
    }

    private boolean isWideTile(int down, int right, boolean forward) {
        Axis rows = window.rows();
        Axis cols = window.cols();
        int height = points.outputs(rows);
        int width = points.outputs(cols);
        int top = down * height;
        int left = right * width;
        int inTop = top - rows.padding();
        int inLeft = left - cols.padding();
        int side = points.side();
        if (forward) {
            int most = most(inTop, inLeft, side, side, rows.size(), cols.size());
            return isAbove(most, top, left, height, width, rows.out(), cols.out());
        }
        int most = most(top, left, height, width, rows.out(), cols.out());
        return isAbove(most, inTop, inLeft, side, side, rows.size(), cols.size());
    }

    /** Returns the largest magnitude of a rectangle, as far as it lies inside. */
    private int most(int top, int left, int height, int width, int rows, int cols) {
        int end = Math.min(cols, left + width);
        int most = 0;
        for (int y = Math.max(0, top); y < Math.min(rows, top + height); y++) {
            for (int x = Math.max(0, left); x < end; x++) {
                most = Math.max(most, seen[y * cols + x]);
            }
        }
        return most;
    }

    /** Returns whether a magnitude is far above that of any result in a rectangle but 0. */
    private boolean isAbove(
            int most, int top, int left, int height, int width, int rows, int cols) {
        int end = Math.min(cols, left + width);
        int limit = Float.floatToRawIntBits(Float.intBitsToFloat(most) / RATIO);
        for (int y = Math.max(0, top); y < Math.min(rows, top + height); y++) {
            for (int x = Math.max(0, left); x < end; x++) {
                int result = results[y * cols + x];
                if (result > 0 && result < limit) {
                    return true;
                }
            }
        }
        return false;
    }
}
