package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Once C2 has compiled a kernel, calling it allocates nothing at all. */
@Tag("contract")
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int CALLS = 500;

    /** Far more than C2 needs; a kernel that allocates does so in every round. */
    private static final int MAX_ROUNDS = 20_000;

    /** What reading the counter itself may cost. */
    private static final long READING = 64;

    private static Kernels kernels;

    /** A kernel call with all its operands at hand. */
    private record Call(String name, Runnable run) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Not in a static initializer, where a missing vector width would be an error, not a skip. */
    @BeforeAll
    static void chooseKernels() {
        kernels = ChosenKernels.onThreads(1);
    }

    static Stream<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (int[] mkn : new int[][] {{32, 2, 20}, {9, 21, 10}, {1, 30, 100}, {33, 40, 70}}) {
            for (Transpose t : Transpose.values()) {
                calls.add(product(t, mkn[0], mkn[1], mkn[2]));
            }
        }
        for (int cols : new int[] {3, 10, 70, 200}) {
            addRowKernels(calls, cols);
            addPointwiseKernels(calls, cols);
            addUpdates(calls, cols);
        }
        return calls.stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCompiledKernelAllocatesNothing(Call call) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < MAX_ROUNDS && bytes > READING; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                call.run.run();
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        long perCall = bytes / CALLS;
        assertTrue(bytes <= READING, () -> call + " allocates " + perCall + " bytes a call");
    }

    private static Call product(Transpose t, int m, int k, int n) {
        Matrix a = t.a() ? Matrix.zeros(k, m) : Matrix.zeros(m, k);
        Matrix b = t.b() ? Matrix.zeros(n, k) : Matrix.zeros(k, n);
        Matrix c = Matrix.zeros(m, n);
        Epilogue epilogue = Epilogue.activate(Matrix.zeros(1, n), Activation.RELU);
        String name = "gemm %s %dx%dx%d".formatted(t, m, k, n);
        return new Call(name, () -> kernels.gemm(t, a, b, 1, c, epilogue));
    }

    private static void addRowKernels(List<Call> calls, int cols) {
        Matrix x = Matrix.zeros(5, cols);
        Matrix y = Matrix.zeros(5, cols);
        Matrix dx = Matrix.zeros(5, cols);
        Matrix row = Matrix.zeros(1, cols);
        Matrix losses = Matrix.zeros(1, 5);
        int[] numbers = new int[5];
        byte[] bytes = new byte[5 * cols];
        String of = " 5x" + cols;
        calls.add(new Call("addRow" + of, () -> kernels.addRow(row, y)));
        calls.add(new Call("columnSums" + of, () -> kernels.columnSums(x, 1, row)));
        calls.add(new Call("softmax" + of, () -> kernels.softmax(x, y)));
        calls.add(new Call("logSoftmax" + of, () -> kernels.logSoftmax(x, y)));
        calls.add(new Call("softmaxGradient" + of, () -> kernels.softmaxGradient(y, x, dx)));
        calls.add(new Call("logSoftmaxGradient" + of, () -> kernels.logSoftmaxGradient(y, x, dx)));
        calls.add(
                new Call(
                        "softmaxCrossEntropy" + of,
                        () -> kernels.softmaxCrossEntropy(x, numbers, 1, losses, dx)));
        calls.add(new Call("dot" + of, () -> kernels.dot(x, y)));
        calls.add(new Call("sum" + of, () -> kernels.sum(x)));
        calls.add(new Call("gatherRows" + of, () -> kernels.gatherRows(x, numbers, y)));
        calls.add(
                new Call(
                        "gatherRows bytes" + of,
                        () -> kernels.gatherRows(bytes, numbers, 1, 0, y)));
    }

    private static void addPointwiseKernels(List<Call> calls, int cols) {
        Matrix x = Matrix.zeros(5, cols);
        Matrix y = Matrix.zeros(5, cols);
        for (Activation.Kind kind : Activation.Kind.values()) {
            Activation f = new Activation(kind, 0);
            String of = " " + kind + " 5x" + cols;
            calls.add(new Call("activate" + of, () -> kernels.activate(f, x, y)));
            calls.add(
                    new Call("activateGradient" + of, () -> kernels.activateGradient(f, x, y, y)));
        }
        calls.add(new Call("axpy 5x" + cols, () -> kernels.axpy(0.5f, x, y)));
        calls.add(new Call("scale 5x" + cols, () -> kernels.scale(0.5f, x)));
    }

    private static void addUpdates(List<Call> calls, int cols) {
        Matrix p = Matrix.zeros(5, cols);
        Matrix g = Matrix.zeros(5, cols);
        Matrix[] states = {Matrix.zeros(5, cols), Matrix.zeros(5, cols), Matrix.zeros(5, cols)};
        Update sgd = new Update.Sgd(0.1f, 0.9f, 0, true, 0.01f, false);
        Update adam = new Update.Adam(0.1f, 0.9f, 0.99f, 1, 1e-8f, 0, 1, true);
        calls.add(new Call("sgd 5x" + cols, () -> kernels.update(sgd, p, g, states)));
        calls.add(new Call("adam 5x" + cols, () -> kernels.update(adam, p, g, states)));
    }
}
