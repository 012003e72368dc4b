package io.github.lanewise.nn.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What holds for every network, tried on random ones; see {@link RandomSettings}. */
class RandomGraphTest {

    private static final int STEPS = 2;

    /** Kinks, such as that of ReLU, spoil a central difference now and then, but not always. */
    private static final int GRADIENT_ATTEMPTS = 6;

    /** Many layers round more than the one or two for which {@link GradientCheck} is strict. */
    private static final double GRADIENT_TOLERANCE = 10 * GradientCheck.TOLERANCE;

    /** What rounding of one output, of size 1, can do to a difference over twice 2^-6. */
    private static final double NOISE_OF_AN_OUTPUT = 0x1p-19;

    /**
     * A map of attention has none. Where pooled windows overlap, several values are for one place,
     * and each takes the gradient of that place although the last one counts, as in PyTorch.
     */
    private static final Pattern WITHOUT_GRADIENT = Pattern.compile("AttentionMap|MaxUnpool");

    @TempDir private Path folder;

    @TestFactory
    Stream<DynamicTest> oneThreadGivesTheBitsOfSeveral() {
        return RandomSettings.forEachSeed(
                150,
                seed -> {
                    RandomGraph graph = RandomGraph.of(seed);
                    int batch = graph.batch();
                    long team = trained(graph, Workspace.training(batch));
                    long solo = trained(RandomGraph.of(seed), Workspace.training(batch).solo());
                    assertEquals(team, solo, graph::toString);
                });
    }

    private static long trained(RandomGraph graph, Workspace workspace) {
        graph.model().initialize(3);
        return Bits.ofTraining(graph, graph.model(), workspace, STEPS);
    }

    @TestFactory
    Stream<DynamicTest> anySplitOfABatchGivesTheSameBits() {
        return RandomSettings.forEachSeed(150, RandomGraphTest::checkSplits);
    }

    private static void checkSplits(long seed) {
        RandomGraph graph = RandomGraph.of(seed);
        graph.model().initialize(3);
        Bits.ofTraining(graph, graph.model(), Workspace.training(graph.batch()), 1);
        Draw d = new Draw(seed, false);
        int rows = d.among(1, 20);
        Matrix samples = graph.samples(rows, 9);
        InferenceSession whole = InferenceSession.of(graph.model(), graph.input(), rows);
        InferenceSession parts =
                InferenceSession.of(graph.model(), graph.input(), d.among(1, rows));
        float[] expected = Matrices.values(whole.predict(samples));
        assertSame(expected, Matrices.values(parts.predict(samples)), graph);
        assertSame(expected, Matrices.values(parts.onCallersThread().predict(samples)), graph);
        int row = d.among(0, rows - 1);
        float[] sample = Matrices.values(samples.rowRange(row, row + 1));
        int outputs = whole.outputShape().features();
        float[] its = new float[outputs];
        System.arraycopy(expected, row * outputs, its, 0, outputs);
        assertSame(its, parts.predict(sample), graph);
    }

    private static void assertSame(float[] expected, float[] actual, RandomGraph graph) {
        assertArrayEquals(expected, actual, graph::toString);
    }

    @TestFactory
    Stream<DynamicTest> aSavedModelComesBackTheSame() {
        return RandomSettings.forEachSeed(80, this::checkFile);
    }

    private void checkFile(long seed) {
        RandomGraph graph = RandomGraph.of(seed);
        Layer model = graph.model();
        model.initialize(3);
        Workspace workspace = Workspace.training(graph.batch());
        Bits.ofTraining(graph, model, workspace, STEPS);
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        try {
            ModelFile.save(model, first);
            Layer loaded = ModelFile.load(first);
            ModelFile.open(first).save(second);
            assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
            assertEquals(
                    Bits.ofTraining(graph, model, workspace, STEPS),
                    Bits.ofTraining(graph, loaded, workspace, STEPS),
                    graph::toString);
        } catch (IOException e) {
            throw new UncheckedIOException(graph.toString(), e);
        }
    }

    @TestFactory
    Stream<DynamicTest> gradientsAgreeWithCentralDifferences() {
        return RandomSettings.forEachSeed(
                25,
                seed -> {
                    RandomGraph graph = RandomGraph.of(seed);
                    if (Stochastic.all(graph.model()).isEmpty()
                            && graph.integers() == 0
                            && !WITHOUT_GRADIENT.matcher(graph.toString()).find()) {
                        checkGradient(graph);
                    }
                });
    }

    private static void checkGradient(RandomGraph graph) {
        GradientCheck.Result result = null;
        for (int attempt = 0; attempt < GRADIENT_ATTEMPTS; attempt++) {
            graph.model().initialize(3);
            moveOffKinks(graph.model(), attempt);
            result = GradientCheck.of(graph.model(), graph.input(), graph.batch(), attempt);
            if (agrees(result, graph)) {
                return;
            }
        }
        throw new AssertionError(result + " in " + graph);
    }

    /** A gradient that is 0, as of a bias before a normalization, differs by rounding alone. */
    private static boolean agrees(GradientCheck.Result result, RandomGraph graph) {
        if (result.error() <= GRADIENT_TOLERANCE) {
            return true;
        }
        int outputs = graph.batch() * graph.model().outputShape(graph.input()).features();
        double noise = 16 * NOISE_OF_AN_OUTPUT * Math.sqrt(outputs);
        // As in PyTorch, a window with padding alone has no largest element, and less than 0 no
        // root.
        boolean none = graph.toString().matches("(?s).*(Max|LP)Pool.*");
        boolean noDifference = none && Double.isNaN(result.expected());
        return noDifference || Math.abs(result.expected() - result.got()) <= noise;
    }

    /** A bias that begins as 0 leaves what padding makes at the kink of ReLU, whatever is drawn. */
    private static void moveOffKinks(Layer model, long seed) {
        Draw d = new Draw(seed, false);
        for (Param parameter : model.parameters().values()) {
            Matrix moves = d.gaussian(1, parameter.size());
            for (int i = 0; i < parameter.size(); i++) {
                parameter.value().data()[i] += 0.1f * moves.at(0, i);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> aShapeThatDoesNotFitIsOneNamedError() {
        return RandomSettings.forEachSeed(
                300,
                seed -> {
                    RandomGraph graph = RandomGraph.of(seed);
                    Draw d = new Draw(seed, false);
                    Shape other = d.shape(d.among(1, 4));
                    int batch = d.among(1, 5);
                    try {
                        Shape made = graph.model().outputShape(other);
                        Bits.ofTraining(
                                new RandomGraph(seed, graph.model(), other, batch, 1),
                                graph.model(),
                                Workspace.training(batch),
                                1);
                        assertTrue(made.features() > 0);
                    } catch (IllegalArgumentException e) {
                        Complaints.require(e);
                        assertThrows(
                                IllegalArgumentException.class,
                                () -> graph.model().bind(other, Workspace.training(batch)));
                    }
                });
    }
}
