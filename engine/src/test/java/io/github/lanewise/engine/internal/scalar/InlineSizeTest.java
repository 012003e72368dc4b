package io.github.lanewise.engine.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;

/**
 * Is what the plain loops call for each element short enough for C2 to inline? If not, a loop over
 * ReLU takes some forty times as long.
 */
class InlineSizeTest {

    /** C2's {@code FreqInlineSize}, in bytes of code. */
    private static final int LONGEST = 325;

    @ParameterizedTest
    @ValueSource(strings = {"value", "gradient"})
    void activationsCanBeInlined(String name) throws IOException {
        byte[] compiled;
        try (InputStream in =
                ScalarActivations.class.getResourceAsStream("ScalarActivations.class")) {
            compiled = in.readAllBytes();
        }
        int length =
                ClassFile.of().parse(compiled).methods().stream()
                        .filter(method -> method.methodName().equalsString(name))
                        .mapToInt(InlineSizeTest::codeLength)
                        .sum();
        assertTrue(0 < length && length < LONGEST, name + " has " + length + " bytes of code");
    }

    private static int codeLength(MethodModel method) {
        return method.findAttribute(Attributes.code()).orElseThrow().codeLength();
    }
}
