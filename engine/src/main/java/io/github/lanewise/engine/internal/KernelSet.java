package io.github.lanewise.engine.internal;

/**
 * One implementation of every family of kernels, for one thread, trusting its input.
 *
 * @param name what {@link io.github.lanewise.engine.Engine#describe()} calls it: scalar or simd
 * @param vectorBits width of its vectors; 32 for the scalar set
 */
public record KernelSet(
        String name,
        int vectorBits,
        ProductKernels products,
        PointwiseKernels pointwise,
        UpdateKernels updates,
        RowKernels rows,
        NormalizationKernels normalizations,
        CellKernels cells,
        ConvolutionKernels convolutions,
        PoolKernels pools,
        ChannelKernels channels,
        LossKernels losses) {}
