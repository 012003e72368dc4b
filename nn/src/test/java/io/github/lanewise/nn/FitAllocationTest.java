package io.github.lanewise.nn;

import static io.github.lanewise.nn.Allocation.ROUNDS;
import static io.github.lanewise.nn.Allocation.assertFew;
import static io.github.lanewise.nn.Allocation.assertNone;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.BatchNorm1d;
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
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.schedule.CosineAnnealingLR;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;
import io.github.lanewise.nn.train.TrainingStep;
import io.github.lanewise.nn.train.WeightAverage;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.Stream;

/**
 * What training allocates: next to nothing in a step of fit, and nothing at all in steps of one's
 * own.
 */
@Tag("allocation")
class FitAllocationTest {

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
        Allocation.Meter meter = new Allocation.Meter();
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
        Allocation.Meter meter = new Allocation.Meter();
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
        Allocation.Meter meter = new Allocation.Meter();
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
    void fitOnBucketsAllocatesNextToNothingInAnyStep() {
        int[][] words = new int[90][];
        for (int i = 0; i < words.length; i++) {
            words[i] = new int[1 + i % 12];
        }
        Dataset data = Dataset.ofSequences(words, Targets.steps(words)).bucketed(3);
        Sequential model = new Sequential(new Embedding(3, 8), new GRU(8, 6), new Linear(6, 3));
        Allocation.Meter meter = new Allocation.Meter();
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam()).fit(data, ROUNDS, 16, meter);
        meter.assertFew();
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
}
