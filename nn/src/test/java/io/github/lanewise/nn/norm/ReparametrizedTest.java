package io.github.lanewise.nn.norm;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** Weights that are computed from other parameters, beside PyTorch's. */
class ReparametrizedTest {

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("more_norms");
    }

    private static Layer inner(String name) {
        return name.endsWith("linear")
                ? new Linear(5, 4).withoutBias()
                : name.contains("transpose")
                        ? new ConvTranspose2d(3, 4, 2, 3).withoutBias()
                        : new Conv2d(3, 4, 2, 3).withoutBias();
    }

    private static Matrix weight(GoldenCase golden) {
        Matrix weight = golden.input("weight");
        return golden.name().endsWith("linear") ? transposed(weight) : weight;
    }

    private static float[] inTorchsOrder(GoldenCase golden, Matrix value) {
        return values(golden.name().endsWith("linear") ? transposed(value) : value);
    }

    /** The weight is set before the layer is wrapped, as PyTorch's is. */
    private static Reparametrized wrapped(GoldenCase golden) {
        Layer inner = inner(golden.name());
        Param weight = inner.parameters().get("weight");
        assign(weight, Matrix.of(weight(golden).data(), weight.rows(), weight.cols()));
        if (golden.name().startsWith("weight")) {
            return new WeightNorm(inner);
        }
        SpectralNorm norm = new SpectralNorm(inner).nPowerIterations(2).eps(1e-8f);
        norm.states()
                .forEach(
                        (name, state) -> {
                            Matrix given = golden.input(name.substring(name.length() - 2));
                            System.arraycopy(
                                    given.data(), 0, state.value().data(), 0, given.size());
                        });
        return norm;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tenStepsMatchPyTorch(GoldenCase golden) {
        Reparametrized layer = wrapped(golden);
        Matrix x = golden.batch("x");
        Pass pass = layer.bind(golden.sample("x"), Workspace.training(x.rows()));
        SGD rule = new SGD(0.05f);
        for (int step = 0; step < 10; step++) {
            Matrix y = pass.forward(x);
            Matrix dy = Matrix.zeros(y.rows(), y.cols());
            for (int i = 0; i < y.size(); i++) {
                dy.data()[i] = 2 * y.data()[i] / y.size();
            }
            float[] outputs = values(y).clone();
            float[] dx = values(pass.backward(dy));
            if (step == 0) {
                golden.check("y", outputs);
                golden.check("dx", dx);
                layer.originals().forEach((n, p) -> check(golden, "d_", n, p, p.gradient()));
            }
            rule.step(List.copyOf(layer.parameters().values()));
            layer.parameters().values().forEach(Param::clearGradient);
        }
        layer.originals().forEach((n, p) -> check(golden, "final_", n, p, p.value()));
        Pass inference = layer.bind(golden.sample("x"), Workspace.inference(x.rows()));
        golden.check("inference", values(inference.forward(x)));
    }

    private static void check(
            GoldenCase golden, String prefix, String name, Param parameter, Matrix value) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        boolean whole = parameter.isSavedTransposed();
        golden.check(prefix + last, whole ? inTorchsOrder(golden, value) : values(value));
    }

    static Stream<Layer> wrapped() {
        return Stream.of(
                new WeightNorm(new Linear(6, 3)),
                new Sequential(
                        new WeightNorm(new Linear(6, 5)),
                        new ReLU(),
                        new WeightNorm(new Linear(5, 2).withoutBias())));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void backwardAgreesWithCentralDifferences(Layer layer) {
        GradientCheck.Result result = GradientCheck.of(layer, new Shape(6), 3, 1);
        assertTrue(result.passed(), result::toString);
    }

    /** Two layers of one shape differ, and lengths are drawn after their directions. */
    @Test
    void firstValuesAreThoseOfAWeight() {
        WeightNorm first = new WeightNorm(new Linear(4, 4));
        WeightNorm second = new WeightNorm(new Linear(4, 4));
        Layer model = new Sequential(first, second);
        assertNotEquals(first.v().value().at(0, 0), second.v().value().at(0, 0));
        for (long seed : new long[] {3, 4}) {
            model.initialize(seed);
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                sum += Math.pow(first.v().value().at(i, 2), 2);
            }
            assertEquals(Math.sqrt(sum), first.g().value().at(0, 2), 1e-7);
            assertTrue(sum <= 4 * 0.25);
        }
        model.initialize(Initializer.orthogonal());
        assertTrue(Math.abs(first.v().value().at(0, 0)) <= 1);
    }

    /** The first singular vectors come from fixed numbers; then the largest singular value is 1. */
    @Test
    void aSpectralNormOfOneComesOut() {
        Linear inner = new Linear(6, 6).withoutBias();
        SpectralNorm layer = new SpectralNorm(inner);
        Matrix unit = Matrix.zeros(6, 6);
        for (int i = 0; i < 6; i++) {
            unit.data()[7 * i] = 1;
            layer.original().value().data()[7 * i] += 2 + i;
        }
        Pass inference = layer.bind(new Shape(6), Workspace.inference(6));
        float[] before = values(inference.forward(unit)).clone();
        Pass training = layer.bind(new Shape(6), Workspace.training(6));
        for (int i = 0; i < 50; i++) {
            training.forward(unit);
        }
        assertArrayEquals(before, values(inference.forward(unit)), 0.2f);
        Matrix w = inner.weight().value();
        Matrix x = Matrices.gaussian(1, 6, 1);
        for (int i = 0; i < 60; i++) {
            float[] y = new float[6];
            double length = 0;
            for (int r = 0; r < 36; r++) {
                y[r / 6] += w.at(r / 6, r % 6) * x.at(0, r % 6);
            }
            x = Matrix.row(new float[6]);
            for (int r = 0; r < 36; r++) {
                x.data()[r % 6] += w.at(r / 6, r % 6) * y[r / 6];
            }
            for (float value : x.data()) {
                length += value * value;
            }
            length = Math.sqrt(length);
            for (int j = 0; j < 6; j++) {
                x.data()[j] /= (float) length;
            }
            if (i == 59) {
                assertEquals(1, Math.sqrt(length), 1e-4);
            }
        }
    }

    @Test
    void aLayerWithoutAWeightIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new WeightNorm(new ReLU()));
        assertThrows(IllegalArgumentException.class, () -> new SpectralNorm(new BatchNorm1d(3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SpectralNorm(new Linear(2, 2)).nPowerIterations(0));
        assertThrows(
                IllegalArgumentException.class, () -> new SpectralNorm(new Linear(2, 2)).eps(0));
    }
}
