package io.github.lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.augment.AugmentedDataset;
import io.github.lanewise.nn.augment.MixedDataset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is made of sequences of unequal length keeps their lengths, or refuses them. */
class WrappedLengthsTest {

    private static final Targets LABELS = Targets.labels(0, 1, 0);

    private static SequenceDataset sequences() {
        float[][][] sequences = {{{1}, {2}}, {{3}}, {{4}, {5}, {6}}};
        return Dataset.ofSequences(sequences, LABELS);
    }

    static Stream<Dataset> wrapped() {
        SequenceDataset source = sequences();
        return Stream.of(
                source.map(new Shape(3, 2), (from, to) -> to[0] = from[0]),
                source.withTargets(Targets.labels(1, 1, 0)),
                source.subset(0, 1, 2),
                new AugmentedDataset(source, 1),
                Dataset.concat(source.range(0, 1), source.range(1, 3)),
                Dataset.concat(source.map(source.shape(), (from, to) -> {}), sequences()));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void lengthsArePassedOn(Dataset dataset) {
        Batch batch = new Batch(dataset, 3);
        batch.load(new int[] {2, 0, 1}, 0);
        Lengths lengths = batch.lengths();
        int[] found = IntStream.range(0, 3).map(lengths::at).toArray();
        assertArrayEquals(new int[] {3, 2, 1}, found);
    }

    @Test
    void whatWouldLoseThemIsRefused() {
        assertRefused("keep their steps", () -> sequences().map(new Shape(6), (from, to) -> {}));
        assertRefused("unequal length", () -> MixedDataset.mixup(sequences(), 2, 0.2, 1));
        Dataset equal =
                Dataset.of(new float[3][3], new int[] {0, 1, 0})
                        .map(new Shape(3, 1), (from, to) -> {});
        assertRefused("unequal length", () -> Dataset.concat(sequences(), equal));
        assertEquals(3, equal.size());
    }

    private static void assertRefused(String part, Executable executable) {
        Exception e = assertThrows(IllegalArgumentException.class, executable);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }
}
