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
 * they are, the sooner a program has what it uses. They do so in this order, by the time that
 * programs lose in them until then.
 */
public enum Family {
    /** Products large enough for tiles. */
    PRODUCTS,
    /** Convolutions but Winograd's and strided ones, and any convolution's gradient of its bias. */
    CONVOLUTIONS,
    /** Strided convolutions. */
    STRIDED_CONVOLUTIONS,
    /** The gradients of the images of both, which first layers do not need. */
    CONVOLUTION_INPUTS,
    /** Convolutions by Winograd's algorithm with eight points. */
    WINOGRAD_EIGHT,
    /** Convolutions by Winograd's algorithm with six points. */
    WINOGRAD_SIX,
    MAX_POOLS,
    AVERAGE_POOLS,
    /** Batch normalization. */
    CHANNELS,
    /** ReLU and its gradient, unless a product takes them over. */
    RELU,
    /** Recurrent steps of each kind, forward and backward. */
    LSTM_CELLS,
    GRU_CELLS,
    RNN_CELLS,
    /** Softmax and its gradient. */
    SOFTMAX,
    /** The logarithm of softmax and its gradient. */
    LOG_SOFTMAX,
    /** Normalizations of rows. */
    NORMALIZATIONS,
    /** Each activation that many programs use, with its gradient. */
    SIGMOID,
    TANH,
    GELU,
    SILU,
    /** All other activations and their gradients. */
    ACTIVATIONS,
    DROPOUT,
    /** Pointwise arithmetic, copies and gathering floats. */
    POINTWISE,
    /** Adam and AdamW. */
    ADAM,
    /** All updates but Adam's and gradient descent. */
    UPDATES,
    SQUARED_LOSS,
    /** Binary cross-entropy of logits. */
    LOGISTIC_LOSS,
    /** All other pointwise losses, and weights of losses. */
    LOSSES,
    /** Products too small for tiles, of which a call computes many, as attention does. */
    BATCHED_SMALL_PRODUCTS,
    /** Single products of eight rows or more that are too small for tiles. */
    SMALL_PRODUCTS,
    /** Products of fewer rows, whatever their size, as for single samples. */
    SKINNY_PRODUCTS,
    /** Sums and dot products, of rows, columns or all, and a row added to each. */
    SUMS,
    /** Softmax with cross-entropy. */
    CROSS_ENTROPY,
    /** Gathering bytes. */
    BYTES,
    /** Gradient descent. */
    DESCENT;

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
        return compareTo(CHANNELS) <= 0;
    }

    /**
     * Returns whether programs lose little by plain loops, which are nearly as fast or have little
     * to do.
     */
    public boolean isLight() {
        return compareTo(SMALL_PRODUCTS) >= 0;
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
