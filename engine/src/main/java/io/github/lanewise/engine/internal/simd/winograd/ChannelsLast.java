package io.github.lanewise.engine.internal.simd.winograd;

import io.github.lanewise.engine.internal.simd.support.Lanes;
import io.github.lanewise.engine.internal.simd.support.Transposition;

import java.util.Arrays;

/**
 * Some channels of an image with a vector of channels of a position side by side: for each vector
 * of channels, position after position.
 */
final class ChannelsLast {

    private static final int L = Lanes.COUNT;

    private final Transposition transposition = Transposition.inRegisters();
    private float[] data = new float[0];
    private int channels;
    private int height;
    private int width;

    /** Makes room for an image. */
    void reserve(int channels, int height, int width) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        int size = size();
        if (data.length < size) {
            data = new float[size];
        }
    }

    private int size() {
        return Math.ceilDiv(channels, L) * height * width * L;
    }

    float[] data() {
        return data;
    }

    int channels() {
        return channels;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Returns where a vector of channels of a position is. */
    int place(int vector, int row, int col) {
        return ((vector * height + row) * width + col) * L;
    }

    void clear() {
        Arrays.fill(data, 0, size(), 0f);
    }

    /** Takes an image over whose channels begin at {@code at}. */
    void load(float[] image, int at) {
        int n = height * width;
        for (int c = 0; c < channels; c += L) {
            int lanes = Math.min(L, channels - c);
            transposition.run(lanes, n, image, at + c * n, n, data, c * n, L);
        }
    }

    /** Writes the image. */
    void store(float[] image, int at) {
        int n = height * width;
        for (int c = 0; c < channels; c += L) {
            int lanes = Math.min(L, channels - c);
            transposition.run(n, lanes, data, c * n, L, image, at + c * n, n);
        }
    }
}
