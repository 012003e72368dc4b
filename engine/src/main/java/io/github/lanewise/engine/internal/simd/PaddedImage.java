package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;

import java.util.Arrays;

/**
 * Some channels of one image, laid out so that every tap of a window reads side by side what
 * neighbouring outputs see.
 *
 * <p>The padding is there in full, as zeros. With a stride of s, the columns of a row are sorted by
 * their remainder modulo s (their <i>phase</i>): first columns 0, s, 2 s, ..., then 1, s + 1, ...
 * So output (oy, ox) sees at tap (channel, ky, kx) the element {@code tap(channel, ky, kx) + oy *
 * rowStep() + ox}. Whoever reads or adds to a row in whole vectors may run up to a vector beyond
 * its end.
 */
final class PaddedImage {

    private float[] data = new float[0];
    private Axis rows;
    private Axis cols;
    private int phase;
    private int pitch;
    private int channelPitch;

    /** Makes room for so many channels under this window, all zeros. */
    void reserve(Window window, int channels) {
        rows = window.rows();
        cols = window.cols();
        phase = Math.ceilDiv(cols.extent(), cols.stride());
        pitch = phase * cols.stride();
        channelPitch = pitch * rows.extent();
        int size = channels * channelPitch + Lanes.COUNT;
        if (data.length < size) {
            data = new float[size];
        } else {
            clear(channels);
        }
    }

    void clear(int channels) {
        Arrays.fill(data, 0, channels * channelPitch + Lanes.COUNT, 0f);
    }

    float[] data() {
        return data;
    }

    int tap(int channel, int ky, int kx) {
        int col = kx * cols.dilation();
        return channel * channelPitch
                + ky * rows.dilation() * pitch
                + col % cols.stride() * phase
                + col / cols.stride();
    }

    /** Returns how far apart rows of outputs read. */
    int rowStep() {
        return rows.stride() * pitch;
    }

    /** Copies channels of an image in, leaving the padding as it is. */
    void load(float[] image, int offset, int channels) {
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < visible(rows); y++) {
                int at = offset + (c * rows.size() + y) * cols.size();
                int to = c * channelPitch + (y + rows.padding()) * pitch;
                if (cols.stride() == 1) {
                    System.arraycopy(image, at, data, to + cols.padding(), visible(cols));
                } else {
                    loadRow(image, at, to);
                }
            }
        }
    }

    private void loadRow(float[] image, int at, int to) {
        for (int x = 0; x < visible(cols); x++) {
            int col = x + cols.padding();
            data[to + col % cols.stride() * phase + col / cols.stride()] = image[at + x];
        }
    }

    /** Copies the channels out to an image; what no window sees becomes 0. */
    void store(float[] image, int offset, int channels) {
        int width = visible(cols);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < rows.size(); y++) {
                int to = offset + (c * rows.size() + y) * cols.size();
                int at = c * channelPitch + (y + rows.padding()) * pitch;
                int seen = y < visible(rows) ? width : 0;
                if (cols.stride() == 1) {
                    System.arraycopy(data, at + (seen > 0 ? cols.padding() : 0), image, to, seen);
                } else {
                    storeRow(at, image, to, seen);
                }
                Arrays.fill(image, to + seen, to + cols.size(), 0f);
            }
        }
    }

    private void storeRow(int at, float[] image, int to, int seen) {
        for (int x = 0; x < seen; x++) {
            int col = x + cols.padding();
            image[to + x] = data[at + col % cols.stride() * phase + col / cols.stride()];
        }
    }

    /** Returns how many elements of a side lie before the end of the last window. */
    private static int visible(Axis axis) {
        return Math.clamp(axis.extent() - axis.padding(), 0, axis.size());
    }
}
