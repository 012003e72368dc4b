package io.github.lanewise.examples;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.DigitSet;
import io.github.lanewise.examples.digits.Digits;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.schedule.LinearLR;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import java.util.List;

/** Trains a network on digits. */
final class DigitTraining {

    private final Plan plan;
    private final Sequential model;
    private final Dataset train;
    private final Dataset test;

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
     * @param batch images in a step
     * @param epochs passes over the training set
     * @param seed of the weights and of the order
     */
    record Plan(
            DigitModel.Kind kind,
            int[] hidden,
            float dropout,
            Rule rule,
            float rate,
            int batch,
            int epochs,
            long seed) {}

    /**
     * What came of it.
     *
     * @param history the epochs
     * @param probabilities for each test image, a row with the probability of each digit
     * @param parameters the trained values, in order
     */
    record Result(History history, Matrix probabilities, List<Param> parameters) {}

    DigitTraining(Plan plan, Digits digits) {
        this.plan = plan;
        this.model = plan.kind().model().network(digits.train(), plan.hidden(), plan.dropout());
        model.initialize(plan.seed());
        Shape input = plan.kind().model().input(digits.train());
        Ink ink = Ink.of(digits.train().pixels());
        this.train = ink.dataset(input, digits.train());
        this.test = ink.dataset(input, digits.test());
    }

    Plan plan() {
        return plan;
    }

    int parameterCount() {
        return model.parameters().values().stream().mapToInt(Param::size).sum();
    }

    Result run(TrainerCallback watcher) {
        Optimizer optimizer = plan.rule().at(plan.rate());
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy(), optimizer)
                        .seed(plan.seed())
                        .validation(test);
        History history =
                trainer.fit(
                        train,
                        plan.epochs(),
                        plan.batch(),
                        course(optimizer),
                        new FiniteLoss(),
                        watcher);
        Matrix probabilities = trainer.predict(test);
        Engine.kernels().softmax(probabilities, probabilities);
        return new Result(history, probabilities, List.copyOf(model.parameters().values()));
    }

    /** Mean and standard deviation of the pixels of the training set. */
    private record Ink(double mean, double deviation) {

        static Ink of(byte[] pixels) {
            long sum = 0;
            long squares = 0;
            for (byte pixel : pixels) {
                int ink = pixel & 0xff;
                sum += ink;
                squares += ink * ink;
            }
            double mean = (double) sum / pixels.length;
            double variance = (double) squares / pixels.length - mean * mean;
            return new Ink(mean, Math.sqrt(Math.max(variance, 1)));
        }

        /** Views images as samples of mean 0 and variance 1. */
        Dataset dataset(Shape input, DigitSet digits) {
            return Dataset.ofBytes(
                    digits.pixels(),
                    input,
                    Targets.labels(digits.labels()),
                    (float) (1 / deviation),
                    (float) (-mean / deviation));
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

    /** Gives up when the loss is no number any more. */
    private final class FiniteLoss implements TrainerCallback {

        @Override
        public void onBatchEnd(Progress progress) {
            if (!Float.isFinite(progress.batchLoss())) {
                throw new BadInput(
                        ("mnist: the loss is %s at batch %d of epoch %d;"
                                        + " lower the rate, --lr %s is too high")
                                .formatted(
                                        progress.batchLoss(),
                                        progress.batch(),
                                        progress.epoch(),
                                        plan.rate()));
            }
        }
    }
}
