package io.github.lanewise.bench;

import io.github.lanewise.bench.front.Front;
import io.github.lanewise.bench.front.Plain;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;

import java.util.Arrays;

/**
 * A network of ours and how it is trained.
 *
 * @param model with first values drawn from a fixed seed
 * @param front what it begins with
 * @param batch samples of a step
 * @param rule how parameters are updated
 */
public record TrainedNet(Layer model, Front front, int batch, Workload.Rule rule) {

    private static final Workload.Rule PLAIN = Workload.Rule.sgd(0.02f, 0.9f, 5e-4f);

    /** Makes the network of a workload. */
    public static TrainedNet of(Workload workload) {
        return make(workload.front(), workload.widths(), workload.batch(), workload.rule());
    }

    /** Makes the network of a workload's name, or of linear layers written widths@batch. */
    static TrainedNet parse(String text) {
        if (isWorkload(text)) {
            return of(Workload.valueOf(text));
        }
        NetShape net = NetShape.parse(text);
        return make(new Plain(net.widths()[0]), net.widths(), net.batch(), PLAIN);
    }

    /** Returns the operations of a step of {@link #parse}'s network. */
    public static double flops(String text) {
        return isWorkload(text) ? Workload.valueOf(text).flops() : NetShape.parse(text).flops();
    }

    private static boolean isWorkload(String text) {
        return Arrays.stream(Workload.values()).anyMatch(one -> one.name().equals(text));
    }

    private static TrainedNet make(Front front, int[] widths, int batch, Workload.Rule rule) {
        Layer model = OurNet.of(front, widths);
        model.initialize(3);
        return new TrainedNet(model, front, batch, rule);
    }

    /** Returns the shape of a sample. */
    public Shape input() {
        return new Shape(front.input());
    }

    /** Returns the number of classes. */
    int classes() {
        return model.outputShape(input()).features() / front.answers();
    }

    /** Makes up so many samples. */
    MadeUpSamples madeUp(int count) {
        return MadeUpSamples.of(front, input().features(), classes(), count);
    }

    /** Makes an optimizer that has not taken a step yet. */
    public Optimizer optimizer() {
        return switch (rule.method()) {
            case ADAM -> new Adam(rule.learningRate()).weightDecay(rule.weightDecay());
            case ADAM_W -> new AdamW(rule.learningRate()).weightDecay(rule.weightDecay());
            case SGD ->
                    new SGD(rule.learningRate())
                            .momentum(rule.momentum())
                            .weightDecay(rule.weightDecay());
        };
    }
}
