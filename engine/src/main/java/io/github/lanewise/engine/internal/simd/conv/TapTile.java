package io.github.lanewise.engine.internal.simd.conv;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;

import io.github.lanewise.engine.internal.simd.gemm.MicroKernel;
import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of a convolution's weight gradient: the sums of eight taps by some output
 * channels stay in vector registers while the output positions run.
 *
 * <pre>
 *   c(tap, channel) = fma(x[start + taps[tap] + positions[from + p]], b[p][channel], c(tap, channel))
 * </pre>
 *
 * <p>So the image is read where it lies, and no patches are made: what a tap sees of an output is
 * at a place of the tap plus a place of the output. Row p of b begins at {@code b[bOffset + p *
 * NR]}. The rows of c are {@code ldc} apart; it is read only if {@code load}, and written whole.
 * Past the last tap the last one is computed again.
 */
final class TapTile {

    /** Taps of a tile. */
    static final int TAPS = 8;

    private static final int NR = MicroKernel.NR;

    private static final VectorSpecies<Float> S = Lanes.FLOATS;

    private static final int L = Lanes.COUNT;

    private TapTile() {}

    /** Computes a tile of so many channels, NR at most. */
    static void run(
            int channels,
            int k,
            float[] x,
            int start,
            int[] taps,
            int tap,
            int lastTap,
            int[] positions,
            int from,
            float[] b,
            float[] c,
            int at,
            int ldc,
            boolean load) {
        if (channels <= L) {
            narrow(k, x, start, taps, tap, lastTap, positions, from, b, 0, c, at, ldc, load);
        } else if (Lanes.REGISTERS < 32) {
            narrow(k, x, start, taps, tap, lastTap, positions, from, b, 0, c, at, ldc, load);
            narrow(k, x, start, taps, tap, lastTap, positions, from, b, L, c, at + L, ldc, load);
        } else {
            wide(k, x, start, taps, tap, lastTap, positions, from, b, 0, c, at, ldc, load);
        }
    }

    /** Eight taps by one vector of channels. */
    private static void narrow(
            int k,
            float[] x,
            int start,
            int[] taps,
            int tap,
            int lastTap,
            int[] positions,
            int from,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
        FloatVector c00 = FloatVector.zero(S);
        // unroll the rest of i < 8, j < 1
        // FloatVector c{i}{j} = c00;
        FloatVector c10 = c00;
        FloatVector c20 = c00;
        FloatVector c30 = c00;
        FloatVector c40 = c00;
        FloatVector c50 = c00;
        FloatVector c60 = c00;
        FloatVector c70 = c00;
        // end
        if (load) {
            // unroll i < 8, j < 1
            // c{i}{j} = FloatVector.fromArray(S, c, cOffset{+i*ldc}{+j*L});
            c00 = FloatVector.fromArray(S, c, cOffset);
            c10 = FloatVector.fromArray(S, c, cOffset + ldc);
            c20 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            c30 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            c40 = FloatVector.fromArray(S, c, cOffset + 4 * ldc);
            c50 = FloatVector.fromArray(S, c, cOffset + 5 * ldc);
            c60 = FloatVector.fromArray(S, c, cOffset + 6 * ldc);
            c70 = FloatVector.fromArray(S, c, cOffset + 7 * ldc);
            // end
        }
        int x0 = start + taps[tap];
        // unroll the rest of i < 8
        // int x{i} = start + taps[Math.min(tap{+i}, lastTap)];
        int x1 = start + taps[Math.min(tap + 1, lastTap)];
        int x2 = start + taps[Math.min(tap + 2, lastTap)];
        int x3 = start + taps[Math.min(tap + 3, lastTap)];
        int x4 = start + taps[Math.min(tap + 4, lastTap)];
        int x5 = start + taps[Math.min(tap + 5, lastTap)];
        int x6 = start + taps[Math.min(tap + 6, lastTap)];
        int x7 = start + taps[Math.min(tap + 7, lastTap)];
        // end
        for (int p = 0; p < k; p++) {
            int at = positions[from + p];
            FloatVector b0 = FloatVector.fromArray(S, b, bOffset + p * NR);
            FloatVector seen;
            // unroll i < 8, j < 1
            // seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x{i} + at]));
            // c{i}{j} = seen.fma(b{j}, c{i}{j});
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x0 + at]));
            c00 = seen.fma(b0, c00);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x1 + at]));
            c10 = seen.fma(b0, c10);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x2 + at]));
            c20 = seen.fma(b0, c20);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x3 + at]));
            c30 = seen.fma(b0, c30);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x4 + at]));
            c40 = seen.fma(b0, c40);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x5 + at]));
            c50 = seen.fma(b0, c50);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x6 + at]));
            c60 = seen.fma(b0, c60);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x7 + at]));
            c70 = seen.fma(b0, c70);
            // end
        }
        // unroll i < 8, j < 1
        // FLOAT_VECTOR.cast(c{i}{j}).intoArray(c, cOffset{+i*ldc}{+j*L});
        FLOAT_VECTOR.cast(c00).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(c10).intoArray(c, cOffset + ldc);
        FLOAT_VECTOR.cast(c20).intoArray(c, cOffset + 2 * ldc);
        FLOAT_VECTOR.cast(c30).intoArray(c, cOffset + 3 * ldc);
        FLOAT_VECTOR.cast(c40).intoArray(c, cOffset + 4 * ldc);
        FLOAT_VECTOR.cast(c50).intoArray(c, cOffset + 5 * ldc);
        FLOAT_VECTOR.cast(c60).intoArray(c, cOffset + 6 * ldc);
        FLOAT_VECTOR.cast(c70).intoArray(c, cOffset + 7 * ldc);
        // end
    }

    /** Eight taps by two vectors of channels. */
    private static void wide(
            int k,
            float[] x,
            int start,
            int[] taps,
            int tap,
            int lastTap,
            int[] positions,
            int from,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            int ldc,
            boolean load) {
        FloatVector c00 = FloatVector.zero(S);
        // unroll the rest of i < 8, j < 2
        // FloatVector c{i}{j} = c00;
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        FloatVector c40 = c00;
        FloatVector c41 = c00;
        FloatVector c50 = c00;
        FloatVector c51 = c00;
        FloatVector c60 = c00;
        FloatVector c61 = c00;
        FloatVector c70 = c00;
        FloatVector c71 = c00;
        // end
        if (load) {
            // unroll i < 8, j < 2
            // c{i}{j} = FloatVector.fromArray(S, c, cOffset{+i*ldc}{+j*L});
            c00 = FloatVector.fromArray(S, c, cOffset);
            c01 = FloatVector.fromArray(S, c, cOffset + L);
            c10 = FloatVector.fromArray(S, c, cOffset + ldc);
            c11 = FloatVector.fromArray(S, c, cOffset + ldc + L);
            c20 = FloatVector.fromArray(S, c, cOffset + 2 * ldc);
            c21 = FloatVector.fromArray(S, c, cOffset + 2 * ldc + L);
            c30 = FloatVector.fromArray(S, c, cOffset + 3 * ldc);
            c31 = FloatVector.fromArray(S, c, cOffset + 3 * ldc + L);
            c40 = FloatVector.fromArray(S, c, cOffset + 4 * ldc);
            c41 = FloatVector.fromArray(S, c, cOffset + 4 * ldc + L);
            c50 = FloatVector.fromArray(S, c, cOffset + 5 * ldc);
            c51 = FloatVector.fromArray(S, c, cOffset + 5 * ldc + L);
            c60 = FloatVector.fromArray(S, c, cOffset + 6 * ldc);
            c61 = FloatVector.fromArray(S, c, cOffset + 6 * ldc + L);
            c70 = FloatVector.fromArray(S, c, cOffset + 7 * ldc);
            c71 = FloatVector.fromArray(S, c, cOffset + 7 * ldc + L);
            // end
        }
        int x0 = start + taps[tap];
        // unroll the rest of i < 8
        // int x{i} = start + taps[Math.min(tap{+i}, lastTap)];
        int x1 = start + taps[Math.min(tap + 1, lastTap)];
        int x2 = start + taps[Math.min(tap + 2, lastTap)];
        int x3 = start + taps[Math.min(tap + 3, lastTap)];
        int x4 = start + taps[Math.min(tap + 4, lastTap)];
        int x5 = start + taps[Math.min(tap + 5, lastTap)];
        int x6 = start + taps[Math.min(tap + 6, lastTap)];
        int x7 = start + taps[Math.min(tap + 7, lastTap)];
        // end
        for (int p = 0; p < k; p++) {
            int at = positions[from + p];
            FloatVector b0 = FloatVector.fromArray(S, b, bOffset + p * NR);
            FloatVector b1 = FloatVector.fromArray(S, b, bOffset + p * NR + L);
            FloatVector seen;
            // unroll i < 8, j < 2
            // seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x{i} + at]));
            // c{i}{j} = seen.fma(b{j}, c{i}{j});
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x0 + at]));
            c00 = seen.fma(b0, c00);
            c01 = seen.fma(b1, c01);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x1 + at]));
            c10 = seen.fma(b0, c10);
            c11 = seen.fma(b1, c11);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x2 + at]));
            c20 = seen.fma(b0, c20);
            c21 = seen.fma(b1, c21);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x3 + at]));
            c30 = seen.fma(b0, c30);
            c31 = seen.fma(b1, c31);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x4 + at]));
            c40 = seen.fma(b0, c40);
            c41 = seen.fma(b1, c41);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x5 + at]));
            c50 = seen.fma(b0, c50);
            c51 = seen.fma(b1, c51);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x6 + at]));
            c60 = seen.fma(b0, c60);
            c61 = seen.fma(b1, c61);
            seen = FLOAT_VECTOR.cast(FloatVector.broadcast(S, x[x7 + at]));
            c70 = seen.fma(b0, c70);
            c71 = seen.fma(b1, c71);
            // end
        }
        // unroll i < 8, j < 2
        // FLOAT_VECTOR.cast(c{i}{j}).intoArray(c, cOffset{+i*ldc}{+j*L});
        FLOAT_VECTOR.cast(c00).intoArray(c, cOffset);
        FLOAT_VECTOR.cast(c01).intoArray(c, cOffset + L);
        FLOAT_VECTOR.cast(c10).intoArray(c, cOffset + ldc);
        FLOAT_VECTOR.cast(c11).intoArray(c, cOffset + ldc + L);
        FLOAT_VECTOR.cast(c20).intoArray(c, cOffset + 2 * ldc);
        FLOAT_VECTOR.cast(c21).intoArray(c, cOffset + 2 * ldc + L);
        FLOAT_VECTOR.cast(c30).intoArray(c, cOffset + 3 * ldc);
        FLOAT_VECTOR.cast(c31).intoArray(c, cOffset + 3 * ldc + L);
        FLOAT_VECTOR.cast(c40).intoArray(c, cOffset + 4 * ldc);
        FLOAT_VECTOR.cast(c41).intoArray(c, cOffset + 4 * ldc + L);
        FLOAT_VECTOR.cast(c50).intoArray(c, cOffset + 5 * ldc);
        FLOAT_VECTOR.cast(c51).intoArray(c, cOffset + 5 * ldc + L);
        FLOAT_VECTOR.cast(c60).intoArray(c, cOffset + 6 * ldc);
        FLOAT_VECTOR.cast(c61).intoArray(c, cOffset + 6 * ldc + L);
        FLOAT_VECTOR.cast(c70).intoArray(c, cOffset + 7 * ldc);
        FLOAT_VECTOR.cast(c71).intoArray(c, cOffset + 7 * ldc + L);
        // end
    }
}
