package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.JointLoss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.GradientCheck;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/**
 * A residual network of two inputs and two outputs with a shared layer, wired by the functional
 * API. The build runs this with vector and with scalar kernels: the pinned bits must come out of
 * both.
 */
@Tag("bits")
public class ResidualNetworkTest {

    private static final int SAMPLES = 210;
    private static final int BITS = 924981116;

    /** Two views through one encoder, joined, two residual blocks, a class and an estimate. */
    public static Model network() {
        return network(new ReLU(), 17, 24);
    }

    private static Model network(Nonlinearity f, int features, int width) {
        Input left = new Input(features);
        Input right = new Input(features);
        Sequential encoder = new Sequential(new Linear(features, width), f);
        Linear shared = new Linear(width, width);
        Value l = left.then(encoder);
        Value r = right.then(encoder);
        Value joined = Value.concat(l.plus(r), l.times(r)).then(new Linear(2 * width, width), f);
        Value first = joined.plus(joined.then(shared, f, new Linear(width, width)));
        Value second = first.plus(first.then(shared, f, new Scale())).then(f);
        return new Model(
                List.of(left, right),
                List.of(second.then(new Linear(width, 3)), second.then(new Linear(width, 2))));
    }

    static JointLoss loss(Model model) {
        return JointLoss.of(model, new SoftmaxCrossEntropy(), new MSELoss()).weights(1, 0.3f);
    }

    /** Everything to be predicted is a simple function of few features of either view. */
    static Dataset data() {
        Matrix left = gaussian(SAMPLES, 17, 1);
        Matrix right = gaussian(SAMPLES, 17, 2);
        int[] labels = new int[SAMPLES];
        Matrix estimates = Matrix.zeros(SAMPLES, 2);
        for (int i = 0; i < SAMPLES; i++) {
            float difference = left.at(i, 0) - right.at(i, 0);
            labels[i] = difference < -0.5f ? 0 : difference < 0.5f ? 1 : 2;
            estimates.data()[2 * i] = left.at(i, 1) * 0.5f;
            estimates.data()[2 * i + 1] = right.at(i, 2);
        }
        Targets targets = Targets.several(Targets.labels(labels), Targets.values(estimates));
        return Dataset.zip(
                Dataset.of(left, new Shape(17), targets),
                Dataset.of(right, new Shape(17), Targets.none(SAMPLES)));
    }

    /**
     * With a smooth function that is fused just as ReLU is, whose kinks differences stumble over.
     */
    @Test
    void backwardAgreesWithCentralDifferences() {
        Model model = network(new Nonlinearity(Activation.EXP) {}, 5, 6);
        model.parameters().values().forEach(p -> Engine.kernels().scale(0.5f, p.value()));
        GradientCheck.Result result = GradientCheck.of(model, model.inputShape(), 4, 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void jointLossAgreesWithCentralDifferences() {
        Targets targets =
                Targets.several(Targets.labels(0, 2, 1), Targets.values(gaussian(3, 2, 5)));
        GradientCheck.Result result = GradientCheck.of(loss(network()), new Shape(5), targets, 1);
        assertTrue(result.passed(), result::toString);
        assertEquals(15, result.checked());
    }

    @Test
    void trainingLowersTheLossAndEndsInTheSameBitsEverywhere() {
        Model model = network();
        Trainer trainer = new Trainer(model, loss(model), new Adam(0.01f));
        Dataset data = data();
        double before = trainer.evaluate(data).loss();
        trainer.fit(data, 6, 32);
        double after = trainer.evaluate(data).loss();
        assertTrue(after < 0.7 * before, before + " -> " + after);
        assertEquals(BITS, Arrays.hashCode(weights(model)));
    }
}
