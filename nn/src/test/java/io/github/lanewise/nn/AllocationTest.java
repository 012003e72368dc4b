package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.AttentionPass;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.SmallBlocks;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.AdaptiveMaxPool2d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.conv.GlobalMaxPool;
import io.github.lanewise.nn.conv.LPPool2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.MaxUnpool2d;
import io.github.lanewise.nn.conv.PixelUnshuffle;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.conv.ZeroPad2d;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
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
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.inference.StepwiseSession;
import io.github.lanewise.nn.init.RandomStream;
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
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.layer.Unflatten;
import io.github.lanewise.nn.loss.BCELoss;
import io.github.lanewise.nn.loss.CTCLoss;
import io.github.lanewise.nn.loss.DiceLoss;
import io.github.lanewise.nn.loss.FocalLoss;
import io.github.lanewise.nn.loss.InfoNCELoss;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.MultiLabelMarginLoss;
import io.github.lanewise.nn.loss.NLLLoss;
import io.github.lanewise.nn.loss.NTXentLoss;
import io.github.lanewise.nn.loss.PoissonNLLLoss;
import io.github.lanewise.nn.loss.Reduction;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.metrics.Average;
import io.github.lanewise.nn.metrics.Metric;
import io.github.lanewise.nn.metrics.Metrics;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;
import io.github.lanewise.nn.optim.ASGD;
import io.github.lanewise.nn.optim.Adadelta;
import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.Adamax;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.ClipValue;
import io.github.lanewise.nn.optim.L1Penalty;
import io.github.lanewise.nn.optim.LBFGS;
import io.github.lanewise.nn.optim.Lion;
import io.github.lanewise.nn.optim.Lookahead;
import io.github.lanewise.nn.optim.MaxNorm;
import io.github.lanewise.nn.optim.Muon;
import io.github.lanewise.nn.optim.NAdam;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.ParameterGroup;
import io.github.lanewise.nn.optim.RAdam;
import io.github.lanewise.nn.optim.RMSprop;
import io.github.lanewise.nn.optim.Rprop;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.optim.SparseAdam;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;
import io.github.lanewise.nn.schedule.CosineAnnealingLR;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;
import io.github.lanewise.nn.train.TrainingStep;
import io.github.lanewise.nn.train.WeightAverage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;

/**
 * Counts the bytes that the calling thread allocates. The build runs this with scalar and with SIMD
 * kernels; until C2 has compiled them, these make objects of vectors, so that everything is
 * repeated until it is clean once. What allocates by itself does so every time.
 */
@Tag("allocation")
class AllocationTest {

    private static final long ALLOWED_BYTES_PER_STEP = 1024;

    /** Far more than C2 needs; plain loops need but to be loaded. */
    private static final int ROUNDS = Engine.kernelSet().equals("scalar") ? 500 : 30_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Looks for an epoch in which no step allocates much, and ends training with it. */
    private final class Meter implements TrainerCallback {

        private long before;
        private long mostOfEpoch;

        @Override
        public void onBatchEnd(Progress progress) {
            long now = threads.getCurrentThreadAllocatedBytes();
            mostOfEpoch = Math.max(mostOfEpoch, now - before);
            before = now;
        }

        @Override
        public void onEpochEnd(Progress progress) {
            boolean shapesSeen = progress.epoch() > 1;
            if (shapesSeen && mostOfEpoch < ALLOWED_BYTES_PER_STEP) {
                progress.stop();
            } else if (progress.epoch() < progress.epochs()) {
                mostOfEpoch = 0;
            }
        }

        void assertFew() {
            assertTrue(
                    mostOfEpoch < ALLOWED_BYTES_PER_STEP,
                    () -> "%d bytes in a step of every epoch".formatted(mostOfEpoch));
        }
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new SGD(0.1f).momentum(0.9f),
                new Adam(),
                new AdamW().noDecayOnBiasesAndNorms().with(new ClipNorm(1), new MaxNorm(3)),
                new RMSprop().momentum(0.9f).centered(),
                new Adagrad().lrDecay(0.01f),
                new Adadelta(),
                new Lion().with(new L1Penalty(1e-5f), new ClipValue(1)),
                new Muon(),
                new NAdam(),
                new RAdam().with(new Lookahead()),
                new Adamax(),
                new Rprop(),
                new ASGD());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void fitAllocatesNextToNothingInAnyStep(Optimizer optimizer) {
        Sequential model = Ellipses.network();
        TrainerCallback schedule = new CosineAnnealingLR(0.01, 600).perStep(optimizer);
        Meter meter = new Meter();
        new Trainer(model, new SoftmaxCrossEntropy(), optimizer.with(WeightAverage.equal(model)))
                .accumulate(2)
                .fit(new Ellipses(200, 1).dataset(), ROUNDS, 32, schedule, meter);
        meter.assertFew();
    }

    /** Four shards of 8 rows, and of 2 in the last batch. */
    @Test
    void fitInShardsAllocatesNextToNothingInAnyStep() {
        Sequential model =
                new Sequential(
                        new Linear(2, 30), new BatchNorm1d(30), new Dropout(), new Linear(30, 2));
        Meter meter = new Meter();
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam())
                .shards(4)
                .fit(new Ellipses(200, 1).dataset(), ROUNDS, 32, meter);
        meter.assertFew();
    }

    static Stream<Optimizer> usualOptimizers() {
        return Stream.of(new SGD(0.01f).momentum(0.9f).weightDecay(5e-4f), new Adam());
    }

    /** Digits of bytes: 28 x 28, three whole batches and a last one of 9. */
    private static Dataset digits() {
        byte[] bytes = new byte[201 * 784];
        int[] labels = new int[201];
        RandomStream random = new RandomStream(1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
            labels[i / 784] = i % 10;
        }
        return Dataset.ofBytes(bytes, new Shape(1, 28, 28), Targets.labels(labels), 1 / 255f, 0);
    }

    @ParameterizedTest
    @MethodSource("usualOptimizers")
    void fitOfAPerceptronAllocatesNextToNothingInAnyStep(Optimizer optimizer) {
        assertFewIn(
                new Sequential(new Flatten(), new Linear(784, 64), new ReLU(), new Linear(64, 10)),
                optimizer);
    }

    @ParameterizedTest
    @MethodSource("usualOptimizers")
    void fitOfAConvolutionalNetworkAllocatesNextToNothingInAnyStep(Optimizer optimizer) {
        assertFewIn(
                new Sequential(
                        new Conv2d(1, 6, 5),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Conv2d(6, 8, 5),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Linear(128, 32),
                        new ReLU(),
                        new Linear(32, 10)),
                optimizer);
    }

    private void assertFewIn(Layer model, Optimizer optimizer) {
        Meter meter = new Meter();
        new Trainer(model, new SoftmaxCrossEntropy(), optimizer).fit(digits(), ROUNDS, 64, meter);
        meter.assertFew();
    }

    @Test
    void trainOneStepAllocatesNextToNothing() {
        Sequential model = Ellipses.network();
        Ellipses data = new Ellipses(64, 1);
        SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
        assertFew(
                () ->
                        Trainer.trainOneStep(
                                model, loss, 0.02f, data.points(), data.labels(), 0.0005f));
    }

    @Test
    void boundGraphAllocatesNothingAtAll() {
        Model model = ResidualNetworkTest.network();
        Dataset data = ResidualNetworkTest.data();
        Batch batch = new Batch(data, 32);
        Loss loss = ResidualNetworkTest.loss(model);
        SGD optimizer = new SGD(0.01f);
        TrainingStep step = new TrainingStep(model, loss, optimizer, model.inputShape(), 32);
        int[] order = new int[32];
        assertNone(
                () -> {
                    batch.load(order, 0);
                    step.run(batch.inputs(), batch.targets());
                });
    }

    /** A frozen part, gradients of the inputs, a group with an optimizer of its own. */
    @Test
    void openStepsAllocateNothingAtAll() {
        Linear frozen = new Linear(5, 8);
        Linear tuned = new Linear(8, 8);
        Sequential model = new Sequential(frozen, new ReLU(), tuned, new ReLU(), new Linear(8, 3));
        frozen.trainable(false);
        SGD optimizer = new SGD(0.01f);
        optimizer.with(new ClipNorm(1));
        optimizer.group(ParameterGroup.of(tuned).optimizer(new SGD(0.1f).momentum(0.9f)));
        TrainingStep step = new TrainingStep(model, optimizer, new Shape(5), 16);
        Matrix inputs = Matrices.gaussian(16, 5, 1);
        Matrix gradients = Matrices.gaussian(16, 3, 2);
        assertNone(
                () -> {
                    step.forward(inputs);
                    step.backward(gradients);
                    step.inputGradient(gradients);
                    step.step();
                });
    }

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
                        pass.right(logits, targets);
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
    void stepsOfSeveralEvaluationsAllocateNextToNothing() {
        Sequential model = Ellipses.network();
        Matrix inputs = Matrices.gaussian(16, 2, 1);
        Targets targets = Targets.labels(new int[16]);
        Optimizer rule = new LBFGS(0.01f).strongWolfe().maxIter(3).historySize(3);
        TrainingStep step =
                new TrainingStep(model, new SoftmaxCrossEntropy(), rule, new Shape(2), 16);
        assertFew(() -> step.run(inputs, targets));
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
    void sequenceLayersAllocateNextToNothingPerStep() {
        Shape shape = new Shape(7, 12);
        Layer model =
                new Sequential(
                        new LearnedEncoding(7, 12),
                        new TransformerEncoderLayer(12, 2, 20).normFirst(),
                        new GroupNorm(7, 7),
                        new LSTM(12, 8).bidirectional(),
                        new GRU(16, 9),
                        new RNN(9, 5).lastOutput());
        Pass pass = model.bind(shape, Workspace.training(6));
        Matrix x = Matrices.gaussian(6, shape.features(), 1);
        Matrix dy = Matrices.gaussian(6, 5, 2);
        assertFew(
                () -> {
                    pass.forward(x);
                    pass.backward(dy);
                });
    }

    /** Of other lengths in each step, with all that looks at them. */
    @Test
    void sequencesOfUnequalLengthAllocateNothingAtAll() {
        Sequential model =
                new Sequential(
                        new Embedding(9, 12),
                        new Dropout(0.1f),
                        new TransformerEncoderLayer(12, 2, 20),
                        new LSTM(12, 8).numLayers(2).bidirectional().dropout(0.1f).projSize(3),
                        new GRU(6, 9),
                        new LayerNorm(9),
                        new Linear(9, 4));
        Matrix words = Matrix.zeros(6, 7);
        Targets targets =
                Targets.steps(new int[][] {{1}, {1}, {2, 3}, {1}, {0}, {1, 2, 1, 0, 0, 1, 2}});
        TrainingStep step =
                TrainingStep.ofSequences(
                        model, new SoftmaxCrossEntropy(), new SGD(0.01f), new Shape(7), 6);
        int[] lengths = {7, 2, 3, 1, 7, 7};
        assertNone(
                () -> {
                    lengths[1] = 1 + lengths[1] % 7;
                    step.run(words, targets, lengths);
                });
    }

    @Test
    void fitOnBucketsAllocatesNextToNothingInAnyStep() {
        int[][] words = new int[90][];
        for (int i = 0; i < words.length; i++) {
            words[i] = new int[1 + i % 12];
        }
        Dataset data = Dataset.ofSequences(words, Targets.steps(words)).bucketed(3);
        Sequential model = new Sequential(new Embedding(3, 8), new GRU(8, 6), new Linear(6, 3));
        Meter meter = new Meter();
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam()).fit(data, ROUNDS, 16, meter);
        meter.assertFew();
    }

    /** Dropout, masks, shared keys, a memory, a weight in two places; and the weights asked for. */
    @Test
    void transformersAllocateNothingAtAll() {
        Input tokens = new Input(20);
        Input added = new Input(20, 20);
        Embedding embedding = new Embedding(9, 12);
        Value vectors = tokens.then(embedding);
        MultiheadAttention attention =
                new MultiheadAttention(12, 6).keyValueHeads(3).rotary().dropout(0.1f).causal();
        Value seen = Value.merge(attention, vectors, vectors, vectors, added);
        Value memory = seen.then(new TransformerEncoderLayer(12, 2, 20));
        TransformerDecoder decoder =
                new TransformerDecoder(() -> new TransformerDecoderLayer(12, 2, 20).causal(), 2);
        Value decoded = Value.merge(decoder, seen, memory);
        Model model =
                new Model(List.of(tokens, added), List.of(decoded.then(new TiedLinear(embedding))));
        Matrix inputs = Matrix.zeros(4, 420);
        Targets targets = new Targets.Labels(new int[80], 20);
        TrainingStep step =
                new TrainingStep(
                        model, new SoftmaxCrossEntropy(), new SGD(0.01f), model.inputShape(), 4);
        assertNone(() -> step.run(inputs, targets));
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

    @Test
    void loopOfCellsAllocatesNothingAtAll() {
        Input x = new Input(3, 4);
        LSTMCell lstm = new LSTMCell(4, 5);
        GRUCell gru = new GRUCell(5, 5);
        Value[] states = {};
        Value hidden = null;
        for (Value step : x.split(0, 1, 1, 1)) {
            states = lstm.call(step.then(new Reshape(4)), states).toArray(Value[]::new);
            hidden = gru.call(states[0], hidden == null ? states[1] : hidden).getFirst();
        }
        Model model = new Model(x, Value.merge(new RNNCell(5, 3), hidden));
        Matrix inputs = Matrices.gaussian(4, 12, 1);
        Targets targets = Targets.values(Matrices.gaussian(4, 3, 2));
        TrainingStep step =
                new TrainingStep(model, new MSELoss(), new SGD(0.01f), new Shape(3, 4), 4);
        assertNone(() -> step.run(inputs, targets));
    }

    @Test
    void encoderAndDecoderAllocateNothingAtAll() {
        Input source = new Input(9, 12);
        Input target = new Input(7, 12);
        Value made = Value.merge(new Transformer(12, 3, 2, 2, 20).causal(), source, target);
        Model model = new Model(List.of(source, target), List.of(made));
        Matrix inputs = Matrices.gaussian(4, 192, 1);
        Targets targets = Targets.values(Matrices.gaussian(4, 84, 2));
        TrainingStep step =
                new TrainingStep(model, new MSELoss(), new SGD(0.01f), model.inputShape(), 4);
        assertNone(() -> step.run(inputs, targets));
    }

    @Test
    void attentionInBlocksAllocatesNothingAtAll() {
        MultiheadAttention layer = new MultiheadAttention(4, 2).dropout(0.1f).causal();
        AttentionPass pass = SmallBlocks.of(layer).bind(new Shape(75, 4), Workspace.training(2));
        Matrix x = Matrices.gaussian(2, 300, 1);
        assertNone(
                () -> {
                    pass.forward(x);
                    pass.weights();
                    pass.backward(x);
                });
    }

    @Test
    void stepByStepAllocatesNothingAtAll() {
        Layer model =
                new Sequential(
                        new Embedding(9, 12),
                        new LearnedEncoding(40, 12),
                        new TransformerEncoderLayer(12, 2, 20).causal().rotary(),
                        new Linear(12, 9));
        StepwiseSession session = StepwiseSession.of(model, 40);
        float[] token = new float[1];
        float[] outputs = new float[9];
        assertNone(
                () -> {
                    session.reset();
                    for (int t = 0; t < session.capacity(); t++) {
                        session.step(token, outputs);
                    }
                });
    }

    /** One sample; more as a whole batch, and as one with rows to spare. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 13, 64})
    void aSessionAllocatesNothingAtAll(int rows) {
        InferenceSession session = InferenceSession.of(Ellipses.network(), 64);
        Matrix inputs = Matrices.gaussian(rows, 2, 1);
        Matrix outputs = Matrix.zeros(rows, 2);
        assertNone(() -> session.predict(inputs, outputs));
        float[] sample = {1, -1};
        float[] classes = new float[2];
        assertNone(() -> session.predict(sample, classes));
    }

    private void assertNone(Runnable step) {
        assertEquals(0, leastBytesPerStep(step, 1));
    }

    private void assertFew(Runnable step) {
        long bytes = leastBytesPerStep(step, ALLOWED_BYTES_PER_STEP);
        assertTrue(bytes < ALLOWED_BYTES_PER_STEP, () -> bytes + " bytes in every step");
    }

    /**
     * Returns the bytes of the first twenty steps on end that stay below a limit, or of the last.
     */
    private long leastBytesPerStep(Runnable step, long limit) {
        long bytes = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && bytes >= limit; round++) {
            bytes = 0;
            for (int i = 0; i < 20; i++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                step.run();
                bytes = Math.max(bytes, threads.getCurrentThreadAllocatedBytes() - before);
            }
        }
        return bytes;
    }
}
