package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Window;

/**
 * The gradient of an image from that of its patches where windows step over columns: each tap's row
 * is added back to where it was seen. See {@link PatchGradient} for windows that do not.
 */
final class ScatteredPatches {

    private final PaddedImages images = new PaddedImages();

    /** Computes channels of dx from a row of outputs for each of their taps. */
    void addUp(Window window, float[] patches, int at, int channels, float[] dx, int to) {
        PaddedImage image = images.of(window, channels, 1);
        image.clear();
        Axis rows = window.rows();
        Axis cols = window.cols();
        for (int p = 0; p < channels * window.taps(); p++) {
            int seen = image.taps()[p];
            for (int oy = 0; oy < rows.out(); oy++) {
                for (int ox = 0; ox < cols.out(); ox++) {
                    image.data()[seen + ox] += patches[at + ox];
                }
                seen += image.rowStep();
                at += cols.out();
            }
        }
        image.store(dx, to, channels);
    }
}
