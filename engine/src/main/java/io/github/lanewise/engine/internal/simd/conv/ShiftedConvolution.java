package io.github.lanewise.engine.internal.simd.conv;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;

/** Convolution of images as {@link ShiftedRows}, with weights that are packed for all of them. */
final class ShiftedConvolution {

    private static final int MR = MicroKernel.MR;
    private static final int NR = MicroKernel.NR;

    private final float[] tile = new float[MR * NR];
    private float[] packed = new float[0];
    private int tilesOfGroup;
    private int m;
    private int k;

    /**
     * Packs the weights: by eights of a group's output channels, tap after tap; those that are
     * missing are zeros.
     */
    void pack(Convolution shape, Matrix weight) {
        m = shape.groupOut();
        k = shape.depth();
        tilesOfGroup = Math.ceilDiv(m, MR);
        int size = shape.groups() * tilesOfGroup * MR * k;
        if (packed.length < size) {
            packed = new float[size];
        }
        for (int row = 0; row < shape.groups() * tilesOfGroup * MR; row++) {
            int channel = row % (tilesOfGroup * MR);
            int from = weight.offset() + (row / (tilesOfGroup * MR) * m + channel) * weight.ld();
            int to = row / MR * MR * k + row % MR;
            for (int p = 0; p < k; p++) {
                packed[to + p * MR] = channel < m ? weight.data()[from + p] : 0;
            }
        }
    }

    /** Computes n outputs of each channel of a group, those of a channel side by side. */
    void run(ShiftedRows rows, int group, int n, float[] y, int at) {
        int[] places = rows.places();
        for (int j = 0; j < n; j += NR) {
            for (int i = 0; i < m; i += MR) {
                int a = (group * tilesOfGroup + i / MR) * MR * k;
                int to = at + i * n + j;
                if (i + MR <= m && j + NR <= n) {
                    PlacedTile.run(k, packed, a, rows.data(), j, places, y, to, n);
                } else {
                    PlacedTile.run(k, packed, a, rows.data(), j, places, tile, 0, NR);
                    copy(Math.min(MR, m - i), Math.min(NR, n - j), y, to, n);
                }
            }
        }
    }

    private void copy(int height, int width, float[] y, int to, int n) {
        for (int r = 0; r < height; r++) {
            System.arraycopy(tile, r * NR, y, to + r * n, width);
        }
    }
}
