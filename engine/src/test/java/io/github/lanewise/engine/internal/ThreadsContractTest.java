package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Every operation but the product, cut into parts: on any number of threads the bits of the scalar
 * reference on one.
 */
@Tag("contract")
class ThreadsContractTest {

    private static final int[] THREADS = {1, 2, 3, 7};

    /** Enough elements for several parts of each operation, and no multiple of any chunk. */
    private static final int ROWS = 401;

    private static final int COLS = 131;

    private static final int[] NUMBERS = new SplittableRandom(1).ints(ROWS, 0, COLS).toArray();

    private static final byte[] BYTES = new byte[COLS * COLS];

    static {
        new Random(2).nextBytes(BYTES);
    }

    /** What an operation may need: five matrices of one shape, a row, a number for each row. */
    private record Operands(Matrix[] x, Matrix row, Matrix losses) {

        static Operands make(int padding) {
            Matrix[] x = new Matrix[5];
            for (int i = 0; i < x.length; i++) {
                x[i] = Rig.matrix(ROWS, COLS, padding, Values.PLAIN, 3 + i);
            }
            return new Operands(
                    x,
                    Rig.matrix(1, COLS, padding, Values.PLAIN, 1),
                    Rig.matrix(1, ROWS, padding, Values.PLAIN, 2));
        }

        void assertSameBits(String what, Operands actual) {
            for (int i = 0; i < x.length; i++) {
                Rig.assertSameBits(what + ", operand " + i, x[i], actual.x[i]);
            }
            Rig.assertSameBits(what + ", row", row, actual.row);
            Rig.assertSameBits(what + ", losses", losses, actual.losses);
        }
    }

    private interface Call {
        void run(Kernels kernels, Operands o);
    }

    private record Operation(String name, Call call) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Operation> operations() {
        Activation relu = Activation.RELU;
        Update sgd = new Update.Sgd(0.1f, 0.9f, 0, true, 0.01f, false);
        Update adam = new Update.Adam(0.1f, 0.9f, 0.99f, 1, 1e-8f, 0, 1, true);
        return Stream.of(
                new Operation("activate", (k, o) -> k.activate(relu, o.x[0], o.x[1])),
                new Operation(
                        "activateGradient",
                        (k, o) -> k.activateGradient(relu, o.x[0], o.x[1], o.x[2])),
                new Operation("axpy", (k, o) -> k.axpy(0.7f, o.x[0], o.x[1])),
                new Operation("scale", (k, o) -> k.scale(1.3f, o.x[0])),
                new Operation("addRow", (k, o) -> k.addRow(o.row, o.x[0])),
                new Operation("columnSums", (k, o) -> k.columnSums(o.x[0], 1, o.row)),
                new Operation("softmax", (k, o) -> k.softmax(o.x[0], o.x[1])),
                new Operation("logSoftmax", (k, o) -> k.logSoftmax(o.x[0], o.x[1])),
                new Operation(
                        "softmaxGradient", (k, o) -> k.softmaxGradient(o.x[0], o.x[1], o.x[2])),
                new Operation(
                        "logSoftmaxGradient",
                        (k, o) -> k.logSoftmaxGradient(o.x[0], o.x[1], o.x[2])),
                new Operation(
                        "softmaxCrossEntropy",
                        (k, o) -> k.softmaxCrossEntropy(o.x[0], NUMBERS, 0.5f, o.losses, o.x[1])),
                new Operation("sum", (k, o) -> o.x[1].data()[0] = (float) k.sum(o.x[0])),
                new Operation("dot", (k, o) -> o.x[2].data()[0] = (float) k.dot(o.x[0], o.x[1])),
                new Operation(
                        "weightedSum",
                        (k, o) -> o.x[2].data()[0] = (float) k.weightedSum(o.x[0], o.x[1])),
                new Operation("gatherRows", (k, o) -> k.gatherRows(o.x[0], NUMBERS, o.x[1])),
                new Operation(
                        "gatherRows bytes",
                        (k, o) -> k.gatherRows(BYTES, NUMBERS, 0.1f, -0.5f, o.x[1])),
                new Operation("sgd", (k, o) -> k.update(sgd, o.x[0], o.x[1], o.x[2])),
                new Operation(
                        "adam", (k, o) -> k.update(adam, o.x[0], o.x[1], o.x[2], o.x[3], o.x[4])));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anyNumberOfThreadsGivesTheSameBits(Operation operation) {
        for (int padding : new int[] {0, 3}) {
            Operands expected = Operands.make(padding);
            operation.call.run(ChosenKernels.reference(), expected);
            for (int threads : THREADS) {
                Operands actual = Operands.make(padding);
                operation.call.run(ChosenKernels.onThreads(threads), actual);
                String what = "%s ld+%d on %d threads".formatted(operation, padding, threads);
                expected.assertSameBits(what, actual);
            }
        }
    }
}
