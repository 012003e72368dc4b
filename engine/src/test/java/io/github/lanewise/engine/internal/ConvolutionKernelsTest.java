package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions of the chosen set against the scalar one, bit for bit, and against double. */
@Tag("contract")
class ConvolutionKernelsTest {

    private static final int[] THREADS = {1, 2, 3, 7};

    private static final int WINOGRAD_STEPS = 60;

    private static final Windows REFERENCE = ChosenKernels.reference().windows();

    static List<Convolution> shapes() {
        return WindowShapes.ALL;
    }

    static List<Convolution> small() {
        return WindowShapes.FEW;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void convolutionMatchesReferenceBitForBit(Convolution shape) {
        for (Values values : Values.values()) {
            ConvolutionOperands o = ConvolutionOperands.of(shape, values, 5);
            Matrix y = Rig.matrix(ConvolutionOperands.IMAGES, o.dy().cols(), 2, values, 9);
            for (Epilogue epilogue : o.epilogues(shape.outChannels(), o.dy())) {
                Matrix expected = Rig.copy(y);
                REFERENCE.convolve(shape, o.x(), o.weight(), expected, epilogue);
                for (int threads : THREADS) {
                    Matrix actual = Rig.copy(y);
                    on(threads).convolve(shape, o.x(), o.weight(), actual, epilogue);
                    Rig.assertSameBits(values + " on " + threads, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void weightGradientMatchesReferenceBitForBit(Convolution shape) {
        for (Values values : Values.values()) {
            ConvolutionOperands o = ConvolutionOperands.of(shape, values, 6);
            for (float beta : new float[] {0, 1}) {
                Matrix expected = Rig.copy(o.weight());
                REFERENCE.convolveWeightGradient(shape, o.x(), o.dy(), beta, expected);
                for (int threads : THREADS) {
                    Matrix actual = Rig.copy(o.weight());
                    on(threads).convolveWeightGradient(shape, o.x(), o.dy(), beta, actual);
                    Rig.assertSameBits(values + " on " + threads, expected, actual);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void inputGradientMatchesReferenceBitForBit(Convolution shape) {
        for (Values values : Values.values()) {
            ConvolutionOperands o = ConvolutionOperands.of(shape, values, 7);
            Matrix dx = Rig.matrix(ConvolutionOperands.IMAGES, o.x().cols(), 2, values, 9);
            for (Epilogue epilogue : o.epilogues(shape.inChannels(), o.x())) {
                Matrix expected = Rig.copy(dx);
                REFERENCE.convolveInputGradient(shape, o.dy(), o.weight(), expected, epilogue);
                for (int threads : THREADS) {
                    Matrix actual = Rig.copy(dx);
                    on(threads).convolveInputGradient(shape, o.dy(), o.weight(), actual, epilogue);
                    Rig.assertSameBits(values + " on " + threads, expected, actual);
                }
            }
        }
    }

    /**
     * Products that underflow leave -0 in a chain, and the sum over taps, which starts from 0, 0.
     */
    @ParameterizedTest
    @MethodSource("small")
    void gradientOfTheImageHasNoMinusZero(Convolution shape) {
        ConvolutionOperands o = ConvolutionOperands.of(shape, Values.TINY, 4);
        Arrays.fill(o.weight().data(), 1e-30f);
        Arrays.fill(o.dy().data(), -1e-30f);
        Matrix expected = Rig.copy(o.x());
        Matrix actual = Rig.copy(o.x());
        REFERENCE.convolveInputGradient(shape, o.dy(), o.weight(), expected, Epilogue.NONE);
        on(1).convolveInputGradient(shape, o.dy(), o.weight(), actual, Epilogue.NONE);
        Rig.assertSameBits("dx", expected, actual);
    }

    @Test
    void everyDirectionStaysTheSameWhenCompiled() {
        List<Convolution> shapes = new ArrayList<>(WindowShapes.STRIDED);
        shapes.addAll(WindowShapes.ALL.subList(3, 7));
        shapes.addAll(WindowShapes.WINOGRAD);
        for (Convolution shape : shapes) {
            ConvolutionOperands o = ConvolutionOperands.of(shape, Values.TINY, 4);
            Epilogue epilogue = Epilogue.activate(o.bias(shape.outChannels()), Activation.RELU);
            Matrix y = Rig.copy(o.dy());
            Matrix dWeight = Rig.copy(o.weight());
            Matrix dx = Rig.copy(o.x());
            REFERENCE.convolve(shape, o.x(), o.weight(), y, epilogue);
            REFERENCE.convolveWeightGradient(shape, o.x(), o.dy(), 0, dWeight);
            REFERENCE.convolveInputGradient(shape, o.dy(), o.weight(), dx, Epilogue.NONE);
            Matrix actualY = Rig.copy(o.dy());
            Matrix actualWeight = Rig.copy(o.weight());
            Matrix actualDx = Rig.copy(o.x());
            for (int call = 0; call < 400; call++) {
                on(1).convolve(shape, o.x(), o.weight(), actualY, epilogue);
                on(1).convolveWeightGradient(shape, o.x(), o.dy(), 0, actualWeight);
                on(1).convolveInputGradient(shape, o.dy(), o.weight(), actualDx, Epilogue.NONE);
            }
            Rig.assertSameBits("y after 400 calls", y, actualY);
            Rig.assertSameBits("dWeight after 400 calls", dWeight, actualWeight);
            Rig.assertSameBits("dx after 400 calls", dx, actualDx);
        }
    }

    @Test
    void shapesTakeEachWay() {
        assertTrue(WindowShapes.STRIDED.stream().allMatch(ConvolutionKernels::isStrided));
        assertTrue(WindowShapes.WINOGRAD.stream().allMatch(Winograd::suits));
    }

    private static Windows on(int threads) {
        return ChosenKernels.onThreads(threads).windows();
    }

    /**
     * Each result against the sum of the same products in double: off by at most one rounding of
     * the sum of magnitudes for each step.
     *
     * <p>A tile of Winograd's algorithm mixes all its elements, and its factors and their inverses
     * are far from 1: some tens of roundings of the largest sum of magnitudes.
     */
    @ParameterizedTest
    @MethodSource("shapes")
    void allDirectionsAreWithinTheRoundingBoundOfDoubleArithmetic(Convolution shape) {
        ConvolutionOperands o = ConvolutionOperands.of(shape, Values.PLAIN, 8);
        Matrix y = Rig.copy(o.dy());
        Matrix dWeight = Rig.copy(o.weight());
        Matrix dx = Rig.copy(o.x());
        on(2).convolve(shape, o.x(), o.weight(), y, Epilogue.bias(o.bias(shape.outChannels())));
        on(2).convolveWeightGradient(shape, o.x(), o.dy(), 0, dWeight);
        on(2).convolveInputGradient(shape, o.dy(), o.weight(), dx, Epilogue.NONE);
        Oracle oracle = new Oracle(o);
        if (Winograd.suits(shape)) {
            oracle.levelMagnitudes();
        }
        int mixing = Winograd.suits(shape) ? WINOGRAD_STEPS : 0;
        assertWithin("y", y, oracle.y, oracle.yMagnitude, shape.depth() + 1 + mixing);
        int positions = ConvolutionOperands.IMAGES * shape.window().outputs();
        assertWithin(
                "dWeight", dWeight, oracle.dWeight, oracle.dWeightMagnitude, positions + mixing);
        int steps = shape.groupOut() + shape.window().taps() + mixing;
        assertWithin("dx", dx, oracle.dx, oracle.dxMagnitude, steps);
    }

    private static void assertWithin(
            String name, Matrix actual, double[] exact, double[] magnitude, int steps) {
        for (int at = 0; at < exact.length; at++) {
            float got = actual.at(at / actual.cols(), at % actual.cols());
            double bound = steps * 0x1p-24 * 1.01 * magnitude[at];
            int index = at;
            assertTrue(
                    Math.abs(got - exact[at]) <= bound,
                    () ->
                            "%s[%d]: got %s, exact %s, off by more than %s"
                                    .formatted(name, index, got, exact[index], bound));
        }
    }

    /** All products of a convolution, each added to the three results that it is a part of. */
    private static final class Oracle {

        private final ConvolutionOperands o;
        private final double[] y;
        private final double[] yMagnitude;
        private final double[] dWeight;
        private final double[] dWeightMagnitude;
        private final double[] dx;
        private final double[] dxMagnitude;

        Oracle(ConvolutionOperands o) {
            this.o = o;
            y = new double[o.dy().size()];
            yMagnitude = new double[o.dy().size()];
            dWeight = new double[o.weight().size()];
            dWeightMagnitude = new double[o.weight().size()];
            dx = new double[o.x().size()];
            dxMagnitude = new double[o.x().size()];
            int outputs = o.shape().window().outputs();
            for (int image = 0; image < ConvolutionOperands.IMAGES; image++) {
                for (int j = 0; j < o.dy().cols(); j++) {
                    add(y, yMagnitude, image * o.dy().cols() + j, o.bias().at(0, j / outputs));
                    for (int p = 0; p < o.shape().depth(); p++) {
                        multiply(image, j / outputs, j % outputs, p);
                    }
                }
            }
        }

        /** Sets all magnitudes of a result to its largest. */
        void levelMagnitudes() {
            for (double[] magnitudes : List.of(yMagnitude, dWeightMagnitude, dxMagnitude)) {
                Arrays.fill(magnitudes, Arrays.stream(magnitudes).max().orElse(0));
            }
        }

        private void multiply(int image, int channel, int q, int p) {
            Axis rows = o.shape().window().rows();
            Axis cols = o.shape().window().cols();
            int iy = rows.position(q / cols.out(), p / cols.kernel() % rows.kernel());
            int ix = cols.position(q % cols.out(), p % cols.kernel());
            if (iy < 0 || iy >= rows.size() || ix < 0 || ix >= cols.size()) {
                return;
            }
            int c =
                    channel / o.shape().groupOut() * o.shape().groupIn()
                            + p / o.shape().window().taps();
            int from = c * o.shape().window().inputs() + iy * cols.size() + ix;
            int to = channel * o.shape().window().outputs() + q;
            double x = o.x().at(image, from);
            double w = o.weight().at(channel, p);
            double d = o.dy().at(image, to);
            add(y, yMagnitude, image * o.dy().cols() + to, x * w);
            add(dWeight, dWeightMagnitude, channel * o.weight().cols() + p, x * d);
            add(dx, dxMagnitude, image * o.x().cols() + from, w * d);
        }

        private static void add(double[] sums, double[] magnitudes, int at, double term) {
            sums[at] += term;
            magnitudes[at] += Math.abs(term);
        }
    }
}
