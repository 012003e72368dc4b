package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Window;
import io.github.lanewise.engine.internal.Rig.Values;
import io.github.lanewise.engine.internal.dispatch.KernelDispatch;
import io.github.lanewise.engine.internal.plain.PlainKernels;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** While activations are on other kernels than products, they come after them, with equal bits. */
@Tag("contract")
class LateActivationTest {

    private static final Activation TANH = new Activation(Activation.Kind.TANH, 0);

    private static final KernelSet OTHERS = PlainKernels.create();

    /** Products and convolutions of the chosen set, the activation of another. */
    private static final Kernels MIXED =
            new KernelDispatch(family -> family == Family.TANH ? OTHERS : ChosenKernels.set(), 1);

    private static List<Epilogue> epilogues(Matrix bias, Matrix saved) {
        return List.of(
                Epilogue.NONE,
                Epilogue.activate(bias, TANH),
                Epilogue.activate(null, TANH),
                Epilogue.activate(bias, Activation.RELU),
                Epilogue.gradient(TANH, saved));
    }

    @ParameterizedTest
    @EnumSource(Transpose.class)
    void afterAProduct(Transpose transpose) {
        Matrix a = matrix(19, 19);
        Matrix b = matrix(19, 19);
        for (Epilogue epilogue : epilogues(matrix(1, 19), matrix(19, 19))) {
            Matrix expected = matrix(19, 19);
            Matrix c = matrix(19, 19);
            ChosenKernels.reference().gemm(transpose, a, b, 1, expected, epilogue);
            MIXED.gemm(transpose, a, b, 1, c, epilogue);
            Rig.assertSameBits(epilogue.toString(), expected, c);
        }
    }

    @Test
    void afterAConvolution() {
        Axis axis = Axis.of(7, 3, 1, 1, 1);
        Convolution shape = new Convolution(5, 5, 1, new Window(axis, axis));
        Matrix weight = matrix(5, 45);
        Matrix images = matrix(2, 245);
        for (Epilogue epilogue : epilogues(matrix(1, 5), matrix(2, 245))) {
            Matrix expected = matrix(2, 245);
            Matrix y = matrix(2, 245);
            ChosenKernels.reference().windows().convolve(shape, images, weight, expected, epilogue);
            MIXED.windows().convolve(shape, images, weight, y, epilogue);
            Rig.assertSameBits("forward, " + epilogue, expected, y);
            ChosenKernels.reference()
                    .windows()
                    .convolveInputGradient(shape, images, weight, expected, epilogue);
            MIXED.windows().convolveInputGradient(shape, images, weight, y, epilogue);
            Rig.assertSameBits("backward, " + epilogue, expected, y);
        }
    }

    private static Matrix matrix(int rows, int cols) {
        return Rig.matrix(rows, cols, 2, Values.PLAIN, rows + cols);
    }
}
