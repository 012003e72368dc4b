package io.github.lanewise.nn.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.train.Progress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What mutation testing found that nobody looked at: bounds of options, and what they return. */
class ScheduleBoundsTest {

    private static final double MAX = 0.1;

    private static OneCycleLR cycle() {
        return new OneCycleLR(MAX, 100);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1})
    void theEndsOfTheRangeOfPctStartAreInIt(double share) {
        OneCycleLR cycle = cycle();
        assertSame(cycle, cycle.pctStart(share));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 1.000001, Double.NaN})
    void aPctStartOutsideIsRefused(double share) {
        assertThrows(IllegalArgumentException.class, () -> cycle().pctStart(share));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "0.5, 0.5", "0, 0", "0.8, 0.999"})
    void momentumGoesFromTheHigherToTheLowerAndBack(double base, double max) {
        OneCycleLR cycle = cycle();
        assertSame(cycle, cycle.momentum(base, max));
        assertEquals(max, cycle.momentumAt(0));
        assertEquals(base, cycle.momentumAt(29), 1e-12);
        assertEquals(max, cycle.momentumAt(99), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.5", "0.6, 0.5", "0.5, 1", "NaN, 0.5", "0.5, NaN"})
    void aMomentumOutsideIsRefused(double base, double max) {
        assertThrows(IllegalArgumentException.class, () -> cycle().momentum(base, max));
    }

    @Test
    void divisorsSetTheFirstAndTheLastRate() {
        OneCycleLR cycle = cycle();
        assertSame(cycle, cycle.divFactor(10));
        assertSame(cycle, cycle.finalDivFactor(100));
        assertSame(cycle, cycle.linear());
        assertEquals(MAX / 10, cycle.at(0), 1e-15);
        assertEquals(MAX / 1000, cycle.at(99), 1e-15);
        assertEquals(MAX / 1000, cycle.at(1000), 1e-15);
        assertEquals("OneCycleLR(maxLr 0.1, totalSteps 100)", cycle.toString());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void aFactorThatDoesNotLowerIsRefused(double factor) {
        assertThrows(IllegalArgumentException.class, () -> new ReduceLROnPlateau(1).factor(factor));
    }

    @Test
    void aFactorOfZeroEndsAtTheLeastRate() {
        ReduceLROnPlateau plateau = new ReduceLROnPlateau(1).factor(0).patience(0).minLr(0.25);
        plateau.step(1);
        assertEquals(0.25, plateau.step(1));
    }

    @Test
    void aNegativeThresholdIsRefused() {
        ReduceLROnPlateau plateau = new ReduceLROnPlateau(1);
        assertThrows(IllegalArgumentException.class, () -> plateau.threshold(-1));
        assertThrows(IllegalArgumentException.class, () -> plateau.absoluteThreshold(-1));
    }

    @Test
    void asMuchBetterAsTheThresholdIsNotEnough() {
        ReduceLROnPlateau plateau = new ReduceLROnPlateau(1).patience(0).absoluteThreshold(0.5);
        plateau.step(2);
        assertEquals(0.1, plateau.step(1.5), 1e-15);
        assertEquals(0.1, plateau.step(1.25), 1e-15);
    }

    @Test
    void afterInfinityAnyNumberIsBetterAndInfinityIsNot() {
        ReduceLROnPlateau falling = new ReduceLROnPlateau(1).patience(0);
        falling.step(Double.POSITIVE_INFINITY);
        assertEquals(0.1, falling.step(Double.POSITIVE_INFINITY), 1e-15);
        assertEquals(0.1, falling.step(5), 1e-15);
        ReduceLROnPlateau rising = new ReduceLROnPlateau(1).patience(0).rising(Progress::loss);
        rising.step(Double.NEGATIVE_INFINITY);
        assertEquals(0.1, rising.step(Double.NEGATIVE_INFINITY), 1e-15);
        assertEquals(0.1, rising.step(-5), 1e-15);
    }

    @Test
    void aChangeTooSmallToMatterIsNotMade() {
        ReduceLROnPlateau plateau = new ReduceLROnPlateau(1e-8).factor(0.5).patience(0);
        plateau.step(1);
        assertEquals(1e-8, plateau.step(1));
    }

    @Test
    void aScheduleOfWhichNothingIsLeftGivesWayAtOnce() {
        assertEquals(2, new ConstantLR(1).then(0, new ConstantLR(2)).at(0));
    }

    @Test
    void equalRestartsBeginAnew() {
        Schedule restarts = new CosineAnnealingWarmRestarts(1, 4, 1);
        for (long t = 0; t < 4; t++) {
            assertEquals(restarts.at(t), restarts.at(t + 400_000_000L), 0, "t " + t);
        }
        assertEquals(0.5, restarts.at(4_000_000_002L), 1e-12);
    }

    @Test
    void milestonesAreCopied() {
        long[] milestones = {3};
        MultiStepLR steps = new MultiStepLR(1, 0.5, milestones);
        milestones[0] = 0;
        assertArrayEquals(new long[] {3}, steps.milestones());
        assertEquals(1, steps.at(2));
        assertEquals("MultiStepLR[rate=1.0, gamma=0.5, milestones=[3]]", steps.toString());
    }
}
