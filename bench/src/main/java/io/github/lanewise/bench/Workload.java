package io.github.lanewise.bench;

import io.github.lanewise.bench.front.Characters;
import io.github.lanewise.bench.front.Convolutions;
import io.github.lanewise.bench.front.Encoder;
import io.github.lanewise.bench.front.Front;
import io.github.lanewise.bench.front.Patches;
import io.github.lanewise.bench.front.Plain;
import io.github.lanewise.bench.front.ResNet;
import io.github.lanewise.bench.front.RowReader;
import io.github.lanewise.bench.front.Sequences;
import io.github.lanewise.bench.front.Tabular;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The networks that are trained beside those of other libraries: what everybody has to build, and
 * from M8 on models of the size that people train.
 *
 * <p>All have ReLU between linear layers and softmax cross-entropy at the end; what comes before
 * the linear layers is a {@link Front}. Depends on no library, so that workers of all libraries can
 * share it.
 */
public enum Workload {
    /** Digits, stochastic gradient descent with momentum. */
    M1("784-256-128-10@64", Rule.sgd(0.1f, 0.9f, 5e-4f)),
    /** The same network, larger batches, Adam. */
    M2("784-256-128-10@128", Rule.ADAM),
    /** Large products. */
    M3("784-1024-1024-10@256", Rule.sgd(0.1f, 0, 0)),
    /** Convolutions on images of 1x28x28. */
    M4("512-128-10@64", Rule.ADAM, new Convolutions()),
    /** Two ellipses: next to no arithmetic. */
    M5("2-20-10-5-2@32", Rule.sgd(0.02f, 0, 5e-4f)),
    /** Images read row by row. */
    M6("128-10@64", Rule.ADAM, new RowReader(28, 128)),
    /** Sixteen patches of an image, all at once. */
    M7("1024-10@64", Rule.ADAM, new Patches(16, 49, new Encoder(2, 64, 4, 128))),
    /** ResNet-20 on colour images of 3x32x32. */
    M8("64-10@64", Rule.ADAM, new ResNet(32, 3, List.of(16, 32, 64), 3)),
    /** Rows of a table: numbers and categories of few levels and of many. */
    M9(
            "256-2@512",
            Rule.ADAM_W,
            new Tabular(
                    20,
                    List.of(2, 3, 5, 7, 12, 24, 31, 52, 100, 1000),
                    8,
                    List.of(256, 256, 256),
                    0.1f)),
    /** A language model of characters. */
    M10("256-65@16", Rule.ADAM, new Characters(65, 128, new Encoder(4, 256, 8, 1024))),
    /** Sequences of unequal length, read in both directions. */
    M11("256-10@64", Rule.ADAM, new Sequences(16, 80, 40, 128));

    private static final int LARGE_BATCH = 256;

    private final NetShape linear;
    private final Rule rule;
    private final Front front;

    /** Ways to update parameters, as PyTorch defines them. */
    public enum Method {
        SGD,
        /** Betas 0.9 and 0.999, epsilon 1e-8. */
        ADAM,
        /** The same, with decoupled weight decay. */
        ADAM_W
    }

    /** How parameters are updated, in PyTorch's terms. */
    public record Rule(Method method, float learningRate, float momentum, float weightDecay) {

        private static final Rule ADAM = new Rule(Method.ADAM, 1e-3f, 0, 0);
        private static final Rule ADAM_W = new Rule(Method.ADAM_W, 1e-3f, 0, 0.01f);

        static Rule sgd(float learningRate, float momentum, float weightDecay) {
            return new Rule(Method.SGD, learningRate, momentum, weightDecay);
        }

        /** Returns whether steps are divided by the root of a second moment. */
        public boolean adam() {
            return method != Method.SGD;
        }
    }

    Workload(String linear, Rule rule) {
        this.linear = NetShape.parse(linear);
        this.rule = rule;
        this.front = new Plain(widths()[0]);
    }

    Workload(String linear, Rule rule, Front front) {
        this.linear = NetShape.parse(linear);
        this.rule = rule;
        this.front = front;
    }

    /** Returns features of the first linear layer's input and of each linear layer's output. */
    public int[] widths() {
        return linear.widths();
    }

    /** Returns what comes before the linear layers. */
    public Front front() {
        return front;
    }

    /** Returns whether convolutions alone come before the linear layers. */
    public boolean convolutional() {
        return front instanceof Convolutions;
    }

    /** Returns whether every library's worker has its layers: linear ones and convolutions. */
    public boolean isCommon() {
        return front instanceof Plain || convolutional();
    }

    /** Returns the update rule. */
    public Rule rule() {
        return rule;
    }

    /** Returns the samples of a training step. */
    public int batch() {
        return linear.batch();
    }

    /** Returns how many samples are answered at once when there are many. */
    public int answeringBatch() {
        return front.answers() == 1 ? LARGE_BATCH : batch();
    }

    /** Returns the features of a sample. */
    public int features() {
        return Arrays.stream(front.input()).reduce(1, Math::multiplyExact);
    }

    /** Returns the number of classes. */
    public int classes() {
        return widths()[widths().length - 1];
    }

    /**
     * Returns the shapes of weights and biases in order, in PyTorch's layout: out x in, or out x in
     * x height x width; of networks that are {@link #isCommon}.
     */
    public List<int[]> parameterShapes() {
        if (!isCommon()) {
            throw new IllegalStateException(
                    "%s: only networks of linear layers and convolutions have a list of shapes"
                            .formatted(this));
        }
        List<int[]> shapes = new ArrayList<>();
        int channels = 1;
        for (int out : convolutional() ? Convolutions.CHANNELS : List.<Integer>of()) {
            shapes.add(new int[] {out, channels, Convolutions.KERNEL, Convolutions.KERNEL});
            shapes.add(new int[] {out});
            channels = out;
        }
        int[] widths = widths();
        for (int layer = 1; layer < widths.length; layer++) {
            shapes.add(new int[] {widths[layer], widths[layer - 1]});
            shapes.add(new int[] {widths[layer]});
        }
        return shapes;
    }

    /**
     * Returns the floating-point operations of the products and convolutions of one training step:
     * forward, weight gradient and input gradient, which the first layer does not need unless
     * parameters lie below it.
     */
    public double flops() {
        List<Double> layers = layerFlops();
        double all = layers.stream().mapToDouble(Double::doubleValue).sum();
        return batch() * (3 * all - (front.startsTrained() ? 0 : layers.getFirst()));
    }

    /** Returns the operations for the outputs of one sample. */
    public double forwardFlops() {
        return layerFlops().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the operations of the products for one sample, from the first on. */
    private List<Double> layerFlops() {
        List<Double> flops = new ArrayList<>(front.flops());
        int[] widths = widths();
        for (int layer = 1; layer < widths.length; layer++) {
            flops.add(front.answers() * Front.product(widths[layer - 1], widths[layer]));
        }
        return flops;
    }
}
