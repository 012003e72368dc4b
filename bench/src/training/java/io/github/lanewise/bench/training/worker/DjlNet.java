package io.github.lanewise.bench.training.worker;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

import io.github.lanewise.bench.Workload;
import io.github.lanewise.bench.front.Convolutions;

import java.util.Arrays;
import java.util.List;

/** A workload's network in DJL, with a trainer. */
final class DjlNet {

    private final Workload workload;
    private final Model model = Model.newInstance("net");
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private Trainer trainer;

    /** Makes a network with parameters that DJL draws. */
    DjlNet(Workload workload, int batch) {
        this.workload = workload;
        model.setBlock(block(workload));
        restart();
        trainer.initialize(input(batch));
    }

    private static SequentialBlock block(Workload workload) {
        SequentialBlock block = new SequentialBlock();
        if (workload.convolutional()) {
            Shape window = new Shape(Convolutions.KERNEL, Convolutions.KERNEL);
            for (int out : Convolutions.CHANNELS) {
                block.add(Conv2d.builder().setKernelShape(window).setFilters(out).build());
                block.add(Activation::relu);
                block.add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)));
            }
            block.add(Blocks.batchFlattenBlock());
        }
        int[] widths = workload.widths();
        for (int i = 1; i < widths.length; i++) {
            block.add(Linear.builder().setUnits(widths[i]).build());
            if (i < widths.length - 1) {
                block.add(Activation::relu);
            }
        }
        return block;
    }

    private static Optimizer optimizer(Workload.Rule rule) {
        Tracker rate = Tracker.fixed(rule.learningRate());
        if (rule.adam()) {
            return Optimizer.adam()
                    .optLearningRateTracker(rate)
                    .optWeightDecays(rule.weightDecay())
                    .build();
        }
        return Optimizer.sgd()
                .setLearningRateTracker(rate)
                .optMomentum(rule.momentum())
                .optWeightDecays(rule.weightDecay())
                .build();
    }

    /** Returns the shape of the inputs of a batch. */
    Shape input(int batch) {
        return workload.convolutional()
                ? new Shape(batch, 1, Convolutions.IMAGE, Convolutions.IMAGE)
                : new Shape(batch, workload.features());
    }

    NDManager manager() {
        return model.getNDManager();
    }

    /** Forgets what the optimizer remembers. */
    void restart() {
        if (trainer != null) {
            trainer.close();
        }
        trainer =
                model.newTrainer(
                        new DefaultTrainingConfig(loss).optOptimizer(optimizer(workload.rule())));
    }

    void parameters(List<float[]> values) {
        List<Parameter> parameters = model.getBlock().getParameters().values();
        for (int i = 0; i < values.size(); i++) {
            NDArray array = parameters.get(i).getArray();
            int[] shape = workload.parameterShapes().get(i);
            Shape expected = new Shape(Arrays.stream(shape).asLongStream().toArray());
            if (!array.getShape().equals(expected)) {
                throw new IllegalStateException(
                        "DJL: parameter %d is %s, expected %s"
                                .formatted(i, array.getShape(), expected));
            }
            array.set(values.get(i));
        }
    }

    /** Takes a step and returns the loss before it; what it makes dies with the arrays' manager. */
    float step(NDArray inputs, NDArray labels) {
        float before;
        try (GradientCollector gradients = trainer.newGradientCollector()) {
            NDList outputs = trainer.forward(new NDList(inputs));
            NDArray mean = loss.evaluate(new NDList(labels), outputs);
            gradients.backward(mean);
            before = mean.getFloat();
        }
        trainer.step();
        return before;
    }

    Model model() {
        return model;
    }
}
