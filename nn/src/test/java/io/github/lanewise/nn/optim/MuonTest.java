package io.github.lanewise.nn.optim;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Ellipses;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class MuonTest {

    private static Matrix orthogonalized(Matrix x, int rounds) {
        NewtonSchulz iteration = new NewtonSchulz(x.rows(), x.cols());
        System.arraycopy(x.data(), 0, iteration.matrix().data(), 0, x.size());
        return iteration.run(Engine.kernels(), rounds);
    }

    /** Makes a matrix with these singular values. */
    private static Matrix withSingularValues(int rows, int cols, double... singular) {
        Matrix u = Matrix.zeros(rows, singular.length);
        Matrix v = Matrix.zeros(cols, singular.length);
        Initializer.orthogonal().fill(u, new RandomStream(1));
        Initializer.orthogonal().fill(v, new RandomStream(2));
        Matrix x = Matrix.zeros(rows, cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                double sum = 0;
                for (int k = 0; k < singular.length; k++) {
                    sum += singular[k] * u.at(i, k) * v.at(j, k);
                }
                x.data()[i * cols + j] = (float) sum;
            }
        }
        return x;
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "3, 8", "8, 3", "40, 17"})
    void iterationActsOnSingularValuesAlone(int rows, int cols) {
        double[] singular = {3, 1, 0.25};
        double[] expected = new double[3];
        double norm = Math.sqrt(9 + 1 + 0.0625);
        for (int k = 0; k < 3; k++) {
            double s = singular[k] / norm;
            for (int round = 0; round < 5; round++) {
                s = 3.4445 * s - 4.7750 * s * s * s + 2.0315 * s * s * s * s * s;
            }
            assertTrue(s > 0.68 && s < 1.21, "singular value " + s);
            expected[k] = s;
        }
        Matrix result = orthogonalized(withSingularValues(rows, cols, singular), 5);
        assertArrayEquals(values(withSingularValues(rows, cols, expected)), values(result), 3e-5f);
    }

    @Test
    void transposedMatrixHasTheTransposedResult() {
        Matrix x = gaussian(9, 5, 3);
        assertArrayEquals(
                values(transposed(orthogonalized(x, 5))),
                values(orthogonalized(transposed(x), 5)),
                1e-5f);
    }

    @Test
    void gradientOfZeroStaysZero() {
        assertArrayEquals(new float[6], values(orthogonalized(Matrix.zeros(2, 3), 5)));
    }

    private static Param parameter(int rows, int cols) {
        Param parameter = new Param(rows, cols, Initializer.constant(1));
        parameter.accumulator().nextBeta();
        Matrix gradient = gaussian(rows, cols, 4);
        System.arraycopy(gradient.data(), 0, parameter.gradient().data(), 0, gradient.size());
        return parameter;
    }

    @Test
    void firstStepFollowsTheOrthogonalGradient() {
        Param weight = parameter(4, 16);
        new Muon(0.5f).weightDecay(0.25f).step(List.of(weight));
        // sqrt(out / in) = 2; with momentum the first direction is a multiple of the gradient
        float[] step = values(orthogonalized(gaussian(4, 16, 4), 5));
        for (int i = 0; i < step.length; i++) {
            step[i] = 0.875f - 0.5f * 2 * step[i];
        }
        assertArrayEquals(step, values(weight.value()), 1e-4f);
    }

    @Test
    void roundsAreThoseThatWereSet() {
        Param weight = parameter(16, 4);
        new Muon(1).weightDecay(0).nsSteps(2).step(List.of(weight));
        float[] step = values(orthogonalized(gaussian(16, 4, 4), 2));
        for (int i = 0; i < step.length; i++) {
            step[i] = 1 - step[i];
        }
        assertArrayEquals(step, values(weight.value()), 1e-4f);
        assertThrows(IllegalArgumentException.class, () -> new Muon().nsSteps(0));
    }

    @Test
    void withoutNesterovStepsFollowTheMomentum() {
        Param weight = parameter(4, 16);
        Muon muon = new Muon(0.5f).weightDecay(0).withoutNesterov();
        muon.step(List.of(weight));
        float[] before = values(weight.value());
        Matrix second = gaussian(4, 16, 5);
        System.arraycopy(second.data(), 0, weight.gradient().data(), 0, second.size());
        muon.step(List.of(weight));

        // a multiple of the momentum, which has the same direction
        Matrix momentum = gaussian(4, 16, 4);
        for (int i = 0; i < momentum.size(); i++) {
            momentum.data()[i] = 0.95f * momentum.data()[i] + second.data()[i];
        }
        float[] step = values(orthogonalized(momentum, 5));
        for (int i = 0; i < step.length; i++) {
            step[i] = before[i] - 0.5f * 2 * step[i];
        }
        assertArrayEquals(step, values(weight.value()), 1e-4f);
    }

    @Test
    void stepMayHaveTheSizeOfAdamW() {
        Param weight = parameter(25, 4);
        new Muon(1).weightDecay(0).matchAdamW().step(List.of(weight));
        double squares = 0;
        for (float value : values(weight.value())) {
            squares += (value - 1) * (value - 1);
        }
        // singular values near 1, four of them, times 0.2 sqrt(25), over 100 elements
        assertEquals(0.2, Math.sqrt(squares / 100), 0.05);
    }

    @Test
    void biasesAndNamedWeightsAreLeftToAdamW() {
        Param bias = parameter(1, 5);
        Param head = parameter(3, 5);
        new Muon(0.1f).adamW(List.of(head)).step(List.of(bias, head));
        Param biasOfAdamW = parameter(1, 5);
        Param headOfAdamW = parameter(3, 5);
        new AdamW(0.1f).weightDecay(0.1f).step(List.of(biasOfAdamW, headOfAdamW));
        assertArrayEquals(values(biasOfAdamW.value()), values(bias.value()));
        assertArrayEquals(values(headOfAdamW.value()), values(head.value()));
    }

    @Test
    void learnsTheEllipses() {
        Sequential model = Ellipses.network();
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new Muon(0.02f));
        trainer.fit(new Ellipses(200, 1).dataset(), 60, 20);
        double accuracy = trainer.evaluate(new Ellipses(500, 2).dataset()).accuracy();
        assertTrue(accuracy > 0.99, "accuracy " + accuracy);
    }
}
