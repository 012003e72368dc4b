package io.github.lanewise.engine.internal.simd.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorWidthTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mixed mode, sharing | true",
                "compiled mode | true",
                "interpreted mode, sharing | false",
                "mixed mode, emulated-client, sharing | false",
            })
    void onlyC2CompilesVectors(String mode, boolean compiles) {
        assertEquals(compiles, VectorWidth.compilesVectors(mode));
    }
}
