package io.github.lanewise.nn.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Attention in blocks has the bits of attention at once, and memory linear in the steps. */
@Tag("contract")
class AttentionBlocksTest {

    private static final int BATCH = 2;
    private static final int STEPS = 75;
    private static final int FEATURES = 12;

    static Stream<Supplier<MultiheadAttention>> layers() {
        return Stream.of(
                () -> new MultiheadAttention(FEATURES, 3),
                () -> new MultiheadAttention(FEATURES, 3).causal(),
                () -> new MultiheadAttention(FEATURES, 6).keyValueHeads(2),
                () -> new MultiheadAttention(FEATURES, 6).keyValueHeads(1).causal().rotary(),
                () -> new MultiheadAttention(FEATURES, 3).dropout(0.2f),
                () -> new MultiheadAttention(FEATURES, 6).keyValueHeads(3).causal().dropout(0.2f));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void blocksHaveTheBitsOfTheWhole(Supplier<MultiheadAttention> layer) {
        List<float[]> whole = results(layer.get());
        List<float[]> blocks = results(SmallBlocks.of(layer.get()));
        for (int i = 0; i < whole.size(); i++) {
            assertArrayEquals(whole.get(i), blocks.get(i), "result " + i);
        }
    }

    /** Returns outputs, weights and all gradients, with padding and something added to scores. */
    private static List<float[]> results(MultiheadAttention layer) {
        layer.place();
        Shape shape = new Shape(STEPS, FEATURES);
        AttentionPass pass = layer.bind(shape, Workspace.training(BATCH));
        boolean[][] ignored = new boolean[BATCH][STEPS];
        Arrays.fill(ignored[1], 40, STEPS, true);
        ignored[0][0] = true;
        pass.keyPaddingMask(ignored);
        pass.attnMask(Matrices.gaussian(STEPS, STEPS, 3));
        List<float[]> results = new ArrayList<>();
        for (int step = 0; step < 2; step++) {
            Matrix x = Matrices.gaussian(BATCH, shape.features(), 4 + step);
            results.add(Matrices.values(pass.forward(x)));
            results.add(Matrices.values(pass.weights()));
            results.add(Matrices.values(pass.averageWeights()));
            Matrix dy = Matrices.gaussian(BATCH, shape.features(), 8);
            results.add(Matrices.values(pass.backward(dy)));
        }
        for (Param parameter : layer.parameters().values()) {
            results.add(Matrices.values(parameter.gradient()));
        }
        return results;
    }

    @Test
    void shortSequencesAreOneBlock() {
        AttentionExtent extent = new AttentionExtent(64, 4, 4, 16, 128, 128, false, false);
        assertEquals(1, AttentionBlocks.USUAL.of(extent, true).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65_536})
    void blocksAreLinearInTheSteps(int steps) {
        AttentionExtent extent = new AttentionExtent(64, 4, 4, 16, steps, steps, true, false);
        long most = Math.max(1 << 20, 32L * steps);
        long rows = 0;
        for (AttentionBlocks.Block block : AttentionBlocks.USUAL.of(extent, true)) {
            assertTrue((long) block.rows() * block.columns() <= most, block::toString);
            rows += block.rows();
        }
        assertEquals(64L * 4 * steps, rows);
    }

    /** A later step, and how many there are, change no bit of an earlier one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 16, 17, 31, 33, 64})
    void aCausalPrefixHasTheBitsOfTheWhole(int steps) {
        MultiheadAttention layer = new MultiheadAttention(FEATURES, 3).causal().rotary();
        Matrix x = Matrices.gaussian(1, STEPS * FEATURES, 1);
        Matrix whole = layer.bind(new Shape(STEPS, FEATURES), Workspace.inference(1)).forward(x);
        Shape shape = new Shape(steps, FEATURES);
        Matrix prefix = Matrix.of(x.data(), 1, shape.features());
        Matrix part = layer.bind(shape, Workspace.inference(1)).forward(prefix);
        assertArrayEquals(
                Arrays.copyOf(Matrices.values(whole), shape.features()), Matrices.values(part));
    }
}
