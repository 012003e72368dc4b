package io.github.lanewise.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Texts have ASCII digits wherever the program runs. */
class LocaleTest {

    private static final Matrix SMALL = Matrix.zeros(2, 3);

    /** Wrong calls of one operation of each kind, for their messages. */
    private static final List<Executable> WRONG_CALLS =
            List.of(
                    () -> new Matrix(new float[3], 0, 12, 34, 34),
                    () -> Matrix.zeros(-12, 34),
                    () -> SMALL.at(12, 34),
                    () -> Axis.of(1, 20, 1, 1, 0),
                    () -> new Convolution(12, 34, 5, null),
                    () -> kernels().gemm(Transpose.NN, SMALL, SMALL, 0, SMALL, Epilogue.NONE),
                    () -> kernels().scale(2, null),
                    () -> kernels().dropout(1, 1.5f, SMALL, SMALL),
                    () -> kernels().softmax(SMALL, Matrix.zeros(12, 34)),
                    () -> kernels().windows().convolve(shape(), SMALL, SMALL, SMALL, Epilogue.NONE),
                    () ->
                            kernels()
                                    .channelNormalizations()
                                    .channelSums(SMALL, 0, Matrix.zeros(1, 34)),
                    () ->
                            kernels()
                                    .softmaxCrossEntropy(
                                            SMALL, new int[] {12, 34}, 1, SMALL, SMALL));

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    private static Kernels kernels() {
        return Engine.kernels();
    }

    private static Convolution shape() {
        Axis axis = Axis.of(16, 3, 1, 1, 1);
        return new Convolution(1, 1, 1, new Window(axis, axis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fa", "ar-EG", "bn", "tr", "hi-IN-u-nu-deva", "de"})
    void textsAreTheSame(String tag) {
        Locale.setDefault(Locale.ROOT);
        List<String> expected = texts();
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertEquals(expected, texts());
    }

    @Test
    void textsNameNumbers() {
        assertTrue(texts().stream().filter(text -> text.matches("(?s).*[0-9].*")).count() > 10);
    }

    @Test
    void suchLocalesHaveDigitsOfTheirOwn() {
        assertNotEquals("12", String.format(Locale.forLanguageTag("fa"), "%d", 12));
    }

    private static List<String> texts() {
        List<String> texts =
                new ArrayList<>(
                        WRONG_CALLS.stream()
                                .map(call -> assertThrows(RuntimeException.class, call).toString())
                                .toList());
        texts.add(Engine.describe());
        texts.add(SMALL.toString());
        texts.add(shape().toString());
        return texts;
    }
}
