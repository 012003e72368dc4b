package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recurrent steps of the SIMD set and of several threads against the scalar set, bit for bit. */
@Tag("contract")
class CellKernelsTest {

    private static final int ROUNDS = 60;
    private static final int SAMPLES = 4;
    private static final int LONGEST = 129;

    /** A kind of step: how many times as wide as its units each of its matrices is. */
    private record Kind(String name, int[] widths, Function<Matrix[], Cell> make) {

        Matrix[] operands(int samples, int units, Values values, long seed) {
            return IntStream.range(0, widths.length)
                    .mapToObj(
                            k ->
                                    Rig.matrix(
                                            samples,
                                            widths[k] * units,
                                            (int) (seed + k) % 4,
                                            values,
                                            seed + k))
                    .toArray(Matrix[]::new);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("Lstm", new int[] {4, 1, 1, 1, 1}, CellKernelsTest::lstm),
                new Kind(
                        "LstmGradient",
                        new int[] {4, 1, 1, 1, 1, 1, 1, 4},
                        m -> new Cell.LstmGradient(lstm(m), m[5], m[6], m[7])),
                new Kind("Gru", new int[] {3, 3, 1, 1}, CellKernelsTest::gru),
                new Kind(
                        "GruGradient",
                        new int[] {3, 3, 1, 1, 1, 3, 3, 1},
                        m -> new Cell.GruGradient(gru(m), m[4], m[5], m[6], m[7])),
                new Kind("Rnn tanh", new int[] {1}, m -> new Cell.Rnn(false, m[0])),
                new Kind("Rnn relu", new int[] {1}, m -> new Cell.Rnn(true, m[0])),
                new Kind(
                        "RnnGradient tanh",
                        new int[] {1, 1, 1},
                        m -> new Cell.RnnGradient(new Cell.Rnn(false, m[0]), m[1], m[2])),
                new Kind(
                        "RnnGradient relu",
                        new int[] {1, 1, 1},
                        m -> new Cell.RnnGradient(new Cell.Rnn(true, m[0]), m[1], m[2])));
    }

    private static Cell.Lstm lstm(Matrix[] m) {
        return new Cell.Lstm(m[0], m[1], m[2], m[3], m[4]);
    }

    private static Cell.Gru gru(Matrix[] m) {
        return new Cell.Gru(m[0], m[1], m[2], m[3]);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void stepMatchesReferenceBitForBit(Kind kind) {
        CellKernels scalar = ChosenKernels.scalar().cells();
        CellKernels chosen = ChosenKernels.set().cells();
        int[] lengths = Arrays.stream(Rig.LENGTHS).filter(n -> n <= LONGEST).toArray();
        for (int round = 0; round < ROUNDS; round++) {
            for (Values values : Values.values()) {
                for (int units : lengths) {
                    Matrix[] expected = kind.operands(SAMPLES, units, values, 31L * units + round);
                    Matrix[] actual = copies(expected);
                    scalar.step(kind.make.apply(expected), 1, SAMPLES - 1);
                    chosen.step(kind.make.apply(actual), 1, SAMPLES - 1);
                    assertSame(kind + " of " + units, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anyNumberOfThreadsGivesTheSameBits(Kind kind) {
        for (int threads = 1; threads <= 3; threads++) {
            Matrix[] expected = kind.operands(101, 67, Values.FINITE, 5);
            Matrix[] actual = copies(expected);
            ChosenKernels.reference().sequences().step(kind.make.apply(expected));
            ChosenKernels.onThreads(threads).sequences().step(kind.make.apply(actual));
            assertSame(kind + " on " + threads + " threads", expected, actual);
        }
    }

    private static Matrix[] copies(Matrix[] operands) {
        return Arrays.stream(operands).map(Rig::copy).toArray(Matrix[]::new);
    }

    private static void assertSame(String what, Matrix[] expected, Matrix[] actual) {
        for (int k = 0; k < expected.length; k++) {
            Rig.assertSameBits(what + ", matrix " + k, expected[k], actual[k]);
        }
    }
}
