package io.github.lanewise.engine.internal.simd;

import io.github.lanewise.engine.internal.ConvolutionChoice;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.WinogradKernels;

/** The kernels on the Vector API: the same bits as the scalar set, at the speed of the CPU. */
public final class SimdKernels {

    private SimdKernels() {}

    /** Returns the SIMD kernel set; call it only where the Vector API's module is present. */
    public static KernelSet create() {
        SimdPointwise pointwise = new SimdPointwise();
        ImageEpilogue images = new ImageEpilogue(pointwise);
        SimdConvolutions direct = new SimdConvolutions(images);
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
                        new WinogradKernels(WinogradConvolution::new, images::finish, direct),
                        direct),
                new SimdPools(),
                new SimdChannels(pointwise),
                new SimdLosses());
    }
}
