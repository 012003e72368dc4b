package io.github.lanewise.nn;

import static io.github.lanewise.nn.Allocation.assertFew;
import static io.github.lanewise.nn.Allocation.assertNone;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.conv.AdaptiveMaxPool2d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.FractionalMaxPool2d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.conv.GlobalMaxPool;
import io.github.lanewise.nn.conv.LPPool2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.MaxUnpool2d;
import io.github.lanewise.nn.conv.PixelUnshuffle;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.conv.ZeroPad2d;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Learned;
import io.github.lanewise.nn.graph.MatMul;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.graph.Where;
import io.github.lanewise.nn.layer.AlphaDropout;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.DropPath;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Dropout2d;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureAlphaDropout;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GLU;
import io.github.lanewise.nn.layer.GaussianNoise;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Unflatten;
import io.github.lanewise.nn.loss.BCELoss;
import io.github.lanewise.nn.loss.CTCLoss;
import io.github.lanewise.nn.loss.DiceLoss;
import io.github.lanewise.nn.loss.FocalLoss;
import io.github.lanewise.nn.loss.InfoNCELoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.MultiLabelMarginLoss;
import io.github.lanewise.nn.loss.NLLLoss;
import io.github.lanewise.nn.loss.NTXentLoss;
import io.github.lanewise.nn.loss.PoissonNLLLoss;
import io.github.lanewise.nn.loss.Reduction;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Average;
import io.github.lanewise.nn.metrics.Metric;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.optim.SparseAdam;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/** What layers, losses and metrics allocate in a step: nothing. */
@Tag("allocation")
class LayerAllocationTest {

    /** Classes first and last, some ignored, samples weighted, accuracy counted. */
    @Test
    void labelsOfPixelsAndWeightedSamplesAllocateNothingAtAll() {
        for (Shape shape : new Shape[] {new Shape(3, 4, 5), new Shape(20, 3)}) {
            LossPass pass =
                    new SoftmaxCrossEntropy().ignoreIndex(2).bind(shape, Workspace.training(2));
            Matrix logits = Matrices.gaussian(2, shape.features(), 1);
            int[] labels = new int[40];
            labels[7] = 2;
            Targets targets = Targets.weighted(new Targets.Labels(labels, 20), 0.5f, 2);
            assertNone(
                    () -> {
                        pass.forward(logits, targets);
                        pass.backward();
                        pass.correct(logits, targets);
                    });
        }
    }

    static Stream<Layer> imageLayers() {
        return Stream.of(
                new Sequential(
                        new Conv2d(2, 4, 3).samePadding(),
                        new InstanceNorm2d(4).affine(),
                        new Dropout2d(0.1f),
                        new LocalResponseNorm(3),
                        new GLU(0),
                        new AdaptiveMaxPool2d(3),
                        new FeatureAlphaDropout(0.1f),
                        new LPPool2d(2, 2).stride(1),
                        new FractionalMaxPool2d(2).outputRatio(0.9f),
                        new GlobalAvgPool()),
                new Sequential(
                        new ZeroPad2d(1),
                        new Upsample(2).bilinear(),
                        new PixelUnshuffle(2),
                        new DropPath(0.1f),
                        new Conv2d(8, 2, 1),
                        new Linear(8, 4),
                        new AlphaDropout(0.1f),
                        new GaussianNoise(0.1f),
                        new GlobalMaxPool()),
                operations(),
                new Sequential(
                        new ConstantPad2d(1, 2),
                        new CELU(0.5f),
                        new RReLU(),
                        new Unflatten(0, 1, 2),
                        new WeightNorm(new Conv3d(1, 3, 2)),
                        new BatchNorm3d(3),
                        new MaxPool3d(1, 2, 2),
                        new Tanhshrink(),
                        new Flatten(),
                        new SpectralNorm(new Linear(27, 5)),
                        new Softmin()));
    }

    private static final Shape SIX = new Shape(6);

    private static Layer operations() {
        Input x = new Input(2, 6, 6);
        Value turned = x.permute(2, 0, 1).then(new Linear(6, 6)).slice(0, 1, 3);
        Value sum =
                turned.plus(x.slice(1, 0, 2))
                        .times(x.norm(0).mean(1).slice(0, 2, 4).then(new Reshape(2, 1, 1)));
        Value whole = Value.concat(1, sum, turned).divide(Value.constant(new Shape(1), 3));
        Value reduced = Value.stack(0, whole.max(2).sum(1), whole.mean(1).sum(1)).sum(0);
        Value square = x.then(new IndexSelect(0, 1, 1), new Pointwise(Pointwise.Function.EXP));
        Value product = Value.merge(new MatMul(), square, x).plus(Value.merge(new Learned(SIX)));
        return new Model(
                x,
                Value.merge(
                        new Where(),
                        x.sum(0).sum(0).slice(0, 0, 2),
                        reduced,
                        product.sum(0).sum(0).slice(0, 0, 2)));
    }

    @ParameterizedTest
    @MethodSource("imageLayers")
    void layersOfPlainLoopsAllocateNothingAtAll(Layer model) {
        Shape shape = new Shape(2, 6, 6);
        Matrix inputs = Matrices.gaussian(8, shape.features(), 1);
        Targets targets = Targets.labels(new int[8]);
        SGD optimizer = new SGD(0.01f);
        TrainingStep step = new TrainingStep(model, new SoftmaxCrossEntropy(), optimizer, shape, 8);
        assertNone(() -> step.run(inputs, targets));
    }

    /** Sums, distances and used rows alone. */
    @Test
    void bagsAndSparseEmbeddingsAllocateNextToNothing() {
        Input x = new Input(3, 4);
        Value bags = x.then(new EmbeddingBag(1000, 5).paddingIdx(0).sparse());
        Value looked = x.then(new Embedding(1000, 5).sparse()).mean(1);
        Value near = Value.merge(new PairwiseDistance(), bags, looked);
        Value alike = Value.merge(new CosineSimilarity(), bags, looked);
        Value both = Value.merge(new Bilinear(5, 3, 2), alike, near);
        Model model = new Model(x, both);
        Matrix inputs = Matrix.zeros(8, 12);
        Targets targets = Targets.labels(new int[8]);
        for (Optimizer rule : new Optimizer[] {new SGD(0.1f), new SparseAdam()}) {
            TrainingStep step =
                    new TrainingStep(model, new SoftmaxCrossEntropy(), rule, model.inputShape(), 8);
            int[] shift = {0};
            Runnable next =
                    () -> {
                        shift[0] = (shift[0] + 7) % 900;
                        for (int i = 0; i < inputs.size(); i++) {
                            inputs.data()[i] = shift[0] + i % 12;
                        }
                        step.run(inputs, targets);
                    };
            if (rule instanceof SGD) {
                assertNone(next);
            } else {
                assertFew(next); // the numbers of a step of Adam
            }
        }
    }

    static Stream<Loss> losses() {
        return Stream.of(
                new BCELoss(),
                new FocalLoss(),
                new DiceLoss(),
                new MultiLabelMarginLoss(),
                new PoissonNLLLoss());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossesOfPlainLoopsAllocateNothingAtAll(Loss loss) {
        Matrix predictions = Matrix.zeros(8, 5);
        Targets targets = Targets.values(Matrix.zeros(8, 5));
        LossPass pass = loss.bind(new Shape(5), Workspace.training(8));
        assertNone(
                () -> {
                    pass.forward(predictions, targets);
                    pass.backward();
                });
    }

    static Stream<Arguments> sequenceAndPairLosses() {
        Targets words = CTCLoss.targets(new int[][] {{1, 2}, {2}, {1, 1}, {}});
        return Stream.of(
                Arguments.of(new CTCLoss(), new Shape(6, 4), words),
                Arguments.of(new NTXentLoss(), new Shape(2, 5), Targets.none(4)),
                Arguments.of(
                        new InfoNCELoss(0.1f, true, Reduction.MEAN),
                        new Shape(2, 5),
                        Targets.none(4)));
    }

    @ParameterizedTest
    @MethodSource("sequenceAndPairLosses")
    void lossesOfSequencesAndPairsAllocateNothingAtAll(Loss loss, Shape shape, Targets targets) {
        Matrix predictions = Matrices.gaussian(4, shape.features(), 1);
        LossPass pass = loss.bind(shape, Workspace.training(4));
        assertNone(
                () -> {
                    pass.forward(predictions, targets);
                    pass.backward();
                });
    }

    @Test
    void layersForTablesAllocateNothingAtAll() {
        Layer model =
                new Sequential(
                        new PeriodicEmbedding(3, 5, 4, 0.1f),
                        new FeatureScale(12),
                        new Linear(12, 24),
                        new ParametricActivation(new Mish(), 24),
                        new Dropout(0.1f),
                        new Linear(24, 2));
        Matrix inputs = Matrices.gaussian(32, 3, 1);
        Targets targets = Targets.labels(new int[32]);
        SGD optimizer = new SGD(0.01f);
        TrainingStep step =
                new TrainingStep(model, new SoftmaxCrossEntropy(), optimizer, new Shape(3), 32);
        assertNone(() -> step.run(inputs, targets));
    }

    @Test
    void metricsAllocateNothingAtAll() {
        Matrix outputs = Matrices.gaussian(4, 6, 1);
        Targets labels = Targets.weighted(new Targets.Labels(new int[8], 2), 1, 2, 3, 4);
        Targets values = Targets.values(Matrices.gaussian(4, 6, 2));
        Metric f1 = Metrics.f1(Average.MACRO);
        Metric perplexity = Metrics.perplexity();
        Metric r2 = Metrics.r2();
        assertNone(
                () -> {
                    f1.add(outputs, labels);
                    perplexity.add(outputs, labels);
                    r2.add(outputs, values);
                });
    }

    @Test
    void unpoolingAndManyClassesAllocateNothingAtAll() {
        Input x = new Input(2, 6, 4);
        Value[] pooled = new MaxPool2d(2).call(x).toArray(Value[]::new);
        Value back = Value.merge(new MaxUnpool2d(2), pooled).then(new Flatten());
        Model model = new Model(x, back.then(new AdaptiveLogSoftmax(48, 20, 4, 9)));
        Matrix inputs = Matrices.gaussian(4, 48, 1);
        Targets targets = Targets.labels(3, 0, 19, 8);
        TrainingStep step =
                new TrainingStep(model, new NLLLoss(), new SGD(0.01f), new Shape(2, 6, 4), 4);
        assertNone(() -> step.run(inputs, targets));
    }
}
