package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Axis;
import io.github.lanewise.engine.Convolution;
import io.github.lanewise.engine.Window;

import org.junit.jupiter.api.Test;

class WinogradTest {

    private static boolean suits(int in, int out, int groups, Axis axis) {
        return Winograd.suits(new Convolution(in, out, groups, new Window(axis, axis)));
    }

    @Test
    void suitsLargeDenseConvolutionsOfManyChannels() {
        assertTrue(suits(16, 32, 1, Axis.of(12, 5, 1, 0, 1)));
        assertTrue(suits(32, 64, 2, Axis.of(28, 3, 1, 1, 1)));
    }

    @Test
    void doesNotSuitFewChannels() {
        assertFalse(suits(1, 16, 1, Axis.of(28, 5, 1, 0, 1)));
        assertFalse(suits(32, 15, 1, Axis.of(28, 3, 1, 1, 1)));
        assertFalse(suits(32, 32, 32, Axis.of(28, 3, 1, 1, 1)));
    }

    @Test
    void doesNotSuitStridesDilationsAndOtherKernels() {
        assertFalse(suits(32, 32, 1, Axis.of(28, 3, 2, 1, 1)));
        assertFalse(suits(32, 32, 1, Axis.of(28, 3, 1, 2, 2)));
        assertFalse(suits(32, 32, 1, Axis.of(28, 1, 1, 0, 1)));
        assertFalse(suits(32, 32, 1, Axis.of(28, 7, 1, 3, 1)));
    }

    @Test
    void doesNotSuitImagesOfWhichTilesStickOutFar() {
        assertFalse(suits(64, 64, 1, Axis.of(2, 3, 1, 1, 1)));
        assertFalse(suits(64, 64, 1, Axis.of(7, 3, 1, 1, 1)));
    }

    @Test
    void doesNotSuitMorePairsOfChannelsThanACacheHolds() {
        assertTrue(suits(256, 256, 1, Axis.of(28, 3, 1, 1, 1)));
        assertFalse(suits(256, 257, 1, Axis.of(28, 3, 1, 1, 1)));
        assertTrue(suits(512, 512, 4, Axis.of(28, 3, 1, 1, 1)));
    }

    /**
     * With 9 for the 8 or 4 for the 3 of the rule the first does not, with 7 or 2 the second does.
     */
    @Test
    void suitsWhereTheRuleOfTheContractSaysSo() {
        assertTrue(suits(16, 16, 1, Axis.of(6, 3, 1, 1, 1)));
        assertFalse(suits(32, 32, 1, Axis.of(8, 3, 1, 1, 1)));
    }

    /** They would get rounding errors for a gradient in place of 0. */
    @Test
    void doesNotSuitImagesOfWhichWindowsDoNotSeeAll() {
        assertTrue(suits(32, 32, 1, new Axis(26, 3, 1, 0, 1, 24)));
        assertFalse(suits(32, 32, 1, new Axis(26, 3, 1, 0, 1, 23)));
    }

    @Test
    void tilesCoverAllOutputs() {
        Axis axis = Axis.of(14, 3, 1, 1, 1);
        assertEquals(6, Winograd.outputs(axis));
        assertEquals(3, Winograd.tiles(axis));
    }
}
