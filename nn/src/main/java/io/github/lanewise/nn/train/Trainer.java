package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.metrics.ArgMax;
import io.github.lanewise.nn.optim.Optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Trains a model, measures it, and asks it for predictions.
 *
 * <p>A run is a function of the model's parameters, the data, and the seed: the same bits on every
 * machine. Passes are kept for each batch size, so that a step allocates next to nothing. For one
 * thread at a time; a program that asks a trained model for predictions, on any number of threads,
 * takes an {@link InferenceSession} from {@link InferenceSession#of}.
 */
public final class Trainer {

    private final Layer model;
    private final Optimizer optimizer;
    private final StepCache steps;
    private final Inference inference;
    private RandomStream shuffling = shuffling(0);
    private long epochsDone;
    private Dataset validation;
    private WeightAverage average;
    private int accumulated = 1;

    /** Makes a trainer of this model. */
    public Trainer(Layer model, Loss loss, Optimizer optimizer) {
        this.model = Objects.requireNonNull(model, "model");
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        this.steps = new StepCache(model, Objects.requireNonNull(loss, "loss"));
        this.inference = new Inference(steps);
        model.place();
    }

    /**
     * Sets the seed of the shuffling, by default 0; epoch i of the trainer has a stream of its own.
     */
    public Trainer seed(long seed) {
        shuffling = shuffling(seed);
        return this;
    }

    private static RandomStream shuffling(long seed) {
        return new RandomStream(seed).stream("shuffling");
    }

    /**
     * Sets the dataset on which the model is measured after each epoch; null (the default) for
     * none.
     */
    public Trainer validation(Dataset dataset) {
        validation = dataset;
        return this;
    }

    /**
     * Measures the validation with averaged weights; null (the default) for the weights themselves.
     * The average must be told of the steps: see {@link WeightAverage}.
     */
    public Trainer validationWith(WeightAverage weights) {
        average = weights;
        return this;
    }

    private Evaluation validate() {
        return average == null ? evaluate(validation) : average.use(() -> evaluate(validation));
    }

    /**
     * Makes one step of so many batches, by default 1: their gradients are averaged over all their
     * samples, so that the step is that of one large batch, while only a small one has to fit into
     * memory. What is left at the end of an epoch makes a step of its own.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Trainer accumulate(int batches) {
        requirePositive("accumulate", "batches", batches);
        accumulated = batches;
        return this;
    }

    /**
     * Trains for some epochs, each over all samples in a random order of its own; the last batch of
     * an epoch may be smaller. Two calls of one epoch do what one call of two does.
     *
     * @param dataset what to learn
     * @param epochs how often to go over it, 1 or more
     * @param batchSize samples of a step, 1 or more
     * @param callbacks told about the progress, in order
     * @throws IllegalArgumentException if the model or loss cannot take such data, or a number is
     *     below 1
     */
    public History fit(Dataset dataset, int epochs, int batchSize, TrainerCallback... callbacks) {
        requireSamples("fit", dataset);
        requirePositive("fit", "epochs", epochs);
        requirePositive("fit", "batch size", batchSize);
        Accumulation gradients = new Accumulation(optimizer, accumulated);
        Fitting fitting = new Fitting(dataset, batchSize, steps, gradients, callbacks.clone());
        Progress progress = fitting.progress(epochs);
        List<History.Epoch> done = new ArrayList<>();
        while (progress.epoch() < epochs && !progress.stopped()) {
            fitting.run(shuffling.stream(epochsDone++), progress);
            if (validation != null) {
                progress.validation(validate());
            }
            done.add(fitting.end(progress));
        }
        return new History(done);
    }

    /**
     * Trains on rows of features with a class each, as {@link #fit(Dataset, int, int,
     * TrainerCallback...)} does.
     *
     * @param inputs equally long rows of features
     * @param labels a class for each row, from 0
     * @throws IllegalArgumentException if the model or loss cannot take such data, or a number is
     *     below 1
     */
    public History fit(
            float[][] inputs,
            int[] labels,
            int epochs,
            int batchSize,
            TrainerCallback... callbacks) {
        return fit(Dataset.of(inputs, labels), epochs, batchSize, callbacks);
    }

    /**
     * Measures the model: the mean loss, and the accuracy where targets are labels.
     *
     * @throws IllegalArgumentException if the model or loss cannot take such data
     */
    public Evaluation evaluate(Dataset dataset) {
        requireSamples("evaluate", dataset);
        return inference.evaluate(dataset);
    }

    /**
     * Returns the model's outputs, a row for each sample of a dataset, in order; {@link ArgMax}
     * makes classes of them.
     *
     * @throws IllegalArgumentException if the model cannot take such data
     */
    public Matrix predict(Dataset dataset) {
        requireSamples("predict", dataset);
        return inference.predict(dataset, model.outputShape(dataset.shape()));
    }

    /**
     * Returns the model's outputs, a row for each row of inputs.
     *
     * @param inputs one row or more
     * @param shape of a sample
     * @throws IllegalArgumentException if the model cannot take such inputs
     */
    public Matrix predict(Matrix inputs, Shape shape) {
        Objects.requireNonNull(inputs, "inputs");
        Matrix nothing = Matrix.zeros(inputs.rows(), 0);
        return predict(Dataset.of(inputs, shape, Targets.values(nothing)));
    }

    /**
     * Returns the model's outputs for each of equally long rows of features.
     *
     * @throws IllegalArgumentException if the model cannot take such rows
     */
    public float[][] predict(float[][] inputs) {
        Matrix rows = Matrix.copyOf(Objects.requireNonNull(inputs, "inputs"));
        Matrix outputs = predict(rows, new Shape(rows.cols()));
        float[][] result = new float[inputs.length][outputs.cols()];
        for (int i = 0; i < result.length; i++) {
            System.arraycopy(outputs.data(), i * outputs.cols(), result[i], 0, outputs.cols());
        }
        return result;
    }

    /**
     * Returns the class with the largest output for each of equally long rows of features.
     *
     * @throws IllegalArgumentException if the model cannot take such rows
     */
    public int[] predictClasses(float[][] inputs) {
        Matrix rows = Matrix.copyOf(Objects.requireNonNull(inputs, "inputs"));
        return ArgMax.of(predict(rows, new Shape(rows.cols())));
    }

    /**
     * Takes one step of plain gradient descent on one batch, for those who write the loop
     * themselves: p = p - learningRate (gradient + weightDecay p).
     *
     * <p>The buffers of the last call are used again if the next has the same model, loss and
     * number of rows; else new ones are made.
     *
     * @param model takes rows of features
     * @param loss takes class labels
     * @param learningRate step size
     * @param inputs a row of features for each sample
     * @param labels a class for each sample
     * @param weightDecay L2 penalty; 0 for none
     * @return the loss before the step
     * @throws IllegalArgumentException if the model or loss cannot take such data
     */
    public static float trainOneStep(
            Layer model,
            Loss loss,
            float learningRate,
            float[][] inputs,
            int[] labels,
            float weightDecay) {
        return OneStep.run(model, loss, learningRate, inputs, labels, weightDecay);
    }

    private static void requireSamples(String operation, Dataset dataset) {
        if (Objects.requireNonNull(dataset, "dataset").size() == 0) {
            throw new IllegalArgumentException(
                    "%s: the dataset is empty; give at least one sample".formatted(operation));
        }
    }

    private static void requirePositive(String operation, String name, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "%s: %s is %d; it must be 1 or more".formatted(operation, name, number));
        }
    }
}
