package io.github.lanewise.nn.layer;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.BFloat16;
import io.github.lanewise.nn.internal.Named;
import io.github.lanewise.nn.internal.Passes;

import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Applies a function of arithmetic to each number: y = f(x), dx = f'(x) dy. Computed in double by
 * {@link StrictMath} and rounded once; a plain loop on the caller's thread. Activations have layers
 * of their own, which are faster. Within {@link StrictMath}, COS, SIN and POW make a small object
 * for each number; the other functions make none.
 */
public final class Pointwise implements Layer {

    /** The functions. */
    public enum Function {
        /** The amount; its gradient at 0 is 0. */
        ABS,
        /**
         * The nearest number of bfloat16, ties to even; its gradient is that of the number itself.
         */
        BFLOAT16,
        /** cos x. */
        COS,
        /** The error function, 2 / sqrt(pi) times the integral of exp(-t<sup>2</sup>) from 0. */
        ERF,
        /** e<sup>x</sup>. */
        EXP,
        /**
         * The nearest number of 16 bits as of IEEE 754, ties to even, infinite from 65520; its
         * gradient is that of the number itself.
         */
        FLOAT16,
        /** 1 where x &gt; 0, else 0; its gradient is 0. */
        HEAVISIDE,
        /** The natural logarithm. */
        LOG,
        /** x to the power of a number. */
        POW,
        /** sin x. */
        SIN,
        /** The square root. */
        SQRT,
        /** The whole number towards 0, and never -0; its gradient is 0. */
        TRUNC
    }

    private final Function function;
    private final float exponent;

    /**
     * Makes a layer of a function without a number.
     *
     * @throws IllegalArgumentException for {@link Function#POW}
     */
    public Pointwise(Function function) {
        this(function, 1);
        if (function == Function.POW) {
            throw new IllegalArgumentException("Pointwise: pow without an exponent; give one");
        }
    }

    private Pointwise(Function function, float exponent) {
        this.function = Objects.requireNonNull(function, "function");
        this.exponent = exponent;
    }

    /** Makes a layer of x to the power of a number. */
    public static Pointwise pow(float exponent) {
        return new Pointwise(Function.POW, exponent);
    }

    @Override
    public Shape outputShape(Shape input) {
        return Objects.requireNonNull(input, "input");
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Matrix outputs = workspace.buffer(input);
        Matrix inputGradient = workspace.inputGradientBuffer(input);
        return new Pass() {
            private Matrix saved;

            @Override
            public Matrix forward(Matrix x) {
                for (int i = 0; i < x.rows(); i++) {
                    int from = x.offset() + i * x.ld();
                    int to = outputs.offset() + i * outputs.ld();
                    for (int j = 0; j < x.cols(); j++) {
                        outputs.data()[to + j] = (float) value(x.data()[from + j]);
                    }
                }
                saved = x;
                return outputs;
            }

            @Override
            public Matrix backward(Matrix dy) {
                Passes.requireForward(Pointwise.this, workspace.training(), saved);
                if (inputGradient == null) {
                    return null;
                }
                for (int i = 0; i < dy.rows(); i++) {
                    int x = saved.offset() + i * saved.ld();
                    int from = dy.offset() + i * dy.ld();
                    int to = inputGradient.offset() + i * inputGradient.ld();
                    for (int j = 0; j < dy.cols(); j++) {
                        inputGradient.data()[to + j] =
                                (float) (dy.data()[from + j] * slope(saved.data()[x + j]));
                    }
                }
                return inputGradient;
            }
        };
    }

    private double value(double x) {
        return switch (function) {
            case ABS -> Math.abs(x);
            case BFLOAT16 -> BFloat16.toFloat(BFloat16.of((float) x));
            case COS -> StrictMath.cos(x);
            case ERF -> ErrorFunction.erf(x);
            case EXP -> StrictMath.exp(x);
            case FLOAT16 -> Float.float16ToFloat(Float.floatToFloat16((float) x));
            case HEAVISIDE -> x > 0 ? 1 : 0;
            case LOG -> StrictMath.log(x);
            case POW -> power(x, exponent);
            case SIN -> StrictMath.sin(x);
            case SQRT -> Math.sqrt(x);
            // + 0.0 makes 0 of -0, which is no whole number's
            case TRUNC -> (x < 0 ? Math.ceil(x) : Math.floor(x)) + 0.0;
        };
    }

    /** Squares are frequent, and exact in double. */
    private static double power(double x, double exponent) {
        return exponent == 2 ? x * x : StrictMath.pow(x, exponent);
    }

    private double slope(double x) {
        return switch (function) {
            case ABS -> Math.signum(x);
            case BFLOAT16, FLOAT16 -> 1;
            case COS -> -StrictMath.sin(x);
            case ERF -> ErrorFunction.slope(x);
            case EXP -> StrictMath.exp(x);
            case HEAVISIDE, TRUNC -> 0;
            case LOG -> 1 / x;
            case POW -> exponent == 0 ? 0 : exponent * power(x, exponent - 1.0);
            case SIN -> StrictMath.cos(x);
            case SQRT -> 0.5 / Math.sqrt(x);
        };
    }

    @Override
    public SequencedMap<String, Object> options() {
        Float ofPower = function == Function.POW ? exponent : null;
        return Named.of("function", name(), "exponent", ofPower);
    }

    private String name() {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return function == Function.POW
                ? "Pointwise(pow %s)".formatted(exponent)
                : "Pointwise(%s)".formatted(name());
    }
}
