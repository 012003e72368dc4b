package io.github.lanewise.nn.inference;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.internal.ObjectPool;

import java.util.Objects;

/**
 * Computes a model's outputs, for any number of threads at a time; made by {@link #of}.
 *
 * <p>It binds the model once for each thread that calls while others do, and keeps what it bound.
 * So there is nothing to open, close or wait for, one session serves a whole program, and after the
 * first calls nothing is allocated but the results that are returned. All threads read the same
 * weights: those of the model at the time of the call. Training them meanwhile mixes old and new
 * ones in a result; train between calls.
 *
 * <p>Kernels keep working memory for each thread, so callers should be threads that live on, such
 * as those of a pool; a virtual thread for each call works, but makes that memory anew.
 *
 * <p>A single sample is computed on its caller's thread. Several share the engine's threads, as far
 * as these are free; {@link #onCallersThread} tells a session not to ask for them. Every way gives
 * the same bits, those of {@link io.github.lanewise.nn.train.Trainer#predict}.
 */
public final class InferenceSession {

    private final Layer model;
    private final Shape input;
    private final Shape output;
    private final int batch;
    private final ObjectPool<InferenceRun> runs;

    /**
     * Makes a session for samples of the only shape that a model takes.
     *
     * @param batch how many samples it computes at once, 1 or more; 1 for the least latency
     * @throws IllegalArgumentException if the batch is below 1
     * @throws IllegalStateException if the model can take samples of several shapes
     */
    public static InferenceSession of(Layer model, int batch) {
        Shape input = Objects.requireNonNull(model, "model").inputShape();
        if (input == null) {
            throw new IllegalStateException(
                    "InferenceSession: %s takes samples of several shapes; say which: InferenceSession.of(model, shape, %s)"
                            .formatted(model.getClass().getSimpleName(), batch));
        }
        return of(model, input, batch);
    }

    /**
     * Makes a session for samples of one shape.
     *
     * @param batch how many samples it computes at once, 1 or more; 1 for the least latency
     * @throws IllegalArgumentException if the model cannot take such samples, or the batch is below
     *     1
     */
    public static InferenceSession of(Layer model, Shape input, int batch) {
        return new InferenceSession(Objects.requireNonNull(model, "model"), input, batch, false);
    }

    private InferenceSession(Layer model, Shape input, int batch, boolean solo) {
        Numbers.requirePositive("InferenceSession", "batch", batch);
        this.model = model;
        this.input = Objects.requireNonNull(input, "input");
        this.output = model.outputShape(input);
        this.batch = batch;
        // First values are drawn here, by one thread, not by several that call.
        model.parameters().values().forEach(Param::value);
        BatchSizes sizes = new BatchSizes(batch);
        this.runs = new ObjectPool<>(() -> new InferenceRun(model, input, sizes, solo));
    }

    /**
     * Returns such a session whose calls compute on their caller's thread alone. For programs that
     * have at least as many calling threads as cores, which gain nothing from more.
     */
    public InferenceSession onCallersThread() {
        return new InferenceSession(model, input, batch, true);
    }

    /** Returns the shape of a sample. */
    public Shape inputShape() {
        return input;
    }

    /** Returns the shape of what the model makes of a sample. */
    public Shape outputShape() {
        return output;
    }

    /** Returns how many samples are computed at once. */
    public int batch() {
        return batch;
    }

    /**
     * Returns the outputs for one sample.
     *
     * @param sample the features, as many as {@link #inputShape} has
     * @throws IllegalArgumentException if their number differs
     */
    public float[] predict(float[] sample) {
        float[] outputs = new float[output.features()];
        predict(sample, outputs);
        return outputs;
    }

    /**
     * Computes the outputs for one sample, and allocates nothing.
     *
     * @param sample the features, as many as {@link #inputShape} has
     * @param outputs receives as many values as {@link #outputShape} has
     * @throws IllegalArgumentException if their number differs
     */
    public void predict(float[] sample, float[] outputs) {
        requireLength("sample", sample, input);
        requireLength("outputs", outputs, output);
        InferenceRun run = runs.take();
        try {
            run.predict(sample, outputs);
        } finally {
            runs.give(run);
        }
    }

    /**
     * Returns the outputs, a row for each row of inputs.
     *
     * @param inputs a row for each sample, any number of them
     * @throws IllegalArgumentException if the columns are not the features of {@link #inputShape}
     */
    public Matrix predict(Matrix inputs) {
        int rows = Objects.requireNonNull(inputs, "inputs").rows();
        Matrix outputs = Matrix.zeros(rows, output.features());
        predict(inputs, outputs);
        return outputs;
    }

    /**
     * Computes the outputs, a row for each row of inputs. Allocates nothing where one batch holds
     * them all, else a small window onto the inputs for each batch.
     *
     * @param inputs a row for each sample, any number of them
     * @param outputs as many rows of the features of {@link #outputShape}; apart from the inputs
     * @throws IllegalArgumentException if either has another shape
     */
    public void predict(Matrix inputs, Matrix outputs) {
        int rows = Objects.requireNonNull(inputs, "inputs").rows();
        requireShape("inputs", inputs, rows, input);
        requireShape("outputs", Objects.requireNonNull(outputs, "outputs"), rows, output);
        InferenceRun run = runs.take();
        try {
            run.predict(inputs, outputs);
        } finally {
            runs.give(run);
        }
    }

    /**
     * Returns the outputs for one sequence, of as many steps as it has: those of its steps, or, if
     * the model makes no sequence of it, all.
     *
     * @param steps the numbers of its steps, one after another: 1 step up to as many as {@link
     *     #inputShape} has
     * @throws IllegalArgumentException if it has no step, part of one or too many, or the model
     *     would mix padding with what counts
     */
    public float[] predictSequence(float[] steps) {
        int all = input.dimension(0);
        int width = input.features() / all;
        int given = Objects.requireNonNull(steps, "steps").length;
        if (given == 0 || given % width != 0 || given > input.features()) {
            throw new IllegalArgumentException(
                    "predictSequence: %s numbers; a step has %s, and a sequence 1 to %s steps"
                            .formatted(given, width, all));
        }
        int length = given / width;
        Lengths lengths = new Lengths(1, all);
        boolean sequence = model.outputLengths(input, lengths) != null;
        int features = sequence ? output.features() / all * length : output.features();
        float[] outputs = new float[features];
        InferenceRun run = runs.take();
        try {
            run.predict(steps, length, outputs);
        } finally {
            runs.give(run);
        }
        return outputs;
    }

    /**
     * Returns the outputs of sequences of unequal length, a row for each; 0 behind the end of each,
     * if the model makes sequences of them.
     *
     * @param inputs a row for each sample; what stands behind its end does not matter
     * @param lengths how many steps of each count
     * @throws IllegalArgumentException if there is not a length for each, one is below 1 or above
     *     the steps of {@link #inputShape}, or the model would mix padding with what counts
     */
    public Matrix predict(Matrix inputs, int[] lengths) {
        int rows = Objects.requireNonNull(inputs, "inputs").rows();
        requireShape("inputs", inputs, rows, input);
        if (rows > 0) {
            new Lengths(rows, input.dimension(0)).setAll(lengths);
        }
        Matrix outputs = Matrix.zeros(rows, output.features());
        InferenceRun run = runs.take();
        try {
            run.predict(inputs, lengths, outputs);
        } finally {
            runs.give(run);
        }
        return outputs;
    }

    private static void requireLength(String name, float[] values, Shape shape) {
        int length = Objects.requireNonNull(values, name).length;
        if (length != shape.features()) {
            throw new IllegalArgumentException(
                    "predict: %s has %s values; it must have %s (shape %s)"
                            .formatted(name, length, shape.features(), shape));
        }
    }

    private static void requireShape(String name, Matrix matrix, int rows, Shape shape) {
        if (matrix.rows() != rows || matrix.cols() != shape.features()) {
            throw new IllegalArgumentException(
                    "predict: %s is %s; it must be %sx%s (a row is a sample of shape %s)"
                            .formatted(name, matrix.shape(), rows, shape.features(), shape));
        }
    }

    /** Returns what goes in and out, and how many at once. */
    @Override
    public String toString() {
        return "InferenceSession(%s -> %s, batch %s)".formatted(input, output, batch);
    }
}
