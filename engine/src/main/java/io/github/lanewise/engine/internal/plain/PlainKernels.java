package io.github.lanewise.engine.internal.plain;

import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.scalar.ScalarKernels;

/**
 * Kernels without the Vector API that are as fast as C2 makes plain loops: where vectors are
 * missing, and until they are compiled. What is not worth a second loop is the reference's.
 */
public final class PlainKernels {

    private PlainKernels() {}

    /** Returns the set; it goes by the reference's name, since nothing but speed sets it apart. */
    public static KernelSet create() {
        KernelSet reference = ScalarKernels.create();
        return new KernelSet(
                reference.name(),
                reference.vectorBits(),
                new PlainProducts(),
                reference.pointwise(),
                new PlainUpdates(),
                reference.rows(),
                reference.normalizations(),
                reference.cells(),
                reference.convolutions(),
                reference.pools(),
                reference.channels(),
                reference.losses());
    }
}
