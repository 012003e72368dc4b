package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.Windows;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Convolutions of one image see the weights of the call, whatever those before have seen. */
class ChangedWeightsTest {

    private static final Windows REFERENCE = ChosenKernels.reference().windows();

    private static final Windows CHOSEN = ChosenKernels.onThreads(1).windows();

    /** Weights are kept from the second time on. */
    private static final int TIMES = 3;

    private static final Convolution GROUPS = shape(32, 48, 2, Axis.of(8, 3, 1, 1, 1));

    private static Convolution shape(int in, int out, int groups, Axis axis) {
        return new Convolution(in, out, groups, new Window(axis, axis));
    }

    private static Matrix weight(Convolution shape, long seed) {
        return Rig.matrix(shape.outChannels(), shape.depth(), 3, Values.PLAIN, seed);
    }

    private static void assertSame(String what, Convolution shape, Matrix weight) {
        Window window = shape.window();
        Matrix x = Rig.matrix(1, shape.inChannels() * window.inputs(), 0, Values.PLAIN, 7);
        Matrix expected = Matrix.zeros(1, shape.outChannels() * window.outputs());
        Matrix actual = Matrix.zeros(1, expected.cols());
        REFERENCE.convolve(shape, x, weight, expected, Epilogue.NONE);
        for (int time = 0; time < TIMES; time++) {
            CHOSEN.convolve(shape, x, weight, actual, Epilogue.NONE);
            Rig.assertSameBits(what, expected, actual);
        }
    }

    @Test
    void weightsThatChangeInPlaceAreSeen() {
        Matrix weight = weight(GROUPS, 1);
        assertSame("at first", GROUPS, weight);
        int last = weight.offset() + (weight.rows() - 1) * weight.ld() + weight.cols() - 1;
        weight.data()[last] += 1;
        assertSame("the last of the last group changed", GROUPS, weight);
        weight.data()[weight.offset()] = 0f;
        assertSame("a zero", GROUPS, weight);
        weight.data()[weight.offset()] = Float.POSITIVE_INFINITY;
        assertSame("infinity", GROUPS, weight);
    }

    @Test
    void layersThatTakeTurnsKeepTheirOwn() {
        Convolution five = shape(16, 32, 1, Axis.of(12, 5, 1, 0, 1));
        List<Matrix> weights = new ArrayList<>();
        for (int layer = 0; layer < 7; layer++) {
            weights.add(weight(layer % 2 == 0 ? GROUPS : five, layer));
        }
        for (int round = 0; round < 3; round++) {
            for (int layer = 0; layer < weights.size(); layer++) {
                Convolution shape = layer % 2 == 0 ? GROUPS : five;
                assertSame("round " + round + ", layer " + layer, shape, weights.get(layer));
            }
        }
    }

    @Test
    void sameNumbersInAnotherShapeAreOtherWeights() {
        Convolution wide = shape(16, 48, 1, Axis.of(8, 3, 1, 1, 1));
        Convolution padded = shape(16, 48, 1, Axis.of(10, 3, 1, 0, 1));
        Matrix weight = weight(wide, 3);
        assertSame("8 with padding", wide, weight);
        assertSame("10 without", padded, weight);
    }
}
