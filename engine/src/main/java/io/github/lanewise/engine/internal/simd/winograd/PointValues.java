package io.github.lanewise.engine.internal.simd.winograd;

import io.github.lanewise.engine.internal.WinogradPoints;
import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.support.Lanes;

/**
 * Values of tiles, or weights, at all pairs of points, for several channels: for each pair a matrix
 * with a row for each tile.
 *
 * <p>Matrices are a cache line more apart than they are long, since a tile writes to all of them.
 */
final class PointValues {

    private static final int LINE = 16;
    private static final int MR = MicroKernel.MR;
    private static final int NR = MicroKernel.NR;

    private static final int L = Lanes.COUNT;

    private float[] data = new float[0];
    private int pairs;
    private int rows;
    private int width;
    private boolean panels;
    private int apart;

    /** Makes room for matrices whose rows are side by side. */
    void ofRows(WinogradPoints points, int rows, int channels) {
        reserve(points, rows, channels, false);
    }

    /** Makes room for matrices in micropanels, of two vectors and in the end perhaps of one. */
    void ofPanels(WinogradPoints points, int rows, int channels) {
        reserve(points, rows, channels, true);
    }

    private void reserve(WinogradPoints points, int rows, int channels, boolean panels) {
        pairs = points.pairs();
        this.rows = rows;
        this.panels = panels;
        width = width(channels);
        apart = rows * width + LINE;
        if (data.length < pairs * apart) {
            data = new float[pairs * apart];
        }
    }

    /** Returns the columns that so many channels take: whole vectors, and whole tiles of them. */
    static int width(int channels) {
        int unit = Math.max(L, MR);
        return Math.ceilDiv(channels, unit) * unit;
    }

    float[] data() {
        return data;
    }

    /** Returns the columns of a matrix. */
    int width() {
        return width;
    }

    /** Returns how far apart the matrices of two points are. */
    int apart() {
        return apart;
    }

    /** Returns where a row has its channels from {@code channel} on, which begin a vector. */
    int place(int row, int channel) {
        if (!panels) {
            return row * width + channel;
        }
        int panel = channel / NR * NR;
        int wide = Math.min(NR, width - panel);
        return panel * rows + row * wide + channel - panel;
    }

    /** Returns the pairs of points. */
    int pairs() {
        return pairs;
    }
}
