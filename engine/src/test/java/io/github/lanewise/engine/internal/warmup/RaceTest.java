package io.github.lanewise.engine.internal.warmup;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.plain.PlainKernels;
import io.github.lanewise.engine.internal.scalar.ScalarKernels;

import org.junit.jupiter.api.Test;

import java.util.function.IntUnaryOperator;

/** Races by a clock that the kernels move on: after so many runs a run takes so long. */
class RaceTest {

    private static final int COLD = 700_000;
    private static final int SEMI_COLD = 220_000;
    private static final int COMPILED = 90_000;
    private static final int INTERPRETED = 5_000_000;
    private static final int SHORT = 6_000;

    private static final KernelSet SIMD = ScalarKernels.create();
    private static final KernelSet PLAIN = PlainKernels.create();

    @Test
    void theTwinRunsNoMoreThanThriceWhileSimdIsCold() {
        Track track = new Track(runs -> COLD, runs -> INTERPRETED);
        while (track.simdRuns < 200) {
            track.race.runRound();
        }
        assertEquals(3, track.plainRuns);
    }

    @Test
    void whatIsManyTimesAsFastAsBeforeWinsAtOnceIfItsTwinIsNoFaster() {
        Track track =
                new Track(
                        runs -> runs < 100 ? COLD : runs < 110 ? SEMI_COLD : COMPILED,
                        runs -> COMPILED);
        track.runAll();
        assertAll(() -> assertTrue(track.race.isWon()), () -> assertEquals(113, track.simdRuns));
    }

    @Test
    void whatIsManyTimesAsFastAsBeforeLosesToAMuchFasterTwin() {
        Track track = new Track(runs -> runs < 100 ? COLD : COMPILED, runs -> COMPILED / 4);
        track.runAll();
        assertFalse(track.race.isWon());
    }

    @Test
    void whatWasCompiledBeforeItsRaceWinsByALandslide() {
        Track track = new Track(runs -> COMPILED, runs -> INTERPRETED);
        track.runAll();
        assertAll(
                () -> assertTrue(track.race.isWon()),
                () -> assertEquals(3, track.plainRuns),
                () -> assertEquals(127, track.simdRuns));
    }

    @Test
    void coldSimdDoesNotWinAgainstATwinThatHasJustLeftTheInterpreter() {
        Track track =
                new Track(
                        runs -> COLD,
                        runs -> runs < 3 ? INTERPRETED : runs < 140 ? INTERPRETED / 5 : COLD / 5);
        track.runAll();
        assertFalse(track.race.isWon());
    }

    @Test
    void lateItIsEnoughToComeNearTheBestOfManyRoundsOfTheTwin() {
        Track track = new Track(runs -> runs < 20 ? COLD : SEMI_COLD, runs -> SEMI_COLD * 3 / 4);
        track.runAll();
        assertAll(() -> assertTrue(track.race.isWon()), () -> assertEquals(150, track.plainRuns));
    }

    @Test
    void whatIsShortFromTheFirstNeedNotWaitForTheLateRounds() {
        Track track = new Track(runs -> SHORT, runs -> SHORT * 3 / 4);
        track.runAll();
        assertAll(() -> assertTrue(track.race.isWon()), () -> assertEquals(276, track.simdRuns));
    }

    @Test
    void coldSimdNeverWinsAgainstATwinThatWasInTheInterpreter() {
        Track track = new Track(runs -> COLD, runs -> runs < 20 ? INTERPRETED : COLD / 5);
        track.runAll();
        assertFalse(track.race.isWon());
    }

    private static final class Track {

        private final IntUnaryOperator simdNanos;
        private final IntUnaryOperator plainNanos;
        private long now;
        private int simdRuns;
        private int plainRuns;
        private final Race race = new Race(this::run, SIMD, PLAIN, () -> now);

        Track(IntUnaryOperator simdNanos, IntUnaryOperator plainNanos) {
            this.simdNanos = simdNanos;
            this.plainNanos = plainNanos;
        }

        void runAll() {
            while (!race.isOver()) {
                race.runRound();
            }
        }

        private void run(KernelSet set, int length) {
            now +=
                    set == SIMD
                            ? simdNanos.applyAsInt(simdRuns++)
                            : plainNanos.applyAsInt(plainRuns++);
        }
    }
}
