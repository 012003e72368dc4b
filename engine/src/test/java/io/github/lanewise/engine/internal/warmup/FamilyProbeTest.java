package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.engine.internal.ChosenKernels;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** A probe that throws would end the warm-up, and nobody would learn of it. */
@Tag("contract")
class FamilyProbeTest {

    @ParameterizedTest
    @EnumSource
    void everyKernelOfEveryFamilyRuns(Family family) {
        List<FamilyProbe.Kernel> kernels = FamilyProbes.of(family).kernels();
        assertFalse(kernels.isEmpty());
        for (KernelSet set : List.of(ChosenKernels.scalar(), ChosenKernels.set())) {
            for (FamilyProbe.Kernel kernel : kernels) {
                kernel.run(set, 2);
                kernel.run(set, 24);
            }
        }
    }
}
