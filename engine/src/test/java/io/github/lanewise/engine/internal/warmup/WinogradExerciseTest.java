package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.internal.Family;

import org.junit.jupiter.api.Test;

class WinogradExerciseTest {

    @Test
    void exercisesConvolutionsThatGoByWinogradsAlgorithm() {
        for (Convolution shape : WinogradExercise.shapes()) {
            assertEquals(Family.WINOGRAD, Family.of(shape), shape::toString);
        }
    }
}
