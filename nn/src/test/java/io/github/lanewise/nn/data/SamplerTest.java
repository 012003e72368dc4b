package io.github.lanewise.nn.data;

import static io.github.lanewise.nn.Matrices.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

class SamplerTest {

    private static int[] drawn(Sampler sampler, int size, long seed) {
        int[] order = new int[sampler.samples(size)];
        sampler.draw(new RandomStream(seed), size, order);
        return order;
    }

    @Test
    void weightsAreChances() {
        int[] order = drawn(Sampler.weighted(40_000, 0, 1, 3, 0), 4, 1);
        int[] counts = new int[4];
        Arrays.stream(order).forEach(i -> counts[i]++);
        assertEquals(0, counts[0]);
        assertEquals(0, counts[3]);
        // five standard deviations of a binomial count
        assertEquals(10_000, counts[1], 5 * Math.sqrt(40_000 * 0.25 * 0.75));
        assertArrayEquals(order, drawn(Sampler.weighted(40_000, 0, 1, 3, 0), 4, 1));
        assertFalse(Arrays.equals(order, drawn(Sampler.weighted(40_000, 0, 1, 3, 0), 4, 2)));
    }

    @Test
    void classesAreBalanced() {
        int[] classes = IntStream.range(0, 3000).map(i -> i < 30 ? 0 : i < 300 ? 2 : 5).toArray();
        int[] counts = new int[6];
        Arrays.stream(drawn(Sampler.balanced(classes), 3000, 1)).forEach(i -> counts[classes[i]]++);
        for (int c : new int[] {0, 2, 5}) {
            assertEquals(1000, counts[c], 5 * Math.sqrt(3000 * 2 / 9.0));
        }
    }

    @Test
    void groupsComeTogetherEachSampleOnce() {
        int[] groups = IntStream.range(0, 100).map(i -> i * 7 % 10).toArray();
        int[] order = drawn(Sampler.byGroup(groups), 100, 1);
        int changes = 0;
        for (int i = 1; i < 100; i++) {
            changes += groups[order[i]] == groups[order[i - 1]] ? 0 : 1;
        }
        assertEquals(9, changes);
        assertPermutation(order);
    }

    private static void assertPermutation(int[] order) {
        assertArrayEquals(
                IntStream.range(0, order.length).toArray(),
                Arrays.stream(order).sorted().toArray());
    }

    @Test
    void blocksAreShuffledAndSamplesWithinAFew() {
        int[] order = drawn(Sampler.blocks(10, 2), 105, 1);
        assertPermutation(order);
        for (int window = 0; window < 100; window += 20) {
            long blocks =
                    Arrays.stream(order, window, Math.min(window + 20, 105))
                            .map(i -> i / 10)
                            .distinct()
                            .count();
            assertTrue(blocks <= 3, "from " + window);
        }
        assertFalse(Arrays.equals(order, drawn(Sampler.blocks(10, 2), 105, 2)));
    }

    @Test
    void fitTakesWhatTheSamplerDraws(@TempDir Path folder) {
        int[] labels = IntStream.range(0, 40).map(i -> i < 4 ? 1 : 0).toArray();
        Dataset data = SplitsTest.numbered(40, labels);
        Linear first = new Linear(1, 2);
        Sampler rare = Sampler.weighted(24, Arrays.stream(labels).asDoubleStream().toArray());
        Trainer trainer =
                new Trainer(first, new SoftmaxCrossEntropy(), new SGD(0.01f)).sampler(rare);
        trainer.checkpoints(new Checkpoints(folder).everySteps(2).keep(100));
        assertEquals(24, trainer.fit(data, 1, 10).epochs().getFirst().training().samples());
        Linear second = new Linear(1, 2);
        new Trainer(second, new SoftmaxCrossEntropy(), new SGD(0.01f))
                .sampler(rare)
                .fit(data, 1, 10);
        assertArrayEquals(weights(first), weights(second));
        Trainer other = new Trainer(second, new SoftmaxCrossEntropy(), new SGD(0.01f));
        other.resume(folder.resolve("step-000000000002.safetensors"));
        UncheckedIOException e =
                assertThrows(UncheckedIOException.class, () -> other.fit(data, 1, 10));
        assertTrue(e.getMessage().contains("sampler"), e::getMessage);
    }

    @Test
    void whatCannotBeDrawnFromIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Sampler.weighted(0, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> Sampler.weighted(5, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Sampler.weighted(5, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> Sampler.weighted(5, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Sampler.weighted(5, 1, 2).samples(3));
        assertThrows(IllegalArgumentException.class, () -> Sampler.byGroup(1, 2).samples(3));
        assertThrows(IllegalArgumentException.class, () -> Sampler.blocks(0, 1));
    }
}
