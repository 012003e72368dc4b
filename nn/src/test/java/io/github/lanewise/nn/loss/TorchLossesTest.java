package io.github.lanewise.nn.loss;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** Sequences without alignment, and samples compared with each other, beside PyTorch. */
class TorchLossesTest {

    private static final Shape STEPS = new Shape(7, 5);

    static Stream<GoldenCase> ctc() {
        return TorchNumbers.cases("more_losses").filter(c -> c.name().startsWith("ctc"));
    }

    private static Targets targets(GoldenCase golden) {
        int[] all = golden.integers("target");
        int[][] rows = new int[4][];
        for (int i = 0; i < 4; i++) {
            int from = 3 * i;
            int count = (int) Arrays.stream(all, from, from + 3).takeWhile(l -> l >= 0).count();
            rows[i] = Arrays.copyOfRange(all, from, from + count);
        }
        boolean few = golden.name().equals("ctc zero infinity");
        return CTCLoss.targets(rows, few ? new int[] {7, 5, 2, 6} : new int[] {7, 5, 4, 6});
    }

    private static CTCLoss loss(String name) {
        return switch (name) {
            case "ctc mean" -> new CTCLoss();
            case "ctc sum" -> new CTCLoss().reduction(Reduction.SUM);
            case "ctc blank 4" -> new CTCLoss().blank(4);
            case "ctc zero infinity" -> new CTCLoss().withZeroInfinity();
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @MethodSource("ctc")
    void sequencesMatchPyTorch(GoldenCase golden) {
        Workspace workspace = Workspace.training(4);
        Pass softmax = new LogSoftmax().bind(STEPS, workspace);
        LossPass pass = loss(golden.name()).bind(STEPS, workspace);
        Targets targets = targets(golden);
        pass.check(targets);
        Matrix logits = golden.batch("prediction");
        golden.check("loss", pass.forward(softmax.forward(logits), targets));
        golden.check("dprediction", values(softmax.backward(pass.backward())));
    }

    /** The derivative of each log-probability by itself. */
    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("ctc")
    void gradientsAreDerivatives(GoldenCase golden) {
        LossPass pass = loss(golden.name()).bind(STEPS, Workspace.training(4));
        Targets targets = targets(golden);
        Matrix x = gaussian(4, 35, 3);
        for (int i = 0; i < x.size(); i++) {
            x.data()[i] -= 2;
        }
        pass.forward(x, targets);
        float[] gradient = values(pass.backward()).clone();
        float largest = 0;
        for (int i = 0; i < x.size(); i++) {
            float before = x.data()[i];
            x.data()[i] = before + 0x1p-7f;
            double up = pass.forward(x, targets);
            x.data()[i] = before - 0x1p-7f;
            double down = pass.forward(x, targets);
            x.data()[i] = before;
            assertEquals((up - down) * 0x1p6, gradient[i], 1e-3, "element " + i);
            largest = Math.max(largest, Math.abs(gradient[i]));
        }
        assertTrue(largest > 0.05);
    }

    /** All ways of two steps to one label: it twice, or once with a blank on either side. */
    @Test
    void probabilitiesOfAllWaysAddUp() {
        Matrix x = Matrix.row(0.1f, 0.6f, 0.3f, 0.5f, 0.2f, 0.3f);
        for (int i = 0; i < 6; i++) {
            x.data()[i] = (float) Math.log(x.data()[i]);
        }
        LossPass pass =
                new CTCLoss().reduction(Reduction.SUM).bind(new Shape(2, 3), Workspace.training(1));
        double ways = 0.6 * 0.2 + 0.6 * 0.5 + 0.1 * 0.2;
        assertEquals(-Math.log(ways), pass.forward(x, CTCLoss.targets(new int[][] {{1}})), 1e-6);
        assertEquals(
                -Math.log(0.6 * 0.3), pass.forward(x, CTCLoss.targets(new int[][] {{1, 2}})), 1e-6);
        Targets repeated = CTCLoss.targets(new int[][] {{1, 1}});
        assertEquals(Float.POSITIVE_INFINITY, pass.forward(x, repeated));
        assertTrue(Float.isNaN(pass.backward().at(0, 0)));
        LossPass zero =
                new CTCLoss().withZeroInfinity().bind(new Shape(2, 3), Workspace.training(1));
        assertEquals(0, zero.forward(x, repeated));
        assertArrayEquals(new float[6], values(zero.backward()));
    }

    /** A label that cannot be, minus infinity, leaves all other numbers finite. */
    @Test
    void impossibleClassesHaveNoShare() {
        Matrix x = gaussian(1, 35, 4);
        float[] row = x.data();
        row[3] = Float.NEGATIVE_INFINITY;
        row[5] = Float.NEGATIVE_INFINITY;
        LossPass pass = new CTCLoss().bind(STEPS, Workspace.training(1));
        assertTrue(Float.isFinite(pass.forward(x, CTCLoss.targets(new int[][] {{3, 2}}))));
        for (float gradient : values(pass.backward())) {
            assertTrue(Float.isFinite(gradient));
        }
    }

    static Stream<Targets> wrongLabels() {
        return Stream.of(
                Targets.labels(new int[][] {{0}}),
                Targets.labels(new int[][] {{5}}),
                Targets.labels(new int[][] {{1, -1, 2}}),
                CTCLoss.targets(new int[][] {{1}}, new int[] {8}),
                Targets.none(1));
    }

    @ParameterizedTest
    @MethodSource("wrongLabels")
    void wrongLabelsAreNamedBeforeTraining(Targets targets) {
        LossPass pass = new CTCLoss().bind(STEPS, Workspace.training(1));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> pass.check(targets));
        assertTrue(e.getMessage().startsWith("CTCLoss: "), e::getMessage);
        assertThrows(
                IllegalArgumentException.class, () -> pass.forward(gaussian(1, 35, 1), targets));
    }

    static Stream<GoldenCase> contrastive() {
        return TorchNumbers.cases("more_losses").filter(c -> !c.name().startsWith("ctc"));
    }

    private static Loss contrastive(String name) {
        Reduction reduction = name.endsWith("mean") ? Reduction.MEAN : Reduction.SUM;
        return switch (name.replaceAll(" (mean|sum)$", "")) {
            case "nt-xent" -> new NTXentLoss(0.3f, reduction);
            case "infonce" -> new InfoNCELoss(0.3f, false, reduction);
            case "infonce symmetric" -> new InfoNCELoss(0.3f, true, reduction);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @MethodSource("contrastive")
    void comparedSamplesMatchPyTorch(GoldenCase golden) {
        LossPass pass = contrastive(golden.name()).bind(new Shape(2, 5), Workspace.training(6));
        golden.input("target");
        float loss = pass.forward(golden.batch("prediction"), Targets.none(6));
        golden.check("loss", loss);
        golden.check("dprediction", values(pass.backward()));
        float sum = 0;
        for (float each : values(pass.losses())) {
            sum += each;
        }
        assertEquals(golden.name().endsWith("mean") ? 6 * loss : loss, sum, 1e-5);
        assertEquals(LossPass.NO_ACCURACY, pass.judged(Targets.none(6)));
    }

    /** A vector of zeros has no direction and does not move. */
    @Test
    void zerosHaveNoGradient() {
        Matrix x = gaussian(3, 10, 1);
        Arrays.fill(x.data(), 0, 5, 0);
        for (Loss loss : new Loss[] {new NTXentLoss(), new InfoNCELoss()}) {
            LossPass pass = loss.bind(new Shape(2, 5), Workspace.training(3));
            assertTrue(Float.isFinite(pass.forward(x, Targets.none(3))));
            float[] gradient = values(pass.backward());
            assertArrayEquals(new float[5], Arrays.copyOf(gradient, 5));
            assertTrue(gradient[6] != 0);
        }
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new CTCLoss().blank(-1),
                () -> new CTCLoss().blank(5).bind(STEPS, Workspace.training(1)),
                () -> new CTCLoss().bind(new Shape(35), Workspace.training(1)),
                () -> CTCLoss.targets(new int[][] {{1}}, new int[] {1, 2}),
                () -> CTCLoss.targets(new int[][] {{1}}, new int[] {-1}),
                () -> new NTXentLoss(0),
                () -> new NTXentLoss(1, Reduction.BATCH_MEAN),
                () -> new NTXentLoss().bind(new Shape(5), Workspace.training(2)),
                () -> new NTXentLoss().bind(new Shape(2, 5), Workspace.training(1)),
                () -> new InfoNCELoss(Float.NaN, true, Reduction.MEAN),
                () ->
                        new InfoNCELoss()
                                .bind(new Shape(2, 5), Workspace.training(2))
                                .forward(
                                        gaussian(2, 10, 1),
                                        Targets.weighted(Targets.none(2), 1, 2)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatCannotBeIsRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }

    /** Nobody says where in ten steps the labels are: the network learns it. */
    @Test
    void labelsAreFoundWithoutAlignment() {
        int[][] labels = {{1, 2}, {2, 1}, {1}, {2, 2}};
        Matrix inputs = Matrix.zeros(4, 10);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < labels[i].length; j++) {
                inputs.data()[10 * i + 1 + 5 * j + i] = labels[i][j];
            }
        }
        Sequential model =
                new Sequential(
                        new Reshape(10, 1),
                        new Linear(1, 16),
                        new ReLU(),
                        new Linear(16, 3),
                        new LogSoftmax());
        TrainingStep step =
                new TrainingStep(model, new CTCLoss(), new Adam(0.02f), new Shape(10), 4);
        float loss = 0;
        for (int i = 0; i < 300; i++) {
            loss = step.run(inputs, CTCLoss.targets(labels));
        }
        assertTrue(loss < 0.05, "loss " + loss);
    }
}
