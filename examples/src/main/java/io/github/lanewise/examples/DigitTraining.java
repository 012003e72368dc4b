package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.augment.AugmentedDataset;
import io.github.lanewise.nn.augment.RandomAffine;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.schedule.LinearLR;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Trains a network on digits. */
final class DigitTraining {

    /** Of the weights, where digits are augmented. */
    private static final float DECAY = 5e-4f;

    /** Batches that are augmented while the one before is computed. */
    private static final int AHEAD = 4;

    private static final String TOO_LONG = "an array holds at most";

    private final Plan plan;
    private final Divergence divergence;
    private final Layer model;
    private final Shape input;
    private final double mean;
    private final double deviation;
    private final Dataset train;
    private final Dataset test;
    private final Dataset watched;
    private Collective workers;

    /** The optimizers that can be chosen, in lower case as on the command line. */
    enum Rule {
        /** Gradient descent with momentum 0.9. */
        sgd,
        /** Adam with PyTorch's numbers. */
        adam;

        private Optimizer at(float rate) {
            return this == sgd ? new SGD(rate).momentum(0.9f) : new Adam(rate);
        }
    }

    /**
     * How to train.
     *
     * @param kind of network
     * @param hidden widths of the hidden layers
     * @param dropout share of the hidden values that training leaves out
     * @param rule the optimizer
     * @param rate learning rate of the first step
     * @param rateGiven whether the user chose it
     * @param batch images in a step
     * @param epochs passes over the training set
     * @param seed of the weights and of the order
     * @param shards parts of each batch
     * @param augment whether each epoch sees the images moved, turned and scaled at random
     * @param holdout training digits, the last ones, that are not learnt but measured after each
     *     epoch in place of the test digits
     */
    record Plan(
            DigitModel.Kind kind,
            int[] hidden,
            float dropout,
            Rule rule,
            float rate,
            boolean rateGiven,
            int batch,
            int epochs,
            long seed,
            int shards,
            boolean augment,
            int holdout) {}

    /**
     * What came of it.
     *
     * @param history the epochs
     * @param probabilities for each test image, a row with the probability of each digit
     * @param parameters the trained values, in order
     * @param network the trained network, to be saved
     */
    record Result(
            History history, Matrix probabilities, List<Param> parameters, SavedDigits network) {}

    /**
     * Makes the samples, and takes the network that was saved or makes one.
     *
     * @throws BadInput if the network cannot take such images, or has more weights than Java can
     *     count
     */
    DigitTraining(Plan plan, Digits digits, Optional<SavedDigits> saved) {
        this.plan = plan;
        this.divergence = new Divergence(plan);
        plan.kind().model().check(digits.train());
        if (saved.isPresent()) {
            model = saved.get().model(digits.train());
            input = saved.get().input();
            mean = saved.get().mean();
            deviation = saved.get().deviation();
        } else {
            input = plan.kind().model().input(digits.train());
            model = network(input, digits.train());
            mean = digits.train().pixels().mean();
            deviation = digits.train().pixels().deviation(mean);
        }
        Dataset all = dataset(digits.train(), input, mean, deviation);
        int learnt = all.size() - plan.holdout();
        this.train = learning(digits.train(), plan.holdout() == 0 ? all : all.range(0, learnt));
        this.test = dataset(digits.test(), input, mean, deviation);
        this.watched = plan.holdout() == 0 ? test : all.range(learnt, all.size());
    }

    /**
     * Returns the training digits, moved, turned, scaled and sheared a little if they shall be: as
     * much as leaves a digit what it is, and paper where there was none.
     */
    private Dataset learning(DigitSet images, Dataset digits) {
        if (!plan.augment()) {
            return digits;
        }
        Shape image = new Shape(1, images.rows(), images.cols());
        float paper = (float) (-mean / deviation);
        Dataset augmented =
                new AugmentedDataset(
                        digits.map(image, DigitTraining::copy),
                        plan.seed(),
                        new RandomAffine(10, 0.08, 0.9, 1.1, 10, paper));
        return augmented.map(input, DigitTraining::copy);
    }

    private static void copy(float[] from, float[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    /** Returns the network with all that a program that asks it must know. */
    SavedDigits saved() {
        return new SavedDigits(model, input, mean, deviation);
    }

    private Sequential network(Shape input, DigitSet images) {
        try {
            Sequential network = plan.kind().model().network(images, plan.hidden(), plan.dropout());
            network.outputShape(input);
            network.initialize(plan.seed());
            return network;
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            throw new BadInput(
                    text(
                            "--model %s, --hidden %s: cannot take images of %s: %s",
                            plan.kind(),
                            Arrays.toString(plan.hidden()),
                            DigitModel.size(images),
                            e.getMessage()),
                    e);
        }
    }

    private static Dataset dataset(DigitSet set, Shape input, double mean, double deviation) {
        return set.pixels().dataset(input, Targets.labels(set.labels()), mean, deviation);
    }

    /** Sets the workers that train together; null for this one alone. */
    void workers(Collective group) {
        workers = group;
    }

    Plan plan() {
        return plan;
    }

    long parameterCount() {
        return model.parameters().values().stream().mapToLong(Param::size).sum();
    }

    /**
     * Trains with checkpoints, and reads the test images.
     *
     * @param checkpoints when to write some; or null
     * @param from the checkpoint to go on from, if any
     * @param watchers told about the progress
     * @return nothing if a watcher stopped the training before its end
     * @throws BadInput if the loss or a weight became infinite or no number, even in the last step,
     *     or the checkpoint is another run's
     */
    Optional<Result> run(
            Checkpoints checkpoints, Optional<Path> from, TrainerCallback... watchers) {
        Optimizer optimizer = plan.rule().at(plan.rate());
        if (plan.augment()) {
            optimizer.weightDecay(DECAY).noDecayOnBiasesAndNorms();
        }
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy(), optimizer)
                        .seed(plan.seed())
                        .shards(plan.shards())
                        .collective(workers)
                        .validation(watched)
                        .prefetch(plan.augment() ? AHEAD : 0)
                        .checkpoints(checkpoints);
        if (plan.epochs() == 0) {
            return Optional.of(result(trainer, new History(List.of())));
        }
        from.ifPresent(trainer::resume);
        List<TrainerCallback> callbacks = new ArrayList<>();
        callbacks.add(course(optimizer));
        callbacks.add(divergence);
        callbacks.addAll(List.of(watchers));
        History history = fit(trainer, callbacks);
        if (history.epochs().size() < plan.epochs()
                || history.epochs().getLast().samples() < train.size()) {
            return Optional.empty();
        }
        return Optional.of(result(trainer, history));
    }

    private Result result(Trainer trainer, History history) {
        Matrix probabilities = trainer.predict(test);
        Engine.kernels().softmax(probabilities, probabilities);
        divergence.checkEnd(model, history, probabilities);
        return new Result(
                history, probabilities, List.copyOf(model.parameters().values()), saved());
    }

    private History fit(Trainer trainer, List<TrainerCallback> callbacks) {
        try {
            return trainer.fit(
                    train, plan.epochs(), plan.batch(), callbacks.toArray(TrainerCallback[]::new));
        } catch (UncheckedIOException e) {
            throw new BadInput(text("mnist: %s", e.getCause().getMessage()), e);
        } catch (IllegalStateException e) {
            if (workers == null) {
                throw e;
            }
            throw new BadInput(text("mnist: the workers differ: %s", e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            // Network and images go together, which is known by now; so the batch is too large.
            if (e.getMessage() == null || !e.getMessage().contains(TOO_LONG)) {
                throw e;
            }
            throw new BadInput(
                    text(
                            "--batch: is %d; it must be smaller for this network: %s",
                            plan.batch(), e.getMessage()),
                    e);
        }
    }

    /**
     * Lowers the rate from step to step, in a straight line to 0. On held-out training digits
     * 784-256-128-10 made a seventh fewer mistakes so after one epoch than at a constant rate, and
     * after two a fourteenth fewer than at a rate lowered between them.
     */
    private TrainerCallback course(Optimizer optimizer) {
        long steps = (long) plan.epochs() * Math.ceilDiv(train.size(), plan.batch());
        return new LinearLR(plan.rate(), 1, 0, steps).perStep(optimizer);
    }
}
