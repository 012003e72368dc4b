package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.internal.Winograd;
import io.github.lanewise.engine.internal.WinogradPoints;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WinogradProbeTest {

    @ParameterizedTest
    @EnumSource
    void probesConvolutionsWithThesePoints(WinogradPoints points) {
        for (Convolution shape : WinogradProbe.shapes(points)) {
            assertEquals(points, Winograd.points(shape), shape::toString);
        }
    }
}
