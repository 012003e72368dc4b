package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.Window;

import java.util.Set;

/**
 * The families of kernels, each of which goes over from plain loops to SIMD on its own: the smaller
 * they are, the sooner a program has what it uses. They do so in the order of a number, by the time
 * that programs lose in them until then.
 */
public enum Family {
    /** Products large enough for tiles. */
    PRODUCTS(Weight.HEAVY, 1),
    /** Convolutions but Winograd's and strided ones, and any convolution's gradient of its bias. */
    CONVOLUTIONS(Weight.HEAVY, 2),
    /** Strided convolutions. */
    STRIDED_CONVOLUTIONS(Weight.HEAVY, 3),
    /** The gradients of the images of both, which first layers do not need. */
    CONVOLUTION_INPUTS(Weight.HEAVY, 4),
    /** Convolutions by Winograd's algorithm with eight points. */
    WINOGRAD_EIGHT(Weight.HEAVY, 5),
    /** Convolutions by Winograd's algorithm with six points. */
    WINOGRAD_SIX(Weight.HEAVY, 6),
    MAX_POOLS(Weight.HEAVY, 7),
    AVERAGE_POOLS(Weight.HEAVY, 8),
    /** Batch normalization. */
    CHANNELS(Weight.HEAVY, 9),
    /** Products too small for tiles, of which a call computes many, as attention does. */
    BATCHED_SMALL_PRODUCTS(Weight.MEDIUM, 10),
    /** ReLU and its gradient, unless a product takes them over. */
    RELU(Weight.MEDIUM, 11),
    /** Recurrent steps of each kind, forward and backward. */
    LSTM_CELLS(Weight.MEDIUM, 12),
    GRU_CELLS(Weight.MEDIUM, 13),
    RNN_CELLS(Weight.MEDIUM, 14),
    /** Softmax and its gradient. */
    SOFTMAX(Weight.MEDIUM, 15),
    /** The logarithm of softmax and its gradient. */
    LOG_SOFTMAX(Weight.MEDIUM, 16),
    /** Normalizations of rows. */
    NORMALIZATIONS(Weight.MEDIUM, 17),
    /** Each activation that many programs use, with its gradient. */
    SIGMOID(Weight.MEDIUM, 18),
    TANH(Weight.MEDIUM, 19),
    GELU(Weight.MEDIUM, 20),
    SILU(Weight.MEDIUM, 21),
    /** All other activations and their gradients. */
    ACTIVATIONS(Weight.MEDIUM, 22),
    DROPOUT(Weight.MEDIUM, 23),
    /** Pointwise arithmetic, copies and gathering floats. */
    POINTWISE(Weight.MEDIUM, 24),
    /** Adam and AdamW. */
    ADAM(Weight.MEDIUM, 25),
    /** All updates but Adam's and gradient descent. */
    UPDATES(Weight.MEDIUM, 26),
    SQUARED_LOSS(Weight.MEDIUM, 27),
    /** Binary cross-entropy of logits. */
    LOGISTIC_LOSS(Weight.MEDIUM, 28),
    /** All other pointwise losses, and weights of losses. */
    LOSSES(Weight.MEDIUM, 29),
    /** Single products of eight rows or more that are too small for tiles. */
    SMALL_PRODUCTS(Weight.LIGHT, 30),
    /** Products of fewer rows, whatever their size, as for single samples. */
    SKINNY_PRODUCTS(Weight.LIGHT, 31),
    /** Sums and dot products, of rows, columns or all, and a row added to each. */
    SUMS(Weight.LIGHT, 32),
    /** Softmax with cross-entropy. */
    CROSS_ENTROPY(Weight.LIGHT, 33),
    /** Gathering bytes. */
    BYTES(Weight.LIGHT, 34),
    /** Gradient descent. */
    DESCENT(Weight.LIGHT, 35);

    /** How much of their time programs lose in a family, as long as it is on plain loops. */
    private enum Weight {
        HEAVY,
        MEDIUM,
        LIGHT
    }

    private final Weight weight;
    private final int urgency;

    Family(Weight weight, int urgency) {
        this.weight = weight;
        this.urgency = urgency;
    }

    private static final int FEW_ROWS = 8;

    private static final int FEW_COLUMNS = 16;

    /** Products of at most so many multiply-adds go in small tiles, without packing. */
    public static final long LITTLE = 8 * 1024;

    /** Returns the family of an m x n product of k sums, for the widest vectors. */
    public static Family ofProduct(int m, int k, int n) {
        if (m < FEW_ROWS) {
            return SKINNY_PRODUCTS;
        }
        return n <= FEW_COLUMNS || (long) m * n * k <= LITTLE ? SMALL_PRODUCTS : PRODUCTS;
    }

    /** Returns the family of many m x n products of k sums in one call, for the widest vectors. */
    public static Family ofProducts(int m, int k, int n) {
        Family single = ofProduct(m, k, n);
        return single == SMALL_PRODUCTS ? BATCHED_SMALL_PRODUCTS : single;
    }

    /** Returns the family of a convolution and of the gradient of its weights. */
    public static Family of(Convolution shape) {
        WinogradPoints points = Winograd.points(shape);
        if (points == null) {
            return isStrided(shape.window()) ? STRIDED_CONVOLUTIONS : CONVOLUTIONS;
        }
        return points == WinogradPoints.SIX ? WINOGRAD_SIX : WINOGRAD_EIGHT;
    }

    private static boolean isStrided(Window window) {
        return window.rows().stride() != 1 || window.cols().stride() != 1;
    }

    /** Returns the family of the gradient of a convolution's images. */
    public static Family ofInputGradient(Convolution shape) {
        return Winograd.points(shape) == null ? CONVOLUTION_INPUTS : of(shape);
    }

    /** Returns the family of an activation and its gradient. */
    public static Family of(Activation f) {
        return of(f.kind());
    }

    /** Returns the family of all activations of a kind and their gradients. */
    public static Family of(Activation.Kind kind) {
        return switch (kind) {
            case IDENTITY -> POINTWISE;
            case RELU -> RELU;
            case SIGMOID -> SIGMOID;
            case TANH -> TANH;
            case GELU -> GELU;
            case SILU -> SILU;
            default -> ACTIVATIONS;
        };
    }

    /** Returns the family of all pointwise losses of a kind. */
    public static Family of(PointwiseLoss.Kind kind) {
        return switch (kind) {
            case SQUARED -> SQUARED_LOSS;
            case BCE_WITH_LOGITS -> LOGISTIC_LOSS;
            default -> LOSSES;
        };
    }

    /** Returns the family of a recurrent step or its gradient. */
    public static Family of(Cell step) {
        return switch (step) {
            case Cell.Lstm lstm -> LSTM_CELLS;
            case Cell.LstmGradient gradient -> LSTM_CELLS;
            case Cell.Gru gru -> GRU_CELLS;
            case Cell.GruGradient gradient -> GRU_CELLS;
            case Cell.Rnn rnn -> RNN_CELLS;
            case Cell.RnnGradient gradient -> RNN_CELLS;
        };
    }

    /** Returns the family of an update. */
    public static Family of(Update rule) {
        return switch (rule) {
            case Update.Sgd sgd -> DESCENT;
            case Update.Adam adam -> ADAM;
            default -> UPDATES;
        };
    }

    /**
     * Returns whether programs that use this family spend most of their time in it, and many times
     * as much on plain loops.
     */
    public boolean isHeavy() {
        return weight == Weight.HEAVY;
    }

    /**
     * Returns whether programs lose little by plain loops, which are nearly as fast or have little
     * to do.
     */
    public boolean isLight() {
        return weight == Weight.LIGHT;
    }

    /** Returns whether this one goes over before another, if both are due. */
    public boolean isMoreUrgentThan(Family other) {
        return urgency < other.urgency;
    }

    /** Orders families such that the most urgent one comes first. */
    public static int byUrgency(Family one, Family other) {
        return Integer.compare(one.urgency, other.urgency);
    }

    /** Returns the families whose kernels calls of this one use besides their own. */
    public Set<Family> helpers() {
        return switch (this) {
            case SMALL_PRODUCTS,
                    BATCHED_SMALL_PRODUCTS,
                    SKINNY_PRODUCTS,
                    CONVOLUTIONS,
                    STRIDED_CONVOLUTIONS,
                    CONVOLUTION_INPUTS ->
                    Set.of(PRODUCTS);
            default -> Set.of();
        };
    }
}
