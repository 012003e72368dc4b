package io.github.lanewise.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The networks that are trained beside those of other libraries: what everybody has to build.
 *
 * <p>All have ReLU between linear layers and softmax cross-entropy at the end; what comes before
 * the linear layers is a {@link Front}. Depends on no library, so that workers of all libraries can
 * share it.
 */
public enum Workload {
    /** Digits, stochastic gradient descent with momentum. */
    M1("784-256-128-10@64", new Rule(false, 0.1f, 0.9f, 5e-4f), Front.NONE),
    /** The same network, larger batches, Adam. */
    M2("784-256-128-10@128", new Rule(true, 1e-3f, 0, 0), Front.NONE),
    /** Large products. */
    M3("784-1024-1024-10@256", new Rule(false, 0.1f, 0, 0), Front.NONE),
    /** Convolutions on images of 1x28x28. */
    M4("512-128-10@64", new Rule(true, 1e-3f, 0, 0), Front.CONVOLUTIONS),
    /** Two ellipses: next to no arithmetic. */
    M5("2-20-10-5-2@32", new Rule(false, 0.02f, 0, 5e-4f), Front.NONE),
    /** Images read row by row. */
    M6("128-10@64", new Rule(true, 1e-3f, 0, 0), Front.LSTM),
    /** Sixteen patches of an image, all at once. */
    M7("1024-10@64", new Rule(true, 1e-3f, 0, 0), Front.TRANSFORMER);

    /** What comes before the linear layers. */
    public enum Front {
        NONE,
        /**
         * Two convolutions of 5x5 without padding, each with ReLU and a max-pooling of 2x2 after
         * it.
         */
        CONVOLUTIONS,
        /** The last hidden state of an LSTM over the rows of an image. */
        LSTM,
        /**
         * A linear layer for each patch, two encoder layers (normalized first, ReLU, no dropout), a
         * layer normalization.
         */
        TRANSFORMER
    }

    /** Side of the images. */
    public static final int IMAGE = 28;

    /** Side of a window of M4's convolutions. */
    public static final int KERNEL = 5;

    /** Output channels of M4's convolutions. */
    public static final List<Integer> CHANNELS = List.of(16, 32);

    /** Hidden units of M6's LSTM. */
    public static final int UNITS = 128;

    /** Patches of M7, each a row of {@link #PATCH} features. */
    public static final int PATCHES = 16;

    /** Features of a patch: 7x7. */
    public static final int PATCH = 49;

    /** Features of a patch inside M7's encoder layers. */
    public static final int MODEL = 64;

    /** Heads of M7's attention. */
    public static final int HEADS = 4;

    /** Hidden units of the small networks in M7's encoder layers. */
    public static final int FEED_FORWARD = 128;

    /** Encoder layers of M7. */
    public static final int ENCODERS = 2;

    private final NetShape linear;
    private final Rule rule;
    private final Front front;

    /**
     * How parameters are updated, in PyTorch's terms.
     *
     * @param adam whether by Adam with betas 0.9 and 0.999 and epsilon 1e-8; else by SGD
     */
    public record Rule(boolean adam, float learningRate, float momentum, float weightDecay) {}

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

    /** Returns whether convolutions come before the linear layers. */
    public boolean convolutional() {
        return front == Front.CONVOLUTIONS;
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
        return front == Front.NONE ? widths()[0] : IMAGE * IMAGE;
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
        switch (front) {
            case NONE -> {}
            case CONVOLUTIONS -> addConvolutions(shapes);
            case LSTM -> addLstm(shapes);
            case TRANSFORMER -> addTransformer(shapes);
        }
        int[] widths = widths();
        for (int layer = 1; layer < widths.length; layer++) {
            addLinear(shapes, widths[layer - 1], widths[layer]);
        }
        return shapes;
    }

    private static void addLinear(List<int[]> shapes, int in, int out) {
        shapes.add(new int[] {out, in});
        shapes.add(new int[] {out});
    }

    private static void addConvolutions(List<int[]> shapes) {
        int channels = 1;
        for (int out : CHANNELS) {
            shapes.add(new int[] {out, channels, KERNEL, KERNEL});
            shapes.add(new int[] {out});
            channels = out;
        }
    }

    private static void addLstm(List<int[]> shapes) {
        int gates = 4 * UNITS;
        shapes.add(new int[] {gates, IMAGE});
        shapes.add(new int[] {gates, UNITS});
        shapes.add(new int[] {gates});
        shapes.add(new int[] {gates});
    }

    private static void addTransformer(List<int[]> shapes) {
        addLinear(shapes, PATCH, MODEL);
        for (int layer = 0; layer < ENCODERS; layer++) {
            addLinear(shapes, MODEL, 3 * MODEL);
            addLinear(shapes, MODEL, MODEL);
            addLinear(shapes, MODEL, FEED_FORWARD);
            addLinear(shapes, FEED_FORWARD, MODEL);
            addNorm(shapes);
            addNorm(shapes);
        }
        addNorm(shapes);
    }

    private static void addNorm(List<int[]> shapes) {
        shapes.add(new int[] {MODEL});
        shapes.add(new int[] {MODEL});
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
        List<int[]> shapes = parameterShapes();
        int linear = shapes.size() - 2 * (widths().length - 1);
        for (int i = 0; i < shapes.size(); i++) {
            int[] shape = shapes.get(i);
            if (shape.length == 4) {
                side = side - KERNEL + 1;
                flops.add(2.0 * side * side * shape[0] * shape[1] * KERNEL * KERNEL);
                side /= 2;
            } else if (shape.length == 2) {
                flops.add(2.0 * shape[0] * shape[1] * (i < linear ? steps() : 1));
            }
        }
        if (front == Front.TRANSFORMER) {
            // Scores and their sums of values, over all heads.
            flops.add(ENCODERS * 2 * 2.0 * PATCHES * PATCHES * MODEL);
        }
        return flops;
    }

    /** Returns how often a sample goes through the products of the front. */
    private int steps() {
        return switch (front) {
            case LSTM -> IMAGE;
            case TRANSFORMER -> PATCHES;
            case NONE, CONVOLUTIONS -> 1;
        };
    }
}
