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

    private static final int COLD = 700;
    private static final int ONE_KERNEL_COLD = 220;
    private static final int COMPILED = 90;
    private static final int INTERPRETED = 5000;

    private static final KernelSet SIMD = ScalarKernels.create();
    private static final KernelSet PLAIN = PlainKernels.create();

    @Test
    void theTwinOfEvenKernelsDoesNotRunWhileTheseAreCold() {
        Track track = new Track(true, runs -> runs < 300 ? COLD : COMPILED, runs -> INTERPRETED);
        while (track.simdRuns < 300) {
            track.race.runRound();
        }
        assertEquals(0, track.plainRuns);
    }

    @Test
    void evenKernelsWinSoonAfterTheLastIsCompiled() {
        Track track =
                new Track(
                        true,
                        runs -> runs < 200 ? COLD : runs < 240 ? ONE_KERNEL_COLD : COMPILED,
                        runs -> INTERPRETED);
        track.runAll();
        assertAll(
                () -> assertTrue(track.race.isWon()),
                () -> assertEquals(243, track.simdRuns),
                () -> assertEquals(3, track.plainRuns));
    }

    @Test
    void coldEvenKernelsNeverWinAgainstATwinThatWasInTheInterpreter() {
        Track track = new Track(true, runs -> COLD, runs -> runs < 20 ? INTERPRETED : COLD / 3);
        track.runAll();
        assertFalse(track.race.isWon());
    }

    @Test
    void evenKernelsThatNeverGotMuchFasterWinAgainstASlowerTwin() {
        Track track = new Track(true, runs -> COMPILED, runs -> COMPILED);
        track.runAll();
        assertTrue(track.race.isWon());
    }

    @Test
    void otherKernelsRunBesideTheirTwinFromTheFirstLongRoundOn() {
        Track track = new Track(false, runs -> runs < 250 ? COLD : COMPILED, runs -> COMPILED);
        track.runAll();
        assertAll(
                () -> assertTrue(track.race.isWon()),
                () -> assertEquals(253, track.simdRuns),
                () -> assertEquals(229, track.plainRuns));
    }

    private static final class Track implements Exercise {

        private final boolean even;
        private final IntUnaryOperator simdNanos;
        private final IntUnaryOperator plainNanos;
        private long now;
        private int simdRuns;
        private int plainRuns;
        private final Race race = new Race(this, SIMD, PLAIN, () -> now);

        Track(boolean even, IntUnaryOperator simdNanos, IntUnaryOperator plainNanos) {
            this.even = even;
            this.simdNanos = simdNanos;
            this.plainNanos = plainNanos;
        }

        void runAll() {
            while (!race.isOver()) {
                race.runRound();
            }
        }

        @Override
        public void run(KernelSet set, int length) {
            now +=
                    set == SIMD
                            ? simdNanos.applyAsInt(simdRuns++)
                            : plainNanos.applyAsInt(plainRuns++);
        }

        @Override
        public boolean isEven() {
            return even;
        }
    }
}
