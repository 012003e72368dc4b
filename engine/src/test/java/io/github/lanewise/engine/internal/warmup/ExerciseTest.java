package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.lanewise.engine.internal.ChosenKernels;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.KernelSet;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** An exercise that throws would end the warm-up, and nobody would hear of it. */
@Tag("contract")
class ExerciseTest {

    @ParameterizedTest
    @EnumSource
    void everyKernelOfEveryFamilyRuns(Family family) {
        List<Exercise.Kernel> kernels = WarmUp.exercise(family).kernels();
        assertFalse(kernels.isEmpty());
        for (KernelSet set : List.of(ChosenKernels.scalar(), ChosenKernels.set())) {
            for (Exercise.Kernel kernel : kernels) {
                kernel.run(set, 2);
                kernel.run(set, 24);
            }
        }
    }
}
