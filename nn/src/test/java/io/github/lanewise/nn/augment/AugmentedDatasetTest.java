package io.github.lanewise.nn.augment;

import static io.github.lanewise.nn.Matrices.gaussian;
import static io.github.lanewise.nn.Matrices.values;
import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Augmented and mixed samples: a function of (seed, epoch, sample). */
class AugmentedDatasetTest {

    private static final int SIZE = 40;
    private static final Shape IMAGE = new Shape(2, 6, 5);
    private static final Matrix PIXELS = gaussian(SIZE, 60, 1);
    private static final int[] LABELS = IntStream.range(0, SIZE).map(i -> i % 3).toArray();
    private static final Dataset PLAIN = Dataset.of(PIXELS, IMAGE, Targets.labels(LABELS));

    private static Dataset augmented(long seed) {
        return new AugmentedDataset(
                PLAIN,
                seed,
                RandomFlip.horizontal(0.5),
                new RandomAffine(20, 0.1, 0.8, 1.2, 5, -1),
                new RandomCrop(1),
                new RandomErasing(0.5),
                new RandomScale(0.9, 1.1),
                new RandomNoise(0.1),
                new RandomShift(1, 1),
                new RandomMask(2, 2),
                new RandomWindow(0.7, 1));
    }

    private static Dataset mixed(long seed) {
        return MixedDataset.cutmix(MixedDataset.mixup(augmented(seed), 3, 0.4, seed), 3, 1, seed);
    }

    private static float[] gathered(Dataset data, long epoch, int... rows) {
        Batch batch = new Batch(data, rows.length);
        batch.load(rows, 0, epoch);
        float[] inputs = values(batch.inputs());
        if (batch.targets() instanceof Targets.Values targets) {
            float[] shares = values(targets.rows());
            float[] both = Arrays.copyOf(inputs, inputs.length + shares.length);
            System.arraycopy(shares, 0, both, inputs.length, shares.length);
            return both;
        }
        return inputs;
    }

    @Test
    void samplesDoNotDependOnTheBatchThatTheyAreIn() throws InterruptedException {
        for (UnaryOperator<Dataset> kind :
                List.<UnaryOperator<Dataset>>of(d -> augmented(7), d -> mixed(7))) {
            float[] alone = gathered(kind.apply(null), 3, 5);
            Dataset other = kind.apply(null);
            gathered(other, 2, 1, 2, 3);
            float[] among = gathered(other, 3, 9, 5, 5);
            assertArrayEquals(Arrays.copyOf(alone, 60), Arrays.copyOfRange(among, 60, 120));
            assertArrayEquals(Arrays.copyOf(alone, 60), Arrays.copyOfRange(among, 120, 180));
            float[][] seen = new float[4][];
            Thread[] threads = new Thread[4];
            for (int t = 0; t < 4; t++) {
                int number = t;
                threads[t] = new Thread(() -> seen[number] = gathered(other, 3, 5));
                threads[t].start();
            }
            for (int t = 0; t < 4; t++) {
                threads[t].join();
                assertArrayEquals(alone, seen[t]);
            }
        }
    }

    @Test
    void epochsSamplesAndSeedsDiffer() {
        float[] one = gathered(augmented(7), 3, 5);
        assertFalse(Arrays.equals(one, gathered(augmented(7), 4, 5)));
        assertFalse(Arrays.equals(one, gathered(augmented(8), 3, 5)));
        Dataset equal =
                new AugmentedDataset(
                        Dataset.of(Matrix.zeros(2, 60), IMAGE, Targets.none(2)),
                        1,
                        new RandomNoise(1));
        assertFalse(Arrays.equals(gathered(equal, 0, 0), gathered(equal, 0, 1)));
    }

    @Test
    void outsideOfTrainingSamplesAreAsTheyAre() {
        float[] plain = gathered(PLAIN, Dataset.NO_EPOCH, 5, 9);
        assertArrayEquals(plain, gathered(augmented(7), Dataset.NO_EPOCH, 5, 9));
        float[] mixed = gathered(mixed(7), Dataset.NO_EPOCH, 5, 9);
        assertArrayEquals(plain, Arrays.copyOf(mixed, 120));
        assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0}, Arrays.copyOfRange(mixed, 120, 126));
    }

    /** A subset keeps the numbers of the whole; a range of it, too. */
    @Test
    void partsOfItAreAugmentedAsTheWhole() {
        assertArrayEquals(
                gathered(augmented(7), 2, 12),
                gathered(augmented(7).range(10, 20).subset(2, 3), 2, 0));
        assertArrayEquals(
                gathered(augmented(7), 2, 12),
                gathered(Dataset.concat(PLAIN.range(0, 3), augmented(7)), 2, 15));
    }

    private static float[] trained(UnaryOperator<Trainer> settings) {
        Sequential model = new Sequential(new Conv2d(2, 3, 3), new Flatten(), new Linear(36, 3));
        Trainer trainer =
                new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.05f).momentum(0.9f));
        settings.apply(trainer).fit(mixed(3), 3, 7);
        return weights(model);
    }

    @Test
    void aRunHasTheSameBitsHoweverSamplesAreGathered(@TempDir Path folder) {
        float[] expected = trained(trainer -> trainer);
        assertArrayEquals(expected, trained(trainer -> trainer.prefetch(3)));
        trained(t -> t.checkpoints(new Checkpoints(folder).everySteps(4).keep(99)));
        Path file = folder.resolve("step-000000000008.safetensors");
        assertArrayEquals(expected, trained(trainer -> trainer.resume(file)));
        assertArrayEquals(
                trained(trainer -> trainer.shards(2)),
                trained(trainer -> trainer.shards(2).prefetch(1)));
    }

    @Test
    void mixedTargetsAreTheSharesOfTheSamples() {
        Matrix x = Matrix.zeros(2, 16);
        Arrays.fill(x.data(), 16, 32, 1);
        Dataset two = Dataset.of(x, new Shape(1, 4, 4), Targets.labels(0, 1));
        int mixedOnes = 0;
        for (Dataset data :
                new Dataset[] {
                    MixedDataset.mixup(two, 2, 1, 5), MixedDataset.cutmix(two, 2, 1, 5)
                }) {
            for (int epoch = 0; epoch < 50; epoch++) {
                float[] one = gathered(data, epoch, 0);
                double ink = 0;
                for (int i = 0; i < 16; i++) {
                    ink += one[i] / 16;
                }
                assertEquals(ink, one[17], 1e-6);
                assertEquals(1, one[16] + one[17], 1e-6);
                mixedOnes += one[17] > 0 && one[17] < 1 ? 1 : 0;
            }
        }
        org.junit.jupiter.api.Assertions.assertTrue(mixedOnes > 30, mixedOnes + " are mixed");
    }

    /** Beta(a, a) has the mean 1/2 and the variance 1 / (4 (2 a + 1)). */
    @Test
    void sharesFollowTheBetaDistribution() {
        Matrix x = Matrix.zeros(2, 1);
        x.data()[1] = 1;
        Dataset two = Dataset.of(x, new Shape(1), Targets.labels(0, 1));
        for (double alpha : new double[] {0.3, 1, 4}) {
            Dataset data = MixedDataset.mixup(two, 2, alpha, 5);
            int count = 0;
            double sum = 0;
            double squares = 0;
            for (int epoch = 0; epoch < 20_000; epoch++) {
                float share = gathered(data, epoch, 1)[0];
                // half of the partners are the sample itself; then nothing is known of the share
                if (share < 1) {
                    count++;
                    sum += share;
                    squares += (share - 0.5) * (share - 0.5);
                }
            }
            double variance = 1 / (4 * (2 * alpha + 1));
            assertEquals(0.5, sum / count, 5 * Math.sqrt(variance / count), "alpha " + alpha);
            assertEquals(variance, squares / count, 0.05 * variance, "alpha " + alpha);
        }
    }

    @Test
    void rowsOfNumbersAreMixedToo() {
        Dataset data = MixedDataset.mixup(PLAIN.reconstructing(), 0, 1, 5);
        float[] one = gathered(data, 3, 4);
        assertArrayEquals(Arrays.copyOf(one, 60), Arrays.copyOfRange(one, 60, 120), 1e-6f);
    }

    @Test
    void whatCannotBeIsRefused() {
        Dataset series = Dataset.of(PIXELS, new Shape(30, 2), Targets.labels(LABELS));
        assertEquals(
                "RandomCrop: samples are 30x2; they must be images, channels x height x width",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new AugmentedDataset(series, 1, new RandomCrop(1)))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new AugmentedDataset(series, 1, RandomFlip.horizontal(0.5)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new AugmentedDataset(series, 1, new RandomShift(30, 0)));
        assertThrows(IllegalArgumentException.class, () -> new RandomFlip(1.5, 0));
        assertThrows(IllegalArgumentException.class, () -> new RandomAffine(0, 0, 0, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RandomAffine(-1, 0, 1, 1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RandomNoise(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new RandomScale(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new RandomWindow(0, 0));
        assertThrows(IllegalArgumentException.class, () -> MixedDataset.mixup(PLAIN, 3, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> MixedDataset.cutmix(series, 3, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> MixedDataset.mixup(PLAIN, 2, 1, 1));
        Dataset weighted = PLAIN.withTargets(Targets.weighted(PLAIN.targets(), new float[SIZE]));
        assertThrows(IllegalArgumentException.class, () -> MixedDataset.mixup(weighted, 3, 1, 1));
    }
}
