package io.github.lanewise.bench.cold;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The program whose start is measured: it trains or multiplies, and says on its standard output, a
 * word a line, what it has just done.
 */
final class ColdProgram {

    private static final int FEATURES = 784;
    private static final int CLASSES = 10;
    private static final int IMAGES = 60_000;
    private static final int BATCH = 64;
    private static final int HIDDEN = 256;

    /** Long enough for the speed to settle. */
    private static final long MULTIPLY_NANOS = 3_000_000_000L;

    private static final int MOST_CALLS = 200_000;

    /** Calls in a row that must be fast; a single one may be luck. */
    private static final int STREAK = 20;

    private ColdProgram() {}

    /** Runs {@code train}, with the folder of MNIST if there is one, or {@code multiply}. */
    public static void main(String... arguments) throws IOException {
        if (arguments[0].equals("multiply")) {
            say("product " + millisUntilFast(multiply()));
        } else {
            train(arguments.length > 1 ? Path.of(arguments[1]) : null);
        }
        say("peak " + peakKibibytes());
    }

    private static void say(String what) {
        System.out.println(what);
        System.out.flush();
    }

    private static void train(Path folder) throws IOException {
        // Its warm-up does not need the data.
        Engine.kernels();
        byte[] pixels = new byte[IMAGES * FEATURES];
        int[] labels = new int[IMAGES];
        if (folder != null) {
            unpack(folder.resolve("train-images-idx3-ubyte.gz"), 16, pixels);
            byte[] digits = new byte[IMAGES];
            unpack(folder.resolve("train-labels-idx1-ubyte.gz"), 8, digits);
            Arrays.setAll(labels, i -> digits[i]);
        }
        Sequential model =
                new Sequential(
                        new Linear(FEATURES, HIDDEN),
                        new ReLU(),
                        new Linear(HIDDEN, HIDDEN / 2),
                        new ReLU(),
                        new Linear(HIDDEN / 2, CLASSES));
        model.initialize(1);
        SGD sgd = new SGD(0.1f).momentum(0.9f).weightDecay(5e-4f);
        Dataset digits =
                Dataset.ofBytes(
                        pixels, new Shape(FEATURES), Targets.labels(labels), 1 / 78.6f, -0.424f);
        new Trainer(model, new SoftmaxCrossEntropy(), sgd).fit(digits, 1, BATCH, new Announcer());
    }

    private static void unpack(Path file, int header, byte[] into) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
            in.skipNBytes(header);
            in.readNBytes(into, 0, into.length);
        }
    }

    private static final class Announcer implements TrainerCallback {

        @Override
        public void onBatchEnd(Progress progress) {
            if (progress.batch() == 1) {
                say("step");
            }
        }

        @Override
        public void onEpochEnd(Progress progress) {
            say("epoch");
        }
    }

    /** Multiplies 64x784 by 784x256 again and again; returns when each call ended. */
    private static long[] multiply() {
        Matrix a = Matrix.zeros(BATCH, FEATURES);
        Matrix b = Matrix.zeros(FEATURES, HIDDEN);
        Matrix c = Matrix.zeros(BATCH, HIDDEN);
        Arrays.fill(a.data(), 0.5f);
        Arrays.fill(b.data(), 0.25f);
        long[] ends = new long[MOST_CALLS];
        say("go");
        Kernels kernels = Engine.kernels();
        ends[0] = System.nanoTime();
        int calls = 1;
        while (calls < MOST_CALLS && ends[calls - 1] - ends[0] < MULTIPLY_NANOS) {
            kernels.gemm(Transpose.NN, a, b, 0, c, Epilogue.NONE);
            ends[calls++] = System.nanoTime();
        }
        return Arrays.copyOf(ends, calls);
    }

    /** Returns when calls first took, in the median, at most 1.25 times what the last ones take. */
    private static double millisUntilFast(long[] ends) {
        int last = ends.length - 1;
        long limit = medianCall(ends, last - last / 5, last) * 5 / 4;
        int from = 0;
        while (medianCall(ends, from, from + STREAK) > limit) {
            from++;
        }
        return (ends[from] - ends[0]) / 1e6;
    }

    private static long medianCall(long[] ends, int from, int to) {
        long[] calls = new long[to - from];
        Arrays.setAll(calls, i -> ends[from + i + 1] - ends[from + i]);
        Arrays.sort(calls);
        return calls[calls.length / 2];
    }

    /** Returns the most memory that this process ever held, or 0 where Linux does not tell. */
    private static long peakKibibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
