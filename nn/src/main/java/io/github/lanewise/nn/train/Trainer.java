package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Sampler;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.internal.Numbers;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.metrics.ArgMax;
import io.github.lanewise.nn.metrics.Metric;
import io.github.lanewise.nn.optim.Optimizer;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Trains a model, measures it, and asks it for predictions.
 *
 * <p>A run is a function of the model's parameters, the data, and the seed: the same bits on every
 * machine. Passes are kept for each batch size, so that a step allocates next to nothing. For one
 * thread at a time, which is checked; a program that asks a trained model for predictions, on any
 * number of threads, takes an {@link InferenceSession} from {@link InferenceSession#of}.
 *
 * <p>Training stops after the step during which its thread is interrupted, as after {@link
 * Progress#stop}. What comes then, such as writing files, finds the thread not interrupted; at the
 * end of {@code fit} it is so again.
 */
public final class Trainer {

    private final Layer model;
    private final Optimizer optimizer;
    private final StepCache steps;
    private final Inference inference;
    private final OneThread alone = new OneThread();
    private final RunSettings settings = new RunSettings();
    private final RunPosition position = new RunPosition();

    /** Makes a trainer of this model. */
    public Trainer(Layer model, Loss loss, Optimizer optimizer) {
        this.model = Objects.requireNonNull(model, "model");
        this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
        this.steps = new StepCache(model, Objects.requireNonNull(loss, "loss"));
        this.inference = new Inference(steps);
        model.place();
    }

    Loss loss() {
        return steps.loss();
    }

    /**
     * Sets the seed of the shuffling, by default 0; epoch i of the trainer has a stream of its own.
     */
    public Trainer seed(long seed) {
        settings.seed = seed;
        return this;
    }

    /** Sets whether each epoch goes over the samples in a random order; by default it does. */
    public Trainer shuffle(boolean shuffle) {
        settings.shuffle = shuffle;
        return this;
    }

    /**
     * Sets which samples an epoch takes and in which order, in place of {@link #shuffle}; null (the
     * default) for each sample once.
     */
    public Trainer sampler(Sampler sampler) {
        settings.sampler = sampler;
        return this;
    }

    /**
     * Gathers up to so many batches ahead on a thread of its own, for data that is read from a file
     * or augmented; 0 (the default) for none. The bits are the same. A dataset of the program's own
     * must then let itself be read by that thread.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Trainer prefetch(int batches) {
        if (batches < 0) {
            throw new IllegalArgumentException(
                    "prefetch: batches is %s; it must be 0 or more".formatted(batches));
        }
        settings.prefetch = batches;
        return this;
    }

    /** Leaves out the last batch of an epoch if it is not full. */
    public Trainer dropLast() {
        settings.dropLast = true;
        return this;
    }

    /**
     * Sets the dataset on which the model is measured after each epoch; null (the default) for
     * none.
     */
    public Trainer validation(Dataset dataset) {
        settings.validation = dataset;
        return this;
    }

    /**
     * Takes this share of the data that each {@code fit} is given, from its end, for its validation
     * in place of {@link #validation}; 0 (the default) for none.
     *
     * @throws IllegalArgumentException if it is not from 0 to below 1
     */
    public Trainer validationSplit(double share) {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "validationSplit: the share is %s; it must be from 0 to below 1"
                            .formatted(share));
        }
        settings.validationSplit = share;
        return this;
    }

    /**
     * Measures the validation with averaged weights; null (the default) for the weights themselves.
     * The average must be told of the steps: see {@link WeightAverage}.
     */
    public Trainer validationWith(WeightAverage weights) {
        settings.average = weights;
        return this;
    }

    /**
     * Sets what else is measured in training and on validation data. Each is made twice, once for
     * either.
     *
     * @throws IllegalArgumentException if two have the same name, or one is called loss or accuracy
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    public final Trainer metrics(Supplier<? extends Metric>... makers) {
        settings.metrics(List.of(makers));
        return this;
    }

    /**
     * Makes one step of so many batches, by default 1: the step is that of one large batch, however
     * its loss is reduced and whatever of it counts, while only a small one has to go through the
     * model at a time. What is left at the end of an epoch makes a step of its own.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Trainer accumulate(int batches) {
        Numbers.requirePositive("accumulate", "batches", batches);
        settings.accumulated = batches;
        return this;
    }

    /**
     * Cuts each batch into so many runs of rows in order, by default 1: one definition of a step
     * for any number of workers (see {@link #collective}) and of threads.
     *
     * <p>Each shard's gradients are computed alone, with the loss divided by what counts in the
     * whole batch, and added in the order of {@link io.github.lanewise.nn.distributed.ShardTree}.
     * Batch normalization takes a shard's own statistics, so shards should not be small; running
     * statistics move from where they were before the batch by the mean of the shards' moves.
     * Dropout drops what it would drop in one shard. If S does not divide the rows of a batch, the
     * first shards are one row longer; of a batch of fewer rows than S the last shards are empty.
     * Loss, accuracy and metrics are those of the whole batch.
     *
     * <p>Results depend on S, but on nothing else. Each shard needs room for a gradient of its own.
     * Not together with {@link #accumulate}.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Trainer shards(int shards) {
        Numbers.requirePositive("shards", "number", shards);
        settings.shards = shards;
        return this;
    }

    /**
     * Trains together with other workers, each of which computes its own shards of every batch;
     * null (the default) for none. All are given the same model, data, settings and calls, and all
     * end with the same bits, those of one worker with {@link #shards} of the collective's number.
     *
     * <p>{@code fit} compares all of that before it begins, and the weights at its end. Rank 0
     * alone writes {@link #checkpoints}; to {@link #resume}, every worker must be given the same
     * file. If a callback stops training on one worker, all stop after the same batch; whatever
     * else callbacks do to the model or optimizer they must do alike on all. If {@code fit} throws
     * on one worker, that worker leaves the group (the collective is closed), and {@code fit}
     * throws on the others, too.
     */
    public Trainer collective(Collective workers) {
        settings.collective = workers;
        return this;
    }

    /** Writes checkpoints while training; null (the default) for none. */
    public Trainer checkpoints(Checkpoints checkpoints) {
        settings.checkpoints = checkpoints;
        return this;
    }

    /**
     * Lets the next {@code fit} call go on from a checkpoint, as if it had never stopped: it must
     * be given the same data, epochs, batch size and callbacks, in a trainer of an equal model,
     * loss and optimizer; then it ends with the same bits.
     *
     * @see Checkpoints#latest
     */
    public Trainer resume(Path checkpoint) {
        settings.resumeFrom = Objects.requireNonNull(checkpoint, "checkpoint");
        return this;
    }

    /**
     * Trains for some epochs, each over all samples in a random order of its own; the last batch of
     * an epoch may be smaller. Two calls of one epoch do what one call of two does.
     *
     * @param dataset what to learn
     * @param epochs how often to go over it, 1 or more
     * @param batchSize samples of a batch, 1 or more
     * @param callbacks told about the progress, in order
     * @throws IllegalArgumentException if the model or loss cannot take such data, the model has no
     *     parameters, a group of the optimizer has none of the model's, or a number is below 1
     * @throws IllegalStateException if all parameters are frozen when a step begins, another thread
     *     uses this trainer, or the workers of a collective differ
     * @throws java.io.UncheckedIOException if a checkpoint cannot be written or read
     * @throws io.github.lanewise.nn.distributed.WorkerLostException if a worker of the collective
     *     is lost; start all again, from the last checkpoint
     */
    public History fit(Dataset dataset, int epochs, int batchSize, TrainerCallback... callbacks) {
        requireSamples("fit", dataset);
        Numbers.requirePositive("fit", "epochs", epochs);
        Numbers.requirePositive("fit", "batch size", batchSize);
        for (TrainerCallback callback : callbacks) {
            Objects.requireNonNull(callback, "callback");
        }
        List<TrainerCallback> all = List.of(callbacks);
        if (settings.validationSplit == 0) {
            return fitAll(dataset, settings.validation, epochs, batchSize, all);
        }
        Holdout split = Holdout.of(dataset, settings.validationSplit);
        return fitAll(split.training(), split.validation(), epochs, batchSize, all);
    }

    private History fitAll(
            Dataset dataset,
            Dataset validation,
            int epochs,
            int batchSize,
            List<TrainerCallback> all) {
        return alone.run(
                "fit",
                () -> {
                    try {
                        return run(dataset, validation, epochs, batchSize, all);
                    } catch (Throwable e) {
                        settings.leaveGroup();
                        throw e;
                    }
                });
    }

    private History run(
            Dataset dataset,
            Dataset validation,
            int epochs,
            int batchSize,
            List<TrainerCallback> callbacks) {
        if (validation != null) {
            requireSamples("validation", validation);
            steps.check(validation);
        }
        Accumulation gradients = new Accumulation(optimizer);
        try (EpochSteps epoch =
                new EpochSteps(
                        dataset, batchSize, settings, steps, gradients, settings.workers())) {
            Progress progress = new Progress(model, optimizer, settings.trainingMetrics, epochs);
            progress.extent(epoch.batches(), epoch.samples());
            progress.validated(validation != null);
            progress.averaged(settings.average);
            return new Run(this, settings, position, dataset, batchSize, progress, callbacks)
                    .go(epoch, validation);
        }
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
     * Measures the model: the mean loss over what counts, the accuracy where the loss knows right
     * and wrong, and the trainer's metrics.
     *
     * @throws IllegalArgumentException if the model or loss cannot take such data
     */
    public Evaluation evaluate(Dataset dataset) {
        requireSamples("evaluate", dataset);
        return alone.run("evaluate", () -> inference.evaluate(dataset, settings.validationMetrics));
    }

    /**
     * Returns the model's outputs, a row for each sample of a dataset, in order; {@link ArgMax}
     * makes classes of them.
     *
     * @throws IllegalArgumentException if the model cannot take such data
     */
    public Matrix predict(Dataset dataset) {
        requireSamples("predict", dataset);
        Shape output = model.outputShape(dataset.shape());
        return alone.run("predict", () -> inference.predict(dataset, output));
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
        return Inference.arrays(predictRows(inputs));
    }

    /**
     * Returns the class with the largest output for each of equally long rows of features.
     *
     * @throws IllegalArgumentException if the model cannot take such rows
     */
    public int[] predictClasses(float[][] inputs) {
        return ArgMax.of(predictRows(inputs));
    }

    private Matrix predictRows(float[][] inputs) {
        Matrix rows = Inference.rows(inputs);
        return predict(rows, new Shape(rows.cols()));
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
}
