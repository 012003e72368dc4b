package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.internal.ConvolutionChoice;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.WinogradKernels;
import io.github.lanewise.engine.internal.simd.conv.ImageEpilogue;
import io.github.lanewise.engine.internal.simd.conv.SimdConvolutions;
import io.github.lanewise.engine.internal.simd.gemm.SimdProducts;
import io.github.lanewise.engine.internal.simd.loss.SimdLosses;
import io.github.lanewise.engine.internal.simd.norm.SimdChannels;
import io.github.lanewise.engine.internal.simd.norm.SimdNormalizations;
import io.github.lanewise.engine.internal.simd.pointwise.SimdCells;
import io.github.lanewise.engine.internal.simd.pointwise.SimdPointwise;
import io.github.lanewise.engine.internal.simd.pool.SimdPools;
import io.github.lanewise.engine.internal.simd.rows.SimdRows;
import io.github.lanewise.engine.internal.simd.support.Lanes;
import io.github.lanewise.engine.internal.simd.update.SimdUpdates;
import io.github.lanewise.engine.internal.simd.winograd.RecentWeights;
import io.github.lanewise.engine.internal.simd.winograd.WinogradConvolution;

/** The kernels on the Vector API: the same bits as the scalar set, at the speed of the CPU. */
public final class SimdKernels {

    private SimdKernels() {}

    /** Returns the SIMD kernel set; call it only where the Vector API's module is present. */
    public static KernelSet create() {
        SimdPointwise pointwise = new SimdPointwise();
        ImageEpilogue images = new ImageEpilogue(pointwise);
        SimdConvolutions direct = new SimdConvolutions(images);
        RecentWeights recent = new RecentWeights();
        return new KernelSet(
                "simd",
                Lanes.BITS,
                new SimdProducts(pointwise),
                pointwise,
                new SimdUpdates(),
                new SimdRows(),
                new SimdNormalizations(),
                new SimdCells(),
                new ConvolutionChoice(
                        new WinogradKernels(
                                () -> new WinogradConvolution(recent), images::finish, direct),
                        direct),
                new SimdPools(),
                new SimdChannels(pointwise),
                new SimdLosses());
    }
}
