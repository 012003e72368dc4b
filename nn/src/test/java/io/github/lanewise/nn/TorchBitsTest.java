package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.conv.AvgPool3d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.FractionalMaxPool2d;
import io.github.lanewise.nn.conv.FractionalMaxPool3d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.nn.loss.CTCLoss;
import io.github.lanewise.nn.loss.InfoNCELoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.NTXentLoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;
import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.LBFGS;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SparseAdam;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** {@link TrainingBitsTest} of the layers, losses and optimizers that PyTorch's users look for. */
@Tag("bits")
class TorchBitsTest {

    private static final int[] BITS = {
        -67417569, -1634257271, -1453973743, -478069996, 62982516, 1067155193, -243119064
    };

    private static int bitsAfter(
            Layer model, Loss loss, Optimizer rule, Shape shape, Matrix inputs, Targets targets) {
        model.initialize(5);
        TrainingStep step = new TrainingStep(model, loss, rule, shape, inputs.rows());
        for (int i = 0; i < 6; i++) {
            step.run(inputs, targets);
        }
        float[] weights = Matrices.weights(model);
        for (float weight : weights) {
            assertTrue(Float.isFinite(weight), () -> rule + " diverged");
        }
        return Arrays.hashCode(weights);
    }

    private static int volumes() {
        Layer model =
                new Sequential(
                        new Conv3d(2, 5, 3).padding(1).withoutBias(),
                        new BatchNorm3d(5),
                        new CELU(0.7f),
                        new MaxPool3d(1, 2, 2),
                        new Conv3d(5, 3, 2).stride(1, 2, 1),
                        new RReLU(),
                        new AvgPool3d(2, 1, 1),
                        new Flatten(),
                        new SpectralNorm(new Linear(24, 4)));
        Shape shape = new Shape(2, 3, 9, 10);
        Matrix inputs = Matrices.gaussian(5, shape.features(), 1);
        Targets targets = Targets.labels(0, 1, 2, 3, 0);
        return bitsAfter(model, new SoftmaxCrossEntropy(), new Adam(), shape, inputs, targets);
    }

    private static int fractions() {
        Layer model =
                new Sequential(
                        new Conv3d(1, 3, 2),
                        new FractionalMaxPool3d(2).outputSize(2, 5, 4),
                        new Reshape(6, 5, 4),
                        new FractionalMaxPool2d(2).outputRatio(0.7f),
                        new Flatten(),
                        new Linear(36, 4));
        Shape shape = new Shape(1, 4, 9, 8);
        Matrix inputs = Matrices.gaussian(4, shape.features(), 1);
        Targets targets = Targets.labels(0, 1, 2, 3);
        return bitsAfter(model, new SoftmaxCrossEntropy(), new Adam(), shape, inputs, targets);
    }

    private static int shrunk(Optimizer rule) {
        Layer model =
                new Sequential(
                        new WeightNorm(new Linear(33, 70)),
                        new Hardshrink(0.1f),
                        new WeightNorm(new Linear(70, 35)),
                        new Softshrink(0.05f),
                        new Reshape(1, 5, 7),
                        new WeightNorm(new Conv2d(1, 3, 2)),
                        new Tanhshrink(),
                        new Threshold(-0.1f, 0.2f),
                        new Flatten(),
                        new Linear(72, 3));
        Matrix inputs = Matrices.gaussian(20, 33, 1);
        int[] labels = new int[20];
        Arrays.setAll(labels, i -> i % 3);
        return bitsAfter(
                model,
                new SoftmaxCrossEntropy(),
                rule,
                new Shape(33),
                inputs,
                Targets.labels(labels));
    }

    private static Matrix indices() {
        Matrix indices = Matrix.zeros(16, 6);
        for (int i = 0; i < indices.size(); i++) {
            indices.data()[i] = i * 7 % 97;
        }
        return indices;
    }

    private static int tables(Optimizer rule, Loss loss) {
        Input x = new Input(6);
        Value bag = x.then(new EmbeddingBag(97, 11).paddingIdx(0).sparse());
        Value looked = x.then(new Embedding(97, 11).sparse()).max(0);
        Value near = Value.merge(new PairwiseDistance(), bag, looked);
        Value alike = Value.merge(new CosineSimilarity(), bag, looked);
        Value both = Value.merge(new Bilinear(11, 11, 8), bag, looked);
        Model model = new Model(x, Value.concat(both, near, alike).then(new Reshape(2, 5)));
        return bitsAfter(model, loss, rule, new Shape(6), indices(), Targets.none(16));
    }

    private static int alignment() {
        Layer model =
                new Sequential(new Reshape(6, 1), new Linear(1, 5), new CELU(), new LogSoftmax());
        int[][] labels = new int[16][];
        Arrays.setAll(labels, i -> new int[] {1 + i % 4, 1 + i % 3});
        Matrix inputs = Matrices.gaussian(16, 6, 1);
        return bitsAfter(
                model,
                new CTCLoss(),
                new Adam(0.01f),
                new Shape(6),
                inputs,
                CTCLoss.targets(labels));
    }

    @Test
    void endInTheSameBitsEverywhere() {
        int[] bits = {
            volumes(),
            shrunk(new Adam(0.01f)),
            shrunk(new LBFGS(0.1f).strongWolfe().maxIter(4).historySize(3)),
            tables(new SparseAdam(0.01f), new NTXentLoss()),
            tables(new Adagrad(0.1f), new InfoNCELoss()),
            alignment(),
            fractions()
        };
        assertArrayEquals(BITS, bits, () -> Arrays.toString(bits));
    }
}
