package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.internal.ConvolutionChoice;
import io.github.lanewise.engine.internal.ConvolutionKernels;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.WinogradKernels;

/** The reference: plain loops that say what every other kernel set must return, bit for bit. */
public final class ScalarKernels {

    private ScalarKernels() {}

    /** Returns the scalar kernel set. */
    public static KernelSet create() {
        return new KernelSet(
                "scalar",
                Float.SIZE,
                new ScalarProducts(),
                new ScalarPointwise(),
                new ScalarUpdates(),
                new ScalarRows(),
                new ScalarNormalizations(),
                new ScalarCells(),
                convolutions(),
                new ScalarPools(),
                new ScalarChannels(),
                new ScalarLosses());
    }

    private static ConvolutionKernels convolutions() {
        ScalarConvolutions direct = new ScalarConvolutions();
        return new ConvolutionChoice(
                new WinogradKernels(ScalarTiles::new, ScalarConvolutions::finish, direct), direct);
    }
}
