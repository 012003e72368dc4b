package io.github.lanewise.nn.train;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Summary;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.ClipNorm;
import io.github.lanewise.nn.optim.LBFGS;
import io.github.lanewise.nn.optim.Lookahead;
import io.github.lanewise.nn.optim.MaxNorm;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.ParameterGroup;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Parameters that are not trained. */
class FrozenTest {

    private static final int SAMPLES = 50;
    private static final Shape INPUT = new Shape(6);

    private static final Dataset DATA =
            Dataset.of(
                    gaussian(SAMPLES, 6, 1),
                    INPUT,
                    Targets.labels(IntStream.range(0, SAMPLES).map(i -> i % 3).toArray()));

    private final Sequential body = new Sequential(new Linear(6, 8), new ReLU(), new Linear(8, 8));
    private final Linear head = new Linear(8, 3);
    private final Sequential model = new Sequential(body, new ReLU(), head);

    /** A layer of each kind that has parameters, on inputs of 4 x 8, or 8 alone. */
    record Case(Layer layer, Shape input) {
        @Override
        public String toString() {
            return layer.getClass().getSimpleName();
        }
    }

    static Stream<Case> layers() {
        Shape sequence = new Shape(4, 8);
        Shape image = new Shape(2, 4, 4);
        return Stream.of(
                new Case(new Linear(8, 5), new Shape(8)),
                new Case(new Conv2d(2, 3, 3), image),
                new Case(new ConvTranspose2d(2, 3, 3), image),
                new Case(new GRU(8, 5).bidirectional(), sequence),
                new Case(new LSTM(8, 5), sequence),
                new Case(new TransformerEncoderLayer(8, 2, 16).dropout(0), sequence),
                new Case(new LearnedEncoding(4, 8), sequence),
                new Case(new LayerNorm(8), sequence),
                new Case(new GroupNorm(2, 2), image),
                new Case(new BatchNorm1d(8), new Shape(8)),
                new Case(new PReLU(1, 0.3f), new Shape(8)),
                new Case(new FeatureScale(8), new Shape(8)),
                new Case(new PeriodicEmbedding(3, 4, 5, 1f), new Shape(3)));
    }

    /** Both the gradient that is left out and the one of the inputs, which is not. */
    @ParameterizedTest
    @MethodSource("layers")
    void noGradientIsComputedAndThatOfTheInputsStays(Case one) {
        Layer layer = one.layer();
        Matrix inputs = gaussian(5, one.input().features(), 2);
        Matrix dOutputs = gaussian(5, layer.outputShape(one.input()).features(), 3);
        float[] expected = inputGradient(layer, one.input(), inputs, dOutputs);
        assertTrue(layer.parameters().values().stream().allMatch(Param::hasGradient));
        layer.trainable(false);
        for (Param parameter : layer.parameters().values()) {
            Arrays.fill(parameter.gradient().data(), 77);
        }
        float[] actual = inputGradient(layer, one.input(), inputs, dOutputs);
        assertArrayEquals(expected, actual);
        assertTrue(layer.parameters().values().stream().noneMatch(Param::hasGradient));
    }

    private static float[] inputGradient(Layer layer, Shape input, Matrix x, Matrix dy) {
        Pass pass = layer.bind(input, Workspace.training(x.rows()));
        pass.forward(x);
        return values(pass.backward(dy));
    }

    @Test
    void theProductOfAFrozenWeightIsNotWritten() {
        head.trainable(false);
        Arrays.fill(head.weight().gradient().data(), 77);
        fit(new SGD(0.1f));
        for (float g : values(head.weight().gradient())) {
            assertEquals(77, g);
        }
    }

    private void fit(Optimizer optimizer) {
        new Trainer(model, new SoftmaxCrossEntropy(), optimizer).fit(DATA, 3, 16);
    }

    @Test
    void fitLeavesAFrozenPartAsItIs() {
        body.trainable(false);
        float[] before = weights(body);
        float[] headBefore = weights(head);
        fit(new AdamW(0.01f).weightDecay(0.1f).with(new ClipNorm(0.1f), new MaxNorm(0.01f)));
        assertArrayEquals(before, weights(body));
        assertFalse(Arrays.equals(headBefore, weights(head)));
    }

    /** With everything below frozen, training the head is training it alone on what is below. */
    @Test
    void aHeadOnAFrozenBodyLearnsWhatItLearnsAlone() {
        body.trainable(false);
        Matrix features =
                new Trainer(new Sequential(body, new ReLU()), new SoftmaxCrossEntropy(), new SGD(0))
                        .predict(DATA);
        Linear alone = new Linear(8, 3);
        System.arraycopy(head.weight().value().data(), 0, alone.weight().value().data(), 0, 24);
        System.arraycopy(head.bias().value().data(), 0, alone.bias().value().data(), 0, 3);
        new Trainer(alone, new SoftmaxCrossEntropy(), new Adam(0.05f).with(new ClipNorm(0.2f)))
                .fit(Dataset.of(features, new Shape(8), DATA.targets()), 3, 16);
        fit(new Adam(0.05f).with(new ClipNorm(0.2f)));
        assertArrayEquals(weights(alone), weights(head));
    }

    @Test
    void clippingDoesNotSeeIt() {
        Param frozen = head.weight().trainable(false);
        assertThrows(IllegalStateException.class, () -> frozen.setGradient(new float[24]));
        head.bias().setGradient(3, 0, 4);
        assertEquals(5, new ClipNorm(100).clip(List.copyOf(head.parameters().values())));
    }

    /** The same trainer, before and after: nothing of the frozen time stays bound. */
    @Test
    void whatIsThawedLearnsAgain() {
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f));
        body.trainable(false);
        trainer.fit(DATA, 1, 16);
        float[] before = weights(body);
        TrainerCallback thaw =
                new TrainerCallback() {
                    @Override
                    public void onEpochEnd(Progress progress) {
                        body.trainable(true);
                    }
                };
        trainer.fit(DATA, 1, 16, thaw);
        assertArrayEquals(before, weights(body));
        trainer.fit(DATA, 1, 16);
        assertFalse(Arrays.equals(before, weights(body)));
    }

    static Stream<Supplier<Optimizer>> optimizersThatRemember() {
        return Stream.of(
                () -> new SGD(0.1f).momentum(0.9f).weightDecay(0.1f),
                () -> new SGD(0.1f).with(new Lookahead(3, 0.5f)),
                () -> new LBFGS(0.5f).maxIter(3),
                () -> new LBFGS(0.5f).maxIter(3).strongWolfe());
    }

    /** Momentum, slow weights and curvature of the time before move it no longer. */
    @ParameterizedTest
    @MethodSource("optimizersThatRemember")
    void whatIsFrozenOnTheWayStays(Supplier<Optimizer> optimizer) {
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), optimizer.get());
        trainer.fit(DATA, 1, 16);
        body.trainable(false);
        float[] before = weights(body);
        float[] headBefore = weights(head);
        trainer.fit(DATA, 2, 16);
        assertArrayEquals(before, weights(body));
        assertFalse(Arrays.equals(headBefore, weights(head)));
        body.trainable(true);
        trainer.fit(DATA, 1, 16);
        assertFalse(Arrays.equals(before, weights(body)));
    }

    @Test
    void shardsLeaveItOut() {
        body.trainable(false);
        float[] before = weights(body);
        float[] headBefore = weights(head);
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.1f)).shards(3).fit(DATA, 1, 16);
        assertArrayEquals(before, weights(body));
        assertFalse(Arrays.equals(headBefore, weights(head)));
    }

    @Test
    void dropoutBelowDrawsAsBefore() {
        Sequential below = new Sequential(new Dropout(0.5f), new Linear(6, 3));
        Linear top = new Linear(3, 3);
        Sequential all = new Sequential(below, top);
        below.trainable(false);
        new Trainer(all, new SoftmaxCrossEntropy(), new SGD(0.1f)).fit(DATA, 1, 16);
        float[] frozen = weights(top);
        all.initialize(0);
        below.trainable(true);
        new Trainer(
                        all,
                        new SoftmaxCrossEntropy(),
                        new SGD(0.1f).group(ParameterGroup.of(below).rateFactor(0)))
                .fit(DATA, 1, 16);
        assertArrayEquals(frozen, weights(top));
    }

    @Test
    void filesHoldItsValues(@TempDir Path folder) throws IOException {
        body.trainable(false);
        fit(new SGD(0.1f));
        Path file = folder.resolve("model.safetensors");
        ModelFile.save(model, file);
        Layer loaded = ModelFile.load(file);
        assertArrayEquals(weights(model), weights(loaded));
        assertTrue(loaded.parameters().values().stream().allMatch(Param::isTrainable));
    }

    @Test
    void aRunGoesOnFromACheckpoint(@TempDir Path folder) throws IOException {
        body.trainable(false);
        Trainer whole = new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f));
        whole.checkpoints(new Checkpoints(folder).everySteps(5).keep(100));
        whole.fit(DATA, 3, 16);
        float[] expected = weights(model);
        model.initialize(5);
        new Trainer(model, new SoftmaxCrossEntropy(), new Adam(0.01f))
                .resume(folder.resolve("step-000000000005.safetensors"))
                .fit(DATA, 3, 16);
        assertArrayEquals(expected, weights(model));
    }

    @Test
    void theSummaryCountsIt() {
        body.trainable(false);
        Summary summary = Summary.of(model, INPUT);
        assertEquals(6 * 8 + 8 + 8 * 8 + 8, summary.frozen());
        assertTrue(summary.toString().endsWith("Total: 27 trained, 128 frozen"), summary::toString);
    }
}
