package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Window;

/**
 * Pooling of images [from, to); see {@link io.github.lanewise.engine.Windows} for the mathematics.
 */
public interface PoolKernels {

    void maxPool(Window window, Matrix x, Matrix y, int[] indices, int from, int to);

    void maxPoolGradient(Window window, int[] indices, Matrix dy, Matrix dx, int from, int to);

    void averagePool(Regions rows, Regions cols, Matrix x, Matrix y, int from, int to);

    void averagePoolGradient(Regions rows, Regions cols, Matrix dy, Matrix dx, int from, int to);
}
