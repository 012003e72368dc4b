package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The pointwise kernels of the SIMD set against those of the scalar set, bit for bit. */
@Tag("contract")
class PointwiseKernelsTest {

    private final PointwiseKernels scalar = ChosenKernels.scalar().pointwise();
    private final PointwiseKernels chosen = ChosenKernels.set().pointwise();

    static Stream<Activation> activations() {
        return Stream.concat(
                Stream.of(Activation.Kind.values()).map(kind -> new Activation(kind, 0.25f, 2f)),
                Stream.of(
                        new Activation(Activation.Kind.LEAKY_RELU, -0.5f),
                        new Activation(Activation.Kind.LEAKY_RELU, 0f),
                        new Activation(Activation.Kind.SOFTPLUS, 2f),
                        new Activation(Activation.Kind.SOFTPLUS, -1f),
                        new Activation(Activation.Kind.SOFTPLUS, -1f, 0.5f)));
    }

    static IntStream lengths() {
        return IntStream.of(Rig.LENGTHS);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activateMatchesReferenceBitForBit(Activation f) {
        everywhere(
                (n, values, seed) -> {
                    Matrix x = Rig.tight(n, values, seed);
                    Matrix expected = Rig.matrix(1, n, 2, values, seed + 1);
                    Matrix actual = Rig.copy(expected);
                    activate(scalar, f, x, expected);
                    activate(chosen, f, x, actual);
                    Rig.assertSameBits(f.kind() + " of " + n, expected, actual);
                    activate(chosen, f, x, x);
                    Rig.assertSameBits(f.kind() + " in place of " + n, row(expected, n), row(x, n));
                });
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activateGradientMatchesReferenceBitForBit(Activation f) {
        everywhere(
                (n, values, seed) -> {
                    Matrix saved = Rig.tight(n, values, seed);
                    Matrix dy = Rig.tight(n, values, seed + 2);
                    Matrix expected = Rig.matrix(1, n, 2, values, seed + 1);
                    Matrix actual = Rig.copy(expected);
                    gradient(scalar, f, saved, dy, expected);
                    gradient(chosen, f, saved, dy, actual);
                    Rig.assertSameBits(f.kind() + "' of " + n, expected, actual);
                    Matrix onSaved = Rig.copy(saved);
                    gradient(chosen, f, onSaved, dy, onSaved);
                    Rig.assertSameBits("on saved " + n, row(expected, n), row(onSaved, n));
                    gradient(chosen, f, saved, dy, dy);
                    Rig.assertSameBits("on dy " + n, row(expected, n), row(dy, n));
                });
    }

    @Test
    void axpyMatchesReferenceBitForBit() {
        everywhere(
                (n, values, seed) -> {
                    Matrix x = Rig.tight(n, values, seed);
                    Matrix expected = Rig.matrix(1, n, 2, values, seed + 1);
                    Matrix actual = Rig.copy(expected);
                    axpy(scalar, -0.7f, x, expected);
                    axpy(chosen, -0.7f, x, actual);
                    Rig.assertSameBits("axpy of " + n, expected, actual);
                    Matrix inPlace = Rig.copy(x);
                    axpy(scalar, 3f, inPlace, inPlace);
                    axpy(chosen, 3f, x, x);
                    Rig.assertSameBits("axpy in place of " + n, inPlace, x);
                });
    }

    @Test
    void scaleMatchesReferenceBitForBit() {
        everywhere(
                (n, values, seed) -> {
                    Matrix expected = Rig.matrix(1, n, 2, values, seed);
                    Matrix actual = Rig.copy(expected);
                    scalar.scale(1.3f, expected.data(), expected.offset(), n);
                    chosen.scale(1.3f, actual.data(), actual.offset(), n);
                    Rig.assertSameBits("scale of " + n, expected, actual);
                });
    }

    @Test
    void dropoutMatchesReferenceBitForBit() {
        everywhere(
                (n, values, seed) -> {
                    long key = seed * 0x9E3779B97F4A7C15L;
                    Matrix x = Rig.tight(n, values, seed);
                    Matrix expected = Rig.matrix(1, n, 2, values, seed + 1);
                    Matrix actual = Rig.copy(expected);
                    dropout(scalar, key, x, expected);
                    dropout(chosen, key, x, actual);
                    Rig.assertSameBits("dropout of " + n, expected, actual);
                });
    }

    @Test
    void dropoutDropsItsShareWhateverTheKeyAndScalesTheRest() {
        int n = 1 << 16;
        Matrix x = Matrix.zeros(1, n);
        Arrays.fill(x.data(), 3f);
        Matrix y = Matrix.zeros(1, n);
        for (long key = -5; key < 5; key++) {
            chosen.dropout(key << 30, 0.25f, 0, x.data(), 0, y.data(), 0, n);
            int dropped = 0;
            int repeated = 0;
            for (int j = 0; j < n; j++) {
                dropped += y.data()[j] == 0 ? 1 : 0;
                repeated += y.data()[j] == y.data()[(j + 1) % n] ? 1 : 0;
                assertEquals(y.data()[j] == 0 ? 0f : 4f, y.data()[j]);
            }
            // Within five standard deviations: sqrt(n / 4 * 3 / 4), sqrt(n * 5 / 8 * 3 / 8).
            assertEquals(n / 4.0, dropped, 5 * Math.sqrt(n * 3 / 16.0));
            assertEquals(n * 5 / 8.0, repeated, 6 * Math.sqrt(n * 15 / 64.0));
        }
    }

    @Test
    void dropoutOfAPartIsThePartOfADropout() {
        Matrix x = Rig.tight(702, Values.PLAIN, 1);
        Matrix whole = Matrix.zeros(1, 702);
        Matrix parts = Matrix.zeros(1, 702);
        chosen.dropout(7, 0.25f, 0, x.data(), x.offset(), whole.data(), 0, 702);
        chosen.dropout(7, 0.25f, 0, x.data(), x.offset(), parts.data(), 0, 333);
        chosen.dropout(7, 0.25f, 333, x.data(), x.offset() + 333, parts.data(), 333, 702 - 333);
        Rig.assertSameBits("parts", whole, parts);
    }

    @Test
    void dropoutKnowsItsBounds() {
        Matrix x = Rig.tight(100, Values.PLAIN, 1);
        Matrix y = Matrix.zeros(1, 100);
        chosen.dropout(7, 0f, 0, x.data(), x.offset(), y.data(), 0, 100);
        Rig.assertSameBits("p = 0", row(x, 100), y);
        chosen.dropout(7, 1f, 0, x.data(), x.offset(), y.data(), 0, 100);
        for (float v : y.data()) {
            assertEquals(0f, v + 0f);
        }
    }

    @Test
    void unpackBytesMatchesReferenceBitForBit() {
        everywhere(
                (n, values, seed) -> {
                    byte[] bytes = new byte[3 + n];
                    new Random(seed).nextBytes(bytes);
                    Matrix expected = Rig.matrix(1, n, 2, values, seed);
                    Matrix actual = Rig.copy(expected);
                    float scale = 1f / 255;
                    scalar.unpackBytes(
                            bytes, 3, scale, -0.5f, expected.data(), expected.offset(), n);
                    chosen.unpackBytes(bytes, 3, scale, -0.5f, actual.data(), actual.offset(), n);
                    Rig.assertSameBits("unpackBytes of " + n, expected, actual);
                });
    }

    @Test
    void unpackBytesReadsAllBytesAsUnsigned() {
        byte[] bytes = new byte[256];
        float[] y = new float[256];
        for (int b = 0; b < 256; b++) {
            bytes[b] = (byte) b;
        }
        chosen.unpackBytes(bytes, 0, 2f, 1f, y, 0, 256);
        for (int b = 0; b < 256; b++) {
            assertEquals(2f * b + 1f, y[b]);
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyBinadeMatchesReferenceBitForBit(Activation f) {
        int step = 65_521;
        Matrix x = Matrix.zeros(1, (int) ((1L << 32) / step));
        for (int j = 0; j < x.cols(); j++) {
            x.data()[j] = Float.intBitsToFloat(j * step);
        }
        Matrix expected = Matrix.zeros(1, x.cols());
        Matrix actual = Matrix.zeros(1, x.cols());
        activate(scalar, f, x, expected);
        for (int round = 0; round < 3; round++) {
            activate(chosen, f, x, actual);
            Rig.assertSameBits(f + " of all binades", expected, actual);
        }
        Matrix dy = Matrix.zeros(1, x.cols());
        Arrays.fill(dy.data(), -1.75f);
        gradient(scalar, f, x, dy, expected);
        for (int round = 0; round < 3; round++) {
            gradient(chosen, f, x, dy, actual);
            Rig.assertSameBits(f + "' of all binades", expected, actual);
        }
    }

    private interface Case {
        void check(int n, Values values, long seed);
    }

    /**
     * Runs a case on all lengths and kinds of values, often enough for C2 to compile the kernels.
     */
    private static void everywhere(Case test) {
        for (int round = 0; round < 60; round++) {
            for (Values values : Values.values()) {
                for (int n : Rig.LENGTHS) {
                    test.check(n, values, 31L * n + round);
                }
            }
        }
    }

    private static Matrix row(Matrix x, int n) {
        return Matrix.row(Arrays.copyOfRange(x.data(), x.offset(), x.offset() + n));
    }

    private static void activate(PointwiseKernels kernels, Activation f, Matrix x, Matrix y) {
        kernels.activate(f, x.data(), x.offset(), y.data(), y.offset(), x.cols());
    }

    private static void gradient(
            PointwiseKernels kernels, Activation f, Matrix saved, Matrix dy, Matrix dx) {
        kernels.activateGradient(
                f,
                saved.data(),
                saved.offset(),
                dy.data(),
                dy.offset(),
                dx.data(),
                dx.offset(),
                dy.cols());
    }

    private static void dropout(PointwiseKernels kernels, long key, Matrix x, Matrix y) {
        kernels.dropout(key, 0.25f, 5, x.data(), x.offset(), y.data(), y.offset(), x.cols());
    }

    private static void axpy(PointwiseKernels kernels, float alpha, Matrix x, Matrix y) {
        kernels.axpy(alpha, x.data(), x.offset(), y.data(), y.offset(), x.cols());
    }
}
