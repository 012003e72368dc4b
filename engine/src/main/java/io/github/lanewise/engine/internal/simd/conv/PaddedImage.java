package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;

import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.simd.support.EverySecond;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Some channels of an image, or of a few images, laid out so that every tap of a window reads side
 * by side what neighbouring outputs see.
 *
 * <p>The padding is there in full, as zeros. With a stride of s, the columns of a row are sorted by
 * their remainder modulo s (their <i>phase</i>): first columns 0, s, 2 s, ..., then 1, s + 1, ...
 * So output (oy, ox) sees at tap p the element {@code start() + taps()[p] + oy * rowStep() + ox}.
 * An image that needs neither padding nor sorting is read where it lies. Whoever reads or adds to a
 * row in whole vectors may run up to a vector beyond its end.
 */
final class PaddedImage {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private final Window window;
    private final int channels;
    private final int count;
    private final Axis rows;
    private final Axis cols;
    private final int phase;
    private final int pitch;
    private final int channelPitch;
    private final int[] taps;

    /** For each remainder its first element of a row, and that one's place. */
    private final int[] firsts;

    private final int[] places;
    private final float[] padded;
    private ShiftedRows shifted;
    private float[] data;
    private int start;

    /** Makes room for so many channels of so many images under this window. */
    PaddedImage(Window window, int channels, int count) {
        this.window = window;
        this.channels = channels;
        this.count = count;
        rows = window.rows();
        cols = window.cols();
        phase = Math.ceilDiv(cols.extent(), cols.stride());
        pitch = phase * cols.stride();
        channelPitch = pitch * rows.extent();
        padded = new float[count * imageStep() + 2 * L];
        data = padded;
        taps = new int[channels * window.taps()];
        for (int p = 0; p < taps.length; p++) {
            taps[p] = tap(p);
        }
        firsts = new int[cols.stride()];
        places = new int[cols.stride()];
        for (int remainder = 0; remainder < cols.stride(); remainder++) {
            firsts[remainder] = first(cols, remainder);
            places[remainder] =
                    remainder * phase + (firsts[remainder] + cols.padding()) / cols.stride();
        }
    }

    /** Returns whether it is for so many channels of so many images under this window. */
    boolean isFor(Window window, int channels, int count) {
        return channels == this.channels && count == this.count && window.equals(this.window);
    }

    private int tap(int p) {
        int col = p % cols.kernel() * cols.dilation();
        int row = p / cols.kernel() % rows.kernel() * rows.dilation();
        return p / window.taps() * channelPitch
                + row * pitch
                + col % cols.stride() * phase
                + col / cols.stride();
    }

    /** Returns where each tap finds what output (0, 0) sees of it. */
    int[] taps() {
        return taps;
    }

    /** Returns its shifted rows, with room that is made when first asked for. */
    ShiftedRows shifted() {
        if (shifted == null) {
            shifted = new ShiftedRows(this, window, channels);
        }
        return shifted;
    }

    float[] data() {
        return data;
    }

    int start() {
        return start;
    }

    /** Returns how far apart rows of outputs read. */
    int rowStep() {
        return rows.stride() * pitch;
    }

    /** Returns how far apart images are that were loaded. */
    int imageStep() {
        return channels * channelPitch;
    }

    /** Returns whether images need neither padding nor sorting. */
    boolean isAsItLies() {
        return imageStep() == channels * window.inputs()
                && pitch == cols.size()
                && cols.stride() == 1
                && rows.padding() + cols.padding() == 0;
    }

    /** Takes an image, to be read in whole vectors. */
    void load(float[] image, int offset) {
        if (isAsItLies() && offset + imageStep() + L <= image.length) {
            data = image;
            start = offset;
        } else {
            load(image, offset, 0);
        }
    }

    /** Copies an image to place i. */
    void load(float[] image, int offset, int i) {
        data = padded;
        start = 0;
        int height = visible(rows);
        int width = visible(cols);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                int at = offset + (c * rows.size() + y) * cols.size();
                int to = i * imageStep() + c * channelPitch + (y + rows.padding()) * pitch;
                if (cols.stride() == 1) {
                    loadRow(image, at, to + cols.padding(), width);
                } else {
                    sortRow(image, at, to, width);
                }
            }
        }
    }

    /** Lets go of an image that is read where it lies. */
    void release() {
        data = padded;
    }

    /**
     * Copies a row in whole vectors, and zeros over what they had too much: the next row comes
     * later.
     */
    private void loadRow(float[] image, int at, int to, int width) {
        if (at + width + L > image.length) {
            System.arraycopy(image, at, padded, to, width);
        } else {
            for (int x = 0; x < width; x += L) {
                FLOAT_VECTOR
                        .cast(FloatVector.fromArray(S, image, at + x))
                        .intoArray(padded, to + x);
            }
        }
        ZERO.broadcast(0f).intoArray(padded, to + width);
    }

    private void sortRow(float[] image, int at, int to, int width) {
        int stride = cols.stride();
        if (stride == 2 && at + width + L <= image.length) {
            takeHalves(image, at + firsts[0], width - firsts[0], padded, to + places[0]);
            takeHalves(image, at + firsts[1], width - firsts[1], padded, to + places[1]);
            return;
        }
        for (int remainder = 0; remainder < stride; remainder++) {
            int place = to + places[remainder];
            for (int x = firsts[remainder]; x < width; x += stride) {
                padded[place++] = image[at + x];
            }
        }
    }

    /** Copies every second of so many elements, which may be none. */
    private static void takeHalves(float[] x, int at, int width, float[] y, int to) {
        for (int i = 0; i < width; i += L) {
            takeHalf(x, at + i, width - i, y, to + i / 2);
        }
    }

    /** Copies every second of at most L elements, and zeros; the next row comes later. */
    private static void takeHalf(float[] x, int at, int width, float[] y, int to) {
        FloatVector half =
                FLOAT_VECTOR.cast(FloatVector.fromArray(S, x, at)).rearrange(EverySecond.EVEN);
        int count = Math.min(L, width + 1) / 2;
        ZERO.broadcast(0f).blend(half, Lanes.NUMBERS.compare(LT, count).cast(S)).intoArray(y, to);
    }

    /** Returns the first element of a row whose column has this remainder modulo the stride. */
    static int first(Axis cols, int remainder) {
        return Math.floorMod(remainder - cols.padding(), cols.stride());
    }

    /** Returns how many elements of a side lie before the end of the last window. */
    private static int visible(Axis axis) {
        return Math.clamp(axis.extent() - axis.padding(), 0, axis.size());
    }
}
