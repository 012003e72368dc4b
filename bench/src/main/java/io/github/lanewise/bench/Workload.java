package io.github.lanewise.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The networks that are trained beside those of other libraries: what everybody has to build.
 *
 * <p>All have ReLU between linear layers and softmax cross-entropy at the end. M4 begins with two
 * convolutions of 5x5 without padding, each with ReLU and a max-pooling of 2x2 after it. Depends on
 * no library, so that workers of all libraries can share it.
 */
public enum Workload {
    /** Digits, stochastic gradient descent with momentum. */
    M1("784-256-128-10@64", new Rule(false, 0.1f, 0.9f, 5e-4f), false),
    /** The same network, larger batches, Adam. */
    M2("784-256-128-10@128", new Rule(true, 1e-3f, 0, 0), false),
    /** Large products. */
    M3("784-1024-1024-10@256", new Rule(false, 0.1f, 0, 0), false),
    /** Convolutions on images of 1x28x28. */
    M4("512-128-10@64", new Rule(true, 1e-3f, 0, 0), true),
    /** Two ellipses: next to no arithmetic. */
    M5("2-20-10-5-2@32", new Rule(false, 0.02f, 0, 5e-4f), false);

    /** Side of the images of M4. */
    public static final int IMAGE = 28;

    /** Side of a window of M4's convolutions. */
    public static final int KERNEL = 5;

    /** Output channels of M4's convolutions. */
    public static final List<Integer> CHANNELS = List.of(16, 32);

    private final NetShape linear;
    private final Rule rule;
    private final boolean convolutional;

    /**
     * How parameters are updated, in PyTorch's terms.
     *
     * @param adam whether by Adam with betas 0.9 and 0.999 and epsilon 1e-8; else by SGD
     */
    public record Rule(boolean adam, float learningRate, float momentum, float weightDecay) {}

    Workload(String linear, Rule rule, boolean convolutional) {
        this.linear = NetShape.parse(linear);
        this.rule = rule;
        this.convolutional = convolutional;
    }

    /** Returns features of the first linear layer's input and of each linear layer's output. */
    public int[] widths() {
        return linear.widths();
    }

    /** Returns whether convolutions come before the linear layers. */
    public boolean convolutional() {
        return convolutional;
    }

    /** Returns the update rule. */
    public Rule rule() {
        return rule;
    }

    /** Returns the samples of a training step. */
    public int batch() {
        return linear.batch();
    }

    /** Returns the features of a sample. */
    public int features() {
        return convolutional ? IMAGE * IMAGE : widths()[0];
    }

    /** Returns the number of classes. */
    public int classes() {
        return widths()[widths().length - 1];
    }

    /**
     * Returns the shapes of weights and biases in order, in PyTorch's layout: out x in, or out x in
     * x height x width.
     */
    public List<int[]> parameterShapes() {
        List<int[]> shapes = new ArrayList<>();
        int channels = 1;
        for (int out : convolutional ? CHANNELS : List.<Integer>of()) {
            shapes.add(new int[] {out, channels, KERNEL, KERNEL});
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
     * forward, weight gradient and input gradient, which the first layer does not need.
     */
    public double flops() {
        List<Double> layers = layerFlops();
        double all = layers.stream().mapToDouble(Double::doubleValue).sum();
        return batch() * (3 * all - layers.getFirst());
    }

    /** Returns the operations for the outputs of one sample. */
    public double forwardFlops() {
        return layerFlops().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the operations of the product of each layer for one sample. */
    private List<Double> layerFlops() {
        List<Double> flops = new ArrayList<>();
        int side = IMAGE;
        for (int[] shape : parameterShapes()) {
            if (shape.length == 4) {
                side = side - KERNEL + 1;
                flops.add(2.0 * side * side * shape[0] * shape[1] * KERNEL * KERNEL);
                side /= 2;
            } else if (shape.length == 2) {
                flops.add(2.0 * shape[0] * shape[1]);
            }
        }
        return flops;
    }
}
