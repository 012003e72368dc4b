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
        return points(in, out, groups, axis) != null;
    }

    private static WinogradPoints points(int in, int out, int groups, Axis axis) {
        return Winograd.points(new Convolution(in, out, groups, new Window(axis, axis)));
    }

    private static WinogradPoints ofThree(int channels, int size) {
        return points(channels, channels, 1, Axis.of(size, 3, 1, 1, 1));
    }

    @Test
    void suitsLargeDenseConvolutionsOfManyChannels() {
        assertEquals(WinogradPoints.EIGHT, points(16, 32, 1, Axis.of(12, 5, 1, 0, 1)));
        assertEquals(WinogradPoints.EIGHT, points(32, 64, 2, Axis.of(28, 3, 1, 1, 1)));
        assertEquals(WinogradPoints.SIX, points(32, 64, 2, Axis.of(32, 3, 1, 1, 1)));
    }

    @Test
    void takesThePointsWhoseTilesTakeLessWork() {
        assertEquals(WinogradPoints.SIX, ofThree(64, 4));
        assertEquals(WinogradPoints.EIGHT, ofThree(64, 6));
        assertEquals(WinogradPoints.SIX, ofThree(64, 8));
        assertEquals(WinogradPoints.EIGHT, ofThree(64, 12));
        assertEquals(WinogradPoints.SIX, ofThree(64, 16));
        assertEquals(WinogradPoints.EIGHT, ofThree(64, 28));
    }

    @Test
    void takesSixPointsForKernelsOfThreeAlone() {
        Axis three = Axis.of(4, 3, 1, 1, 1);
        Axis five = Axis.of(4, 5, 1, 2, 1);
        Window mixed = new Window(three, five);
        assertEquals(WinogradPoints.EIGHT, Winograd.points(new Convolution(64, 64, 1, mixed)));
        assertEquals(WinogradPoints.EIGHT, points(64, 64, 1, five));
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
        assertFalse(suits(64, 64, 1, Axis.of(3, 3, 1, 1, 1)));
    }

    @Test
    void doesNotSuitMoreWeightsThanACacheHolds() {
        assertEquals(WinogradPoints.SIX, points(256, 512, 1, Axis.of(32, 3, 1, 1, 1)));
        assertFalse(suits(257, 512, 1, Axis.of(32, 3, 1, 1, 1)));
        assertEquals(WinogradPoints.SIX, points(512, 1024, 4, Axis.of(32, 3, 1, 1, 1)));
    }

    @Test
    void takesSixPointsWhereWeightsAtEightAreMoreThanACacheHolds() {
        assertEquals(WinogradPoints.EIGHT, points(256, 288, 1, Axis.of(28, 3, 1, 1, 1)));
        assertEquals(WinogradPoints.SIX, points(256, 289, 1, Axis.of(28, 3, 1, 1, 1)));
    }

    /**
     * With 9 for the 8 or 3 for the 2 of the rule the first does not, with 7 or 1 the second does.
     */
    @Test
    void suitsWhereTheRuleOfTheContractSaysSo() {
        assertEquals(WinogradPoints.EIGHT, ofThree(32, 5));
        assertFalse(suits(16, 16, 1, Axis.of(4, 3, 1, 1, 1)));
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
        assertEquals(6, WinogradPoints.EIGHT.outputs(axis));
        assertEquals(3, WinogradPoints.EIGHT.tiles(axis));
        assertEquals(4, WinogradPoints.SIX.outputs(axis));
        assertEquals(4, WinogradPoints.SIX.tiles(axis));
    }
}
