package io.github.lanewise.nn.loss;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** Losses that are plain loops against PyTorch and central differences. */
class PlainLossesTest {

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("losses");
    }

    private static Loss loss(String name, Reduction reduction) {
        return switch (name) {
            case "nll" ->
                    new NLLLoss().weight(0.5f, 2, 1, 0.25f, 3).ignoreIndex(1).reduction(reduction);
            case "bce" -> new BCELoss(reduction);
            case "poisson nll" -> new PoissonNLLLoss(true, true, 1e-8f, reduction);
            case "poisson nll of rates" -> new PoissonNLLLoss(false, false, 1e-3f, reduction);
            case "gaussian nll" -> new GaussianNLLLoss(true, 1e-3f, reduction);
            case "margin ranking" -> new MarginRankingLoss(0.4f, reduction);
            case "multi-label margin" -> new MultiLabelMarginLoss(reduction);
            case "quantile" -> new QuantileLoss(0.8f, reduction);
            case "log cosh" -> new LogCoshLoss(reduction);
            case "focal" -> new FocalLoss(0.3f, 1.7f, reduction);
            case "dice" -> new DiceLoss(0.5f, reduction);
            case "tversky" -> new TverskyLoss(0.3f, 0.7f, 0.5f, reduction);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Loss loss(GoldenCase golden) {
        String name = golden.name().replaceAll(" (mean|sum)$", "");
        return loss(name, golden.name().endsWith("mean") ? Reduction.MEAN : Reduction.SUM);
    }

    private static Targets targets(GoldenCase golden) {
        boolean labels = golden.shape("target").length == 1;
        return labels
                ? Targets.labels(golden.integers("target"))
                : Targets.values(golden.input("target"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossMatchesPyTorch(GoldenCase golden) {
        Matrix x = golden.batch("prediction");
        Shape shape = golden.sample("prediction");
        LossPass pass = loss(golden).bind(shape, Workspace.training(x.rows()));
        Targets targets = targets(golden);
        pass.check(targets);
        golden.check("loss", pass.forward(x, targets));
        golden.check("dprediction", values(pass.backward()));
    }

    /** Two halves of a batch, each told what counts in both, add up to the whole. */
    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("cases")
    void partsAddUpToTheWhole(GoldenCase golden) {
        Matrix x = golden.batch("prediction");
        Shape shape = golden.sample("prediction");
        Targets all = targets(golden);
        float whole = loss(golden).bind(shape, Workspace.training(6)).forward(x, all);
        PartialLossPass part = (PartialLossPass) loss(golden).bind(shape, Workspace.training(3));
        double[] counts = new double[part.counters()];
        part.count(half(all, 0), counts, 0);
        part.count(half(all, 3), counts, 0);
        float sum = part.forward(x.rowRange(0, 3), half(all, 0), counts, 0);
        sum += part.forward(x.rowRange(3, 6), half(all, 3), counts, 0);
        assertEquals(whole, sum, 1e-6 * Math.abs(whole));
    }

    private static Targets half(Targets all, int from) {
        return all instanceof Targets.Labels labels
                ? Targets.labels(Arrays.copyOfRange(labels.classes(), from, from + 3))
                : Targets.values(((Targets.Values) all).rows().rowRange(from, from + 3));
    }

    /** Samples of weight 0 are as good as absent, in the loss and in the gradient. */
    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("cases")
    void samplesOfWeightZeroDoNotCount(GoldenCase golden) {
        Matrix x = golden.batch("prediction");
        Shape shape = golden.sample("prediction");
        LossPass whole = loss(golden).bind(shape, Workspace.training(6));
        Targets all = Targets.weighted(targets(golden), 1, 1, 1, 0, 0, 0);
        float weighted = whole.forward(x, all);
        LossPass part = loss(golden).bind(shape, Workspace.training(3));
        float alone = part.forward(x.rowRange(0, 3), half(targets(golden), 0));
        assertEquals(alone, weighted, 1e-6 * Math.abs(alone));
        Matrix gradient = whole.backward();
        assertArrayEquals(values(part.backward()), values(gradient.rowRange(0, 3)), 1e-7f);
        for (float slope : values(gradient.rowRange(3, 6))) {
            assertEquals(0, slope);
        }
    }

    static Stream<GoldenCase> differentiable() {
        // of probabilities: the check draws predictions from all numbers
        return cases().filter(golden -> !golden.name().matches("(bce|poisson nll of rates) .*"));
    }

    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("differentiable")
    void gradientAgreesWithCentralDifferences(GoldenCase golden) {
        Shape shape = golden.sample("prediction");
        GradientCheck.Result result = GradientCheck.of(loss(golden), shape, targets(golden), 1);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void certainPredictionsHaveFiniteLosses() {
        Matrix x = Matrix.of(new float[] {0, 1, 0, 1}, 1, 4);
        Targets t = Targets.values(Matrix.of(new float[] {0, 1, 1, 0}, 1, 4));
        LossPass bce = new BCELoss(Reduction.SUM).bind(new Shape(4), Workspace.training(1));
        assertEquals(200, bce.forward(x, t));
        Matrix scores = Matrix.of(new float[] {-200, 200, -200, 200}, 1, 4);
        LossPass focal = new FocalLoss(-1, 0.5f).bind(new Shape(4), Workspace.training(1));
        assertEquals(100, focal.forward(scores, t));
        for (float slope : values(focal.backward())) {
            assertTrue(Float.isFinite(slope), "slope " + slope);
        }
        LossPass cosh = new LogCoshLoss().bind(new Shape(4), Workspace.training(1));
        assertEquals(
                1e30f,
                cosh.forward(Matrix.of(new float[] {1e30f, -1e30f, 1e30f, 1e30f}, 1, 4), t),
                1e23f);
        LossPass outside = new BCELoss().bind(new Shape(4), Workspace.training(1));
        assertTrue(Float.isNaN(outside.forward(gaussian(1, 4, 1), t)));
    }

    @Test
    void onlyLabelsAreRightOrWrong() {
        LossPass nll = new NLLLoss().ignoreIndex(0).bind(new Shape(3), Workspace.training(2));
        Matrix x = Matrix.of(new float[] {-3, -1, -2, -1, -2, -3}, 2, 3);
        assertEquals(1, nll.judged(Targets.labels(1, 0)));
        assertEquals(1, nll.correct(x, Targets.labels(1, 2)));
        LossPass ranking = new MarginRankingLoss().bind(new Shape(2, 1), Workspace.training(1));
        assertEquals(LossPass.NO_ACCURACY, ranking.judged(Targets.labels(1)));
    }

    private static void forward(Loss loss, Shape shape, Targets targets) {
        loss.bind(shape, Workspace.training(targets.size()))
                .forward(Matrix.zeros(targets.size(), shape.features()), targets);
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new QuantileLoss(1),
                () -> new FocalLoss(2, 1),
                () -> new FocalLoss(0.5f, -1),
                () -> new DiceLoss(-1, Reduction.MEAN),
                () -> new TverskyLoss(-1, 1),
                () -> new GaussianNLLLoss(false, 0, Reduction.MEAN),
                () -> new MarginRankingLoss(Float.NaN),
                () -> new NLLLoss().weight(1, 2).bind(new Shape(3), Workspace.training(1)),
                () -> forward(new NLLLoss(), new Shape(3), Targets.labels(3)),
                () -> forward(new NLLLoss(), new Shape(3), Targets.values(Matrix.row(1))),
                () -> forward(new BCELoss(), new Shape(3), Targets.labels(1)),
                () -> forward(new MarginRankingLoss(), new Shape(2, 1), Targets.labels(0)),
                () -> forward(new MarginRankingLoss(), new Shape(2), Targets.labels(1)),
                () ->
                        forward(
                                new GaussianNLLLoss(),
                                new Shape(2, 3),
                                Targets.values(Matrix.zeros(1, 6))),
                () ->
                        forward(
                                new MultiLabelMarginLoss(),
                                new Shape(2),
                                Targets.values(Matrix.row(0, 2))));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatDoesNotFitIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    @Test
    void anEmptyMaskThatIsFoundEmptyCostsNothingWithoutSmooth() {
        for (Loss loss :
                new Loss[] {
                    new DiceLoss(0, Reduction.MEAN),
                    new TverskyLoss(0.3f, 0.7f, 0, Reduction.MEAN),
                    new TverskyLoss(0, 0, 0, Reduction.MEAN)
                }) {
            LossPass pass = loss.bind(new Shape(3), Workspace.training(1));
            Matrix nothing = Matrix.row(0, 0, 0);
            assertEquals(0, pass.forward(nothing, Targets.values(nothing)));
            assertArrayEquals(new float[3], values(pass.backward()));
        }
    }
}
