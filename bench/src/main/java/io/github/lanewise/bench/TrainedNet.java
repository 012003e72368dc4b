package io.github.lanewise.bench;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.LSTM;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network of ours and how it is trained.
 *
 * @param model with first values drawn from a fixed seed
 * @param input shape of a sample
 * @param batch samples of a step
 * @param rule how parameters are updated
 * @param flops operations of a step's products
 */
public record TrainedNet(Layer model, Shape input, int batch, Workload.Rule rule, double flops) {

    private static final Workload.Rule PLAIN = new Workload.Rule(false, 0.02f, 0.9f, 5e-4f);

    /** Makes the network of a workload. */
    public static TrainedNet of(Workload workload) {
        List<Layer> layers = new ArrayList<>();
        Shape input =
                switch (workload.front()) {
                    case NONE -> new Shape(workload.features());
                    case CONVOLUTIONS -> addConvolutions(layers);
                    case LSTM -> addLstm(layers);
                    case TRANSFORMER -> addTransformer(layers);
                };
        addLinear(layers, workload.widths());
        return make(layers, input, workload.batch(), workload.rule(), workload.flops());
    }

    /** Makes the network of a workload's name, or of linear layers written widths@batch. */
    static TrainedNet parse(String text) {
        if (isWorkload(text)) {
            return of(Workload.valueOf(text));
        }
        NetShape net = NetShape.parse(text);
        List<Layer> layers = new ArrayList<>();
        addLinear(layers, net.widths());
        return make(layers, new Shape(net.widths()[0]), net.batch(), PLAIN, net.flops());
    }

    /** Returns the operations of a step of {@link #parse}'s network. */
    public static double flops(String text) {
        return isWorkload(text) ? Workload.valueOf(text).flops() : NetShape.parse(text).flops();
    }

    private static boolean isWorkload(String text) {
        return Arrays.stream(Workload.values()).anyMatch(one -> one.name().equals(text));
    }

    private static TrainedNet make(
            List<Layer> layers, Shape input, int batch, Workload.Rule rule, double flops) {
        Layer model = new Sequential(layers.toArray(Layer[]::new));
        model.initialize(3);
        return new TrainedNet(model, input, batch, rule, flops);
    }

    private static Shape addConvolutions(List<Layer> layers) {
        int channels = 1;
        for (int out : Workload.CHANNELS) {
            layers.add(new Conv2d(channels, out, Workload.KERNEL));
            layers.add(new ReLU());
            layers.add(new MaxPool2d(2));
            channels = out;
        }
        layers.add(new Flatten());
        return new Shape(1, Workload.IMAGE, Workload.IMAGE);
    }

    private static Shape addLstm(List<Layer> layers) {
        layers.add(new LSTM(Workload.IMAGE, Workload.UNITS).lastOutput());
        return new Shape(Workload.IMAGE, Workload.IMAGE);
    }

    private static Shape addTransformer(List<Layer> layers) {
        int features = Workload.MODEL;
        layers.add(new TimeDistributed(new Linear(Workload.PATCH, features)));
        for (int i = 0; i < Workload.ENCODERS; i++) {
            layers.add(
                    new TransformerEncoderLayer(features, Workload.HEADS, Workload.FEED_FORWARD)
                            .normFirst()
                            .dropout(0));
        }
        layers.add(new LayerNorm(features));
        layers.add(new Flatten());
        return new Shape(Workload.PATCHES, Workload.PATCH);
    }

    private static void addLinear(List<Layer> layers, int... widths) {
        for (int i = 1; i < widths.length; i++) {
            layers.add(new Linear(widths[i - 1], widths[i]));
            if (i < widths.length - 1) {
                layers.add(new ReLU());
            }
        }
    }

    /** Makes an optimizer that has not taken a step yet. */
    public Optimizer optimizer() {
        if (rule.adam()) {
            return new Adam(rule.learningRate()).weightDecay(rule.weightDecay());
        }
        return new SGD(rule.learningRate())
                .momentum(rule.momentum())
                .weightDecay(rule.weightDecay());
    }
}
