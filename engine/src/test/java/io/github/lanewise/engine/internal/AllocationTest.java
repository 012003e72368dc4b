package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.ChannelNorm;
import io.github.lanewise.engine.ChannelNormalizations;
import io.github.lanewise.engine.ClassTargets;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Losses;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Normalizations;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.Regions;
import io.github.lanewise.engine.Restraints;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.simd.AnotherLibrary;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Once C2 has compiled a kernel, calling it allocates nothing at all: though another library
 * computes with vectors of another width in the same JVM.
 */
@Tag("contract")
class AllocationTest {

    /** An axis that goes by Winograd's algorithm with eight points. */
    private static final Axis WIDE = Axis.of(12, 5, 1, 0, 1);

    /** With six. */
    private static final Axis NARROW = Axis.of(8, 3, 1, 1, 1);

    private static final Axis SINGLE_TAP = Axis.of(9, 1, 2, 0, 1);

    private static final Axis STEPPING = Axis.of(11, 3, 2, 1, 1);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int CALLS = 500;

    /**
     * Processor time of this thread that C2 has to compile a kernel: it runs beside us, so that it
     * gets about as much, on however busy a machine. Far more than it needs; a kernel whose vectors
     * stay objects allocates for ever.
     */
    private static final long LIMIT_NANOS = 8_000_000_000L;

    /** What reading the counter itself may cost. */
    private static final long READING = 64;

    private static Kernels engine;

    /** Skips the class where the CPU lacks the width: a field's initializer would fail it. */
    @BeforeAll
    static void choose() {
        engine = ChosenKernels.onThreads(1);
        if (Engine.kernelSet().equals("simd")) {
            AnotherLibrary.run();
        }
    }

    /** A kernel call with all its operands at hand. */
    private record Call(String name, Runnable run) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (int[] mkn :
                new int[][] {{32, 2, 20}, {9, 21, 10}, {1, 30, 100}, {2, 11, 470}, {33, 40, 70}}) {
            for (Transpose t : Transpose.values()) {
                calls.add(product(t, mkn[0], mkn[1], mkn[2]));
                calls.add(productThenUpdate(t, mkn[0], mkn[1], mkn[2]));
            }
        }
        for (int cols : new int[] {3, 10, 70, 200}) {
            addRowKernels(calls, cols);
            addPointwiseKernels(calls, cols);
            addUpdates(calls, cols);
            addNormalizations(calls, cols);
            addSequences(calls, cols);
            addLosses(calls, cols);
        }
        addImageKernels(calls, 9, 1);
        addImageKernels(calls, 20, 2);
        addShallowGradient(calls, 1, 5);
        addShallowGradient(calls, 3, 3);
        addConvolution(calls, new Convolution(16, 20, 1, new Window(WIDE, WIDE)), 2);
        addConvolution(calls, new Convolution(16, 20, 1, new Window(WIDE, WIDE)), 70);
        addConvolution(calls, new Convolution(16, 20, 1, new Window(NARROW, NARROW)), 2);
        addConvolution(calls, new Convolution(16, 20, 1, new Window(SINGLE_TAP, SINGLE_TAP)), 2);
        addConvolutionsInTurns(calls);
        addPoolsOfFour(calls, 13);
        addPoolsOfFour(calls, 40);
        return calls.stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aCompiledKernelAllocatesNothing(Call call) {
        long bytes = Long.MAX_VALUE;
        long end = THREADS.getCurrentThreadCpuTime() + LIMIT_NANOS;
        while (bytes > READING && THREADS.getCurrentThreadCpuTime() < end) {
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
        return new Call(name, () -> engine.gemm(t, a, b, 1, c, epilogue));
    }

    private static Call productThenUpdate(Transpose t, int m, int k, int n) {
        Matrix a = t.a() ? Matrix.zeros(k, m) : Matrix.zeros(m, k);
        Matrix b = t.b() ? Matrix.zeros(n, k) : Matrix.zeros(k, n);
        Matrix p = Matrix.zeros(m, n);
        Matrix g = Matrix.zeros(m, n);
        Matrix[] v = {Matrix.zeros(m, n)};
        Update rule = new Update.Sgd(0.01f, 0.9f, 0, false, 0, false);
        String name = "gemmThenUpdate %s %dx%dx%d".formatted(t, m, k, n);
        return new Call(name, () -> engine.gemmThenUpdate(t, a, b, rule, p, g, v));
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
        calls.add(new Call("addRow" + of, () -> engine.addRow(row, y)));
        calls.add(new Call("columnSums" + of, () -> engine.columnSums(x, 1, row)));
        calls.add(new Call("softmax" + of, () -> engine.softmax(x, y)));
        calls.add(new Call("logSoftmax" + of, () -> engine.logSoftmax(x, y)));
        calls.add(new Call("softmaxGradient" + of, () -> engine.softmaxGradient(y, x, dx)));
        calls.add(new Call("logSoftmaxGradient" + of, () -> engine.logSoftmaxGradient(y, x, dx)));
        calls.add(
                new Call(
                        "softmaxCrossEntropy" + of,
                        () -> engine.softmaxCrossEntropy(x, numbers, 1, losses, dx)));
        calls.add(new Call("dot" + of, () -> engine.dot(x, y)));
        calls.add(new Call("sum" + of, () -> engine.sum(x)));
        calls.add(new Call("weightedSum" + of, () -> engine.weightedSum(x, y)));
        calls.add(new Call("gatherRows" + of, () -> engine.gatherRows(x, numbers, y)));
        calls.add(
                new Call(
                        "gatherRows bytes" + of, () -> engine.gatherRows(bytes, numbers, 1, 0, y)));
    }

    private static void addPointwiseKernels(List<Call> calls, int cols) {
        Matrix x = Matrix.zeros(5, cols);
        Matrix y = Matrix.zeros(5, cols);
        for (Activation.Kind kind : Activation.Kind.values()) {
            Activation f = new Activation(kind, 0.5f, 2f);
            String of = " " + kind + " 5x" + cols;
            calls.add(new Call("activate" + of, () -> engine.activate(f, x, y)));
            calls.add(new Call("activateGradient" + of, () -> engine.activateGradient(f, x, y, y)));
        }
        calls.add(new Call("axpy 5x" + cols, () -> engine.axpy(0.5f, x, y)));
        for (Combination how : Combination.values()) {
            calls.add(new Call(how + " 5x" + cols, () -> engine.combine(how, x, y, y)));
        }
        calls.add(new Call("dropout 5x" + cols, () -> engine.dropout(9, 0.5f, x, y)));
        calls.add(new Call("scale 5x" + cols, () -> engine.scale(0.5f, x)));
        addRestraints(calls, x, y);
    }

    private static void addRestraints(List<Call> calls, Matrix x, Matrix y) {
        Restraints restraints = engine.restraints();
        Matrix ofColumns = Matrix.zeros(1, x.cols());
        Matrix ofRows = Matrix.zeros(1, x.rows());
        String of = " " + x.shape();
        calls.add(new Call("clamp" + of, () -> restraints.clamp(-1, 1, x)));
        calls.add(new Call("sumOfAbsolutes" + of, () -> restraints.sumOfAbsolutes(x)));
        calls.add(new Call("maxOfAbsolutes" + of, () -> restraints.maxOfAbsolutes(x)));
        calls.add(new Call("addSign" + of, () -> restraints.addSign(0.5f, x, y)));
        calls.add(
                new Call("limitColumns" + of, () -> restraints.limitColumnNorms(1, x, ofColumns)));
        calls.add(new Call("limitRows" + of, () -> restraints.limitRowNorms(1, x, ofRows)));
    }

    private static void addLosses(List<Call> calls, int cols) {
        Matrix x = Matrix.zeros(5, 3 * cols);
        Matrix t = Matrix.zeros(5, 3 * cols);
        Matrix losses = Matrix.zeros(5, 3 * cols);
        Matrix dx = Matrix.zeros(5, 3 * cols);
        Matrix dy = Matrix.zeros(5, 3 * cols);
        Matrix row = Matrix.zeros(1, 3 * cols);
        Matrix each = Matrix.zeros(1, 5);
        int[] labels = new int[5];
        Losses kernels = engine.losses();
        ClassTargets rule = new ClassTargets(0.1f, row, -1);
        String of = " 5x" + 3 * cols;
        for (PointwiseLoss.Kind kind : PointwiseLoss.Kind.values()) {
            PointwiseLoss f = new PointwiseLoss(kind, 0.5f);
            calls.add(
                    new Call("loss " + kind + of, () -> kernels.pointwise(f, x, t, 1, losses, dx)));
        }
        PointwiseLoss weighted = new PointwiseLoss(PointwiseLoss.Kind.BCE_WITH_LOGITS, 0, row);
        calls.add(
                new Call(
                        "weighted loss" + of,
                        () -> kernels.pointwise(weighted, x, t, 1, losses, dx)));
        calls.add(new Call("weigh" + of, () -> kernels.weigh(row, x)));
        calls.add(new Call("classTargets" + of, () -> kernels.classTargets(rule, labels, x, each)));
        calls.add(
                new Call(
                        "multiMargin" + of,
                        () -> kernels.multiMargin(true, 1, row, x, labels, 1, each, dx)));
        calls.add(new Call("cosine" + of, () -> kernels.cosine(x, t, null, 0, 1, each, dx, dy)));
        calls.add(
                new Call(
                        "tripletMargin" + of,
                        () -> kernels.tripletMargin(x, 1, 1e-6f, 1, each, dx)));
    }

    private static void addUpdates(List<Call> calls, int cols) {
        Matrix p = Matrix.zeros(5, cols);
        Matrix g = Matrix.zeros(5, cols);
        Matrix[] states = {Matrix.zeros(5, cols), Matrix.zeros(5, cols), Matrix.zeros(5, cols)};
        for (Update rule :
                List.of(
                        new Update.Sgd(0.1f, 0.9f, 0, true, 0.01f, false),
                        new Update.Adam(0.1f, 0.9f, 0.99f, 1, 1e-8f, 0, 1, true),
                        new Update.RmsProp(0.1f, 0.9f, 1e-8f, 0.9f, true, 0.01f),
                        new Update.Adagrad(0.1f, 1e-8f, 0.01f),
                        new Update.Adadelta(0.1f, 0.9f, 1e-8f, 0.01f),
                        new Update.Lion(0.1f, 0.9f, 0.99f, 0.9f))) {
            String name = rule.getClass().getSimpleName() + " 5x" + cols;
            calls.add(new Call(name, () -> engine.update(rule, p, g, states)));
        }
    }

    private static void addNormalizations(List<Call> calls, int cols) {
        Matrix x = Matrix.zeros(5, cols);
        Matrix y = Matrix.zeros(5, cols);
        Matrix kept = Matrix.zeros(5, cols);
        Matrix row = Matrix.zeros(1, cols);
        Matrix scales = Matrix.zeros(1, 5);
        RowNorm norm = new RowNorm(true, 1e-5f);
        Normalizations n = engine.normalizations();
        String of = " 5x" + cols;
        calls.add(
                new Call("normalize" + of, () -> n.normalize(norm, x, row, row, kept, scales, y)));
        calls.add(
                new Call(
                        "normalizeGradient" + of,
                        () -> n.normalizeGradient(norm, kept, scales, row, y, x)));
        calls.add(new Call("columnDots" + of, () -> n.columnDots(kept, y, 1, row)));
    }

    private static void addSequences(List<Call> calls, int units) {
        Sequences s = engine.sequences();
        Matrix four = Matrix.zeros(5, 4 * units);
        Matrix dFour = Matrix.zeros(5, 4 * units);
        Matrix[] m = new Matrix[6];
        Arrays.setAll(m, k -> Matrix.zeros(5, units));
        Cell.Lstm lstm = new Cell.Lstm(four, m[0], m[1], m[2], m[3]);
        Cell lstmGradient = new Cell.LstmGradient(lstm, m[4], m[5], dFour);
        Matrix[] three = new Matrix[4];
        Arrays.setAll(three, k -> Matrix.zeros(5, 3 * units));
        Cell.Gru gru = new Cell.Gru(three[0], three[1], m[0], m[1]);
        Cell gruGradient = new Cell.GruGradient(gru, m[2], three[2], three[3], m[3]);
        Cell.Rnn rnn = new Cell.Rnn(false, m[0]);
        Cell rnnGradient = new Cell.RnnGradient(rnn, m[1], m[2]);
        for (Cell cell : List.of(lstm, lstmGradient, gru, gruGradient, rnn, rnnGradient)) {
            String name = cell.getClass().getSimpleName() + " 5x" + units;
            calls.add(new Call(name, () -> s.step(cell)));
        }
        Matrix[] sums = {four};
        TimeSteps steps =
                TimeSteps.forward(
                        new Matrix[] {m[4]},
                        Matrix.zeros(units, 4 * units),
                        1,
                        sums,
                        Epilogue.NONE,
                        new Cell[] {lstm});
        calls.add(new Call("TimeSteps 5x" + units, () -> s.run(steps)));
        TimeSteps unequal = steps.rows(new int[] {3});
        calls.add(new Call("TimeSteps of 3 of 5x" + units, () -> s.run(unequal)));
        int[] rows = new int[5];
        calls.add(new Call("addRows 5x" + units, () -> s.addRows(m[0], rows, -1, m[1])));
        Matrix[] left = {m[0], m[1]};
        Matrix[] right = {m[2], m[3]};
        Matrix[] products = {Matrix.zeros(5, 5), Matrix.zeros(5, 5)};
        calls.add(
                new Call(
                        "multiplyEach 5x" + units,
                        () -> s.multiplyEach(Transpose.NT, left, right, 0.5f, products)));
    }

    private static void addShallowGradient(List<Call> calls, int channels, int kernel) {
        Axis axis = Axis.of(14, kernel, 1, 0, 1);
        Convolution shape = new Convolution(channels, 18, 1, new Window(axis, axis));
        Matrix x = Matrix.zeros(2, channels * shape.window().inputs());
        Matrix dy = Matrix.zeros(2, 18 * shape.window().outputs());
        Matrix dWeight = Matrix.zeros(18, shape.depth());
        Windows w = engine.windows();
        calls.add(
                new Call(
                        "convolveWeightGradient of %d taps".formatted(shape.depth()),
                        () -> w.convolveWeightGradient(shape, x, dy, 0, dWeight)));
    }

    private static void addConvolution(List<Call> calls, Convolution shape, int images) {
        Matrix x = Matrix.zeros(images, shape.inChannels() * shape.window().inputs());
        Matrix y = Matrix.zeros(images, shape.outChannels() * shape.window().outputs());
        Matrix dx = Matrix.zeros(images, x.cols());
        Matrix weight = Matrix.zeros(shape.outChannels(), shape.depth());
        Matrix bias = Matrix.zeros(1, shape.outChannels());
        Epilogue epilogue = Epilogue.activate(bias, Activation.RELU);
        Windows w = engine.windows();
        ChannelNormalizations c = engine.channelNormalizations();
        String of = " of %d by %s".formatted(images, shape);
        calls.add(new Call("convolve" + of, () -> w.convolve(shape, x, weight, y, epilogue)));
        calls.add(
                new Call(
                        "convolveWeightGradient" + of,
                        () -> w.convolveWeightGradient(shape, x, y, 1, weight)));
        calls.add(
                new Call(
                        "convolveInputGradient" + of,
                        () -> w.convolveInputGradient(shape, y, weight, dx, Epilogue.NONE)));
        calls.add(new Call("channelSums of y" + of, () -> c.channelSums(y, 1, bias)));
    }

    /** As in a model, whose layers share what a thread keeps. */
    private static void addConvolutionsInTurns(List<Call> calls) {
        List<Call> turns = new ArrayList<>();
        for (Axis axis : List.of(WIDE, NARROW, SINGLE_TAP, STEPPING)) {
            addConvolution(turns, new Convolution(16, 20, 1, new Window(axis, axis)), 2);
            addConvolution(turns, new Convolution(12, 9, 1, new Window(axis, axis)), 2);
        }
        addConvolution(turns, new Convolution(20, 30, 1, new Window(NARROW, NARROW)), 2);
        calls.add(new Call("convolutions in turns", () -> turns.forEach(turn -> turn.run.run())));
    }

    private static void addPoolsOfFour(List<Call> calls, int size) {
        Axis axis = Axis.of(size, 2, 2, 0, 1);
        Window window = new Window(axis, axis);
        Matrix x = Matrix.zeros(2, 4 * window.inputs());
        Matrix dx = Matrix.zeros(2, x.cols());
        Matrix y = Matrix.zeros(2, 4 * window.outputs());
        int[] chosen = new int[y.size()];
        Windows w = engine.windows();
        String of = " of four of %d".formatted(size);
        calls.add(new Call("maxPool" + of, () -> w.maxPool(window, x, y, chosen)));
        calls.add(new Call("maxPool without places" + of, () -> w.maxPool(window, x, y, null)));
        calls.add(new Call("maxPoolGradient" + of, () -> w.maxPoolGradient(window, chosen, y, dx)));
    }

    private static void addImageKernels(List<Call> calls, int size, int stride) {
        Axis axis = Axis.of(size, 3, stride, 1, 1);
        Window window = new Window(axis, axis);
        Convolution shape = new Convolution(4, 9, 1, window);
        Matrix x = Matrix.zeros(2, 4 * window.inputs());
        Matrix pooled = Matrix.zeros(2, 4 * window.outputs());
        Matrix dx = Matrix.zeros(2, 4 * window.inputs());
        Matrix each = Matrix.zeros(1, 4);
        Matrix sums = Matrix.zeros(1, 4);
        Matrix squares = Matrix.zeros(1, 4);
        int[] chosen = new int[pooled.size()];
        Regions regions = Regions.of(axis, true);
        Matrix low = Matrix.zeros(1, each.cols());
        ChannelNorm normalization = new ChannelNorm(each, low, each, 1, each, each);
        Windows w = engine.windows();
        ChannelNormalizations c = engine.channelNormalizations();
        String of = " of %d by stride %d".formatted(size, stride);
        addConvolution(calls, shape, 2);
        calls.add(new Call("maxPool" + of, () -> w.maxPool(window, x, pooled, chosen)));
        calls.add(
                new Call(
                        "maxPoolGradient" + of,
                        () -> w.maxPoolGradient(window, chosen, pooled, dx)));
        calls.add(new Call("averagePool" + of, () -> w.averagePool(regions, regions, x, pooled)));
        calls.add(
                new Call(
                        "averagePoolGradient" + of,
                        () -> w.averagePoolGradient(regions, regions, pooled, dx)));
        calls.add(new Call("channelSums" + of, () -> c.channelSums(x, 1, sums)));
        calls.add(new Call("channelMoments" + of, () -> c.channelMoments(x, sums, low, squares)));
        calls.add(
                new Call(
                        "normalize" + of,
                        () -> c.normalize(normalization, Activation.RELU, x, dx)));
        calls.add(
                new Call(
                        "normalizeGradientSums" + of,
                        () -> c.normalizeGradientSums(normalization, x, dx, sums, squares)));
        calls.add(
                new Call(
                        "normalizeGradient" + of,
                        () -> c.normalizeGradient(normalization, x, sums, squares, dx, dx)));
    }
}
