package io.github.lanewise.engine.internal.simd.winograd;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.WinogradPoints;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

import java.util.Arrays;

/**
 * What a tile sees of an image, or gives to it, for a vector of channels: eight rows of eight
 * places at most. What lies outside of the image is zero.
 */
final class Patch {

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private static final int MOST = WinogradPoints.MOST * WinogradPoints.MOST * L;

    private final float[] own = new float[MOST];

    private int side;
    private float[] data;
    private int start;
    private int row;

    /** Sets how many places its own rows have. */
    void of(int side) {
        this.side = side;
    }

    /** Returns the places of what was read, or those to write. */
    float[] data() {
        return data;
    }

    int start() {
        return start;
    }

    /** Returns how far apart rows are. */
    int row() {
        return row;
    }

    /** Has places of its own, to be written. */
    float[] own() {
        return own;
    }

    /** Reads rows x cols places, where they lie if all lie in the image. */
    void read(ChannelsLast image, int vector, int top, int left, int rows, int cols) {
        if (open(image, vector, top, left, rows, cols)) {
            return;
        }
        Arrays.fill(own, 0, rows * side * L, 0f);
        int first = Math.max(0, -left);
        int length = (Math.min(cols, image.width() - left) - first) * L;
        int end = Math.min(rows, image.height() - top);
        for (int y = Math.max(0, -top); length > 0 && y < end; y++) {
            int at = image.place(vector, top + y, left + first);
            System.arraycopy(image.data(), at, own, y * side * L + first * L, length);
        }
    }

    /**
     * Goes where rows x cols places lie in the image, if all do, else to places of its own; returns
     * which.
     */
    boolean open(ChannelsLast image, int vector, int top, int left, int rows, int cols) {
        boolean inside =
                top >= 0
                        && left >= 0
                        && top + rows <= image.height()
                        && left + cols <= image.width();
        data = inside ? image.data() : own;
        start = inside ? image.place(vector, top, left) : 0;
        row = inside ? image.width() * L : side * L;
        return inside;
    }

    /** Copies those of rows x cols places that lie in the image to it, if they are its own. */
    void close(ChannelsLast image, int vector, int top, int left, int rows, int cols) {
        int length = Math.min(cols, image.width() - left) * L;
        for (int y = 0; data == own && y < Math.min(rows, image.height() - top); y++) {
            int to = image.place(vector, top + y, left);
            System.arraycopy(own, y * side * L, image.data(), to, length);
        }
    }

    /** Adds those of side x side places of its own that lie in the image. */
    void add(ChannelsLast image, int vector, int top, int left) {
        int first = Math.max(0, -left);
        int length = (Math.min(side, image.width() - left) - first) * L;
        int end = Math.min(side, image.height() - top);
        for (int y = Math.max(0, -top); y < end; y++) {
            int to = image.place(vector, top + y, left + first);
            addRow(own, y * side * L + first * L, image.data(), to, length);
        }
    }

    private static void addRow(float[] x, int from, float[] y, int to, int length) {
        for (int i = 0; i < length; i += L) {
            FLOAT_VECTOR
                    .cast(FloatVector.fromArray(S, y, to + i))
                    .add(FloatVector.fromArray(S, x, from + i))
                    .intoArray(y, to + i);
        }
    }
}
