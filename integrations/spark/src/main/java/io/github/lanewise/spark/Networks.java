package io.github.lanewise.spark;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.model.Architecture;
import io.github.lanewise.nn.norm.BatchNorm1d;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the network that a plan describes. */
final class Networks {

    private static final int[] HIDDEN = {256, 128};

    private Networks() {}

    /**
     * Makes the network, with first values by the plan's seed.
     *
     * @throws IllegalArgumentException if it cannot take the rows; says which Param to change
     */
    static Layer of(TrainingPlan plan) {
        checkShape(plan);
        Layer network = plan.model().isEmpty() ? ofLayers(plan) : ofModel(plan);
        int outputs = outputs(network, plan);
        if (plan.classes() ? outputs < plan.outputs() : outputs != 1) {
            throw new IllegalArgumentException(
                    "%s: the network has %s outputs, and %s"
                            .formatted(
                                    plan.estimator(),
                                    outputs,
                                    plan.classes()
                                            ? "labels go up to %s; it needs %s"
                                                    .formatted(plan.outputs() - 1, plan.outputs())
                                            : "one number is to be learnt; it needs 1"));
        }
        network.initialize(plan.seed());
        return network;
    }

    /**
     * Checks on the driver that batches can be cut into shards for a network; batch normalization
     * wants two rows in each.
     *
     * @throws IllegalArgumentException if not
     */
    static void checkShards(Layer network, TrainingPlan plan) {
        int batch = Math.min(plan.batchSize(), plan.rows());
        for (int rows : new int[] {batch, plan.rows() % batch}) {
            for (int shard : new int[] {rows / plan.shards(), Math.ceilDiv(rows, plan.shards())}) {
                if (shard > 0) {
                    bind(network, plan, rows, shard);
                }
            }
        }
    }

    private static void bind(Layer network, TrainingPlan plan, int rows, int shard) {
        try {
            network.bind(plan.shape(), Workspace.training(shard));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: a batch of %s rows cut into %s shards has shards of %s: %s; change batchSize or shards"
                            .formatted(
                                    plan.estimator(), rows, plan.shards(), shard, e.getMessage()),
                    e);
        }
    }

    private static void checkShape(TrainingPlan plan) {
        boolean right = Arrays.stream(plan.inputShape()).allMatch(extent -> extent >= 1);
        if (!right || plan.shape().features() != plan.features()) {
            throw new IllegalArgumentException(
                    "%s: inputShape is %s, and the rows have %s features; it must have as many"
                            .formatted(
                                    plan.estimator(),
                                    Arrays.toString(plan.inputShape()),
                                    plan.features()));
        }
        if (plan.inputShape().length > 0 && plan.model().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: inputShape is set, and model is not; layers take rows of features"
                            .formatted(plan.estimator()));
        }
    }

    private static int outputs(Layer network, TrainingPlan plan) {
        try {
            return network.outputShape(plan.shape()).features();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: the network cannot take rows of shape %s: %s"
                            .formatted(plan.estimator(), plan.shape(), e.getMessage()),
                    e);
        }
    }

    private static Layer ofModel(TrainingPlan plan) {
        if (plan.layers().length > 0) {
            throw new IllegalArgumentException(
                    "%s: both layers and model are set; set one of them"
                            .formatted(plan.estimator()));
        }
        try {
            return Architecture.fromJson(plan.model());
        } catch (FormatException e) {
            throw new IllegalArgumentException(
                    "%s: model: %s".formatted(plan.estimator(), e.getMessage()), e);
        }
    }

    private static Layer ofLayers(TrainingPlan plan) {
        int[] widths = widths(plan);
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            layers.add(new Linear(widths[i - 1], widths[i]));
            if (i < widths.length - 1) {
                layers.add(new ReLU());
                if (plan.dropout() > 0) {
                    layers.add(new Dropout((float) plan.dropout()));
                }
            }
        }
        return new Sequential(layers.toArray(Layer[]::new));
    }

    private static int[] widths(TrainingPlan plan) {
        int[] layers = plan.layers();
        if (layers.length == 0) {
            return new int[] {plan.features(), HIDDEN[0], HIDDEN[1], plan.outputs()};
        }
        if (layers.length < 2 || Arrays.stream(layers).anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "%s: layers is %s; it needs two widths or more, each 1 or more"
                            .formatted(plan.estimator(), Arrays.toString(layers)));
        }
        if (layers[0] != plan.features()) {
            throw new IllegalArgumentException(
                    "%s: layers begins with %s, and the rows have %s features; it must begin with these"
                            .formatted(plan.estimator(), layers[0], plan.features()));
        }
        return layers;
    }

    /** Puts the scaling of the features in front of a network, if the plan wants it. */
    static Layer scaled(Layer network, TrainingPlan plan, Moments moments) {
        if (!plan.standardization()) {
            return network;
        }
        BatchNorm1d scaling =
                new BatchNorm1d(plan.features()).withoutAffine().eps(Float.MIN_NORMAL).frozen(true);
        for (int j = 0; j < plan.features(); j++) {
            scaling.runningMean().value().data()[j] = moments.mean(j);
            scaling.runningVar().value().data()[j] = moments.variance(j);
        }
        List<Layer> layers = new ArrayList<>();
        if (plan.inputShape().length > 1) {
            layers.addAll(List.of(new Flatten(), scaling, new Reshape(plan.inputShape())));
        } else {
            layers.add(scaling);
        }
        layers.addAll(layersOf(network));
        return new Sequential(layers.toArray(Layer[]::new));
    }

    /** Undoes the scaling of the numbers that were learnt, if there was one. */
    static Layer unscaled(Layer network, TrainingPlan plan, Moments moments) {
        if (!plan.standardization() || plan.classes()) {
            return network;
        }
        List<Layer> layers = new ArrayList<>(layersOf(network));
        layers.add(new Affine(moments.labelDeviation(), moments.labelMean()));
        return new Sequential(layers.toArray(Layer[]::new));
    }

    private static List<Layer> layersOf(Layer network) {
        return network instanceof Sequential chain ? chain.layers() : List.of(network);
    }
}
