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

/** Probes by a clock that the kernels move on: after so many runs a run takes so long. */
class CompilationProbeTest {

    private static final int COLD = 700_000;
    private static final int SEMI_COLD = 220_000;
    private static final int COMPILED = 90_000;
    private static final int INTERPRETED = 5_000_000;
    private static final int SHORT = 6_000;

    private static final KernelSet SIMD = ScalarKernels.create();
    private static final KernelSet PLAIN = PlainKernels.create();

    @Test
    void theFallbackRunsNoMoreThanThriceWhileSimdIsCold() {
        Track track = new Track(runs -> COLD, runs -> INTERPRETED);
        while (track.simdRuns < 200) {
            track.probe.runRound();
        }
        assertEquals(3, track.plainRuns);
    }

    @Test
    void whatIsManyTimesAsFastAsBeforeIsCompiledIfItsFallbackIsNoFaster() {
        Track track =
                new Track(
                        runs -> runs < 100 ? COLD : runs < 110 ? SEMI_COLD : COMPILED,
                        runs -> COMPILED);
        track.runAll();
        assertAll(
                () -> assertTrue(track.probe.isCompiled()),
                () -> assertEquals(113, track.simdRuns));
    }

    @Test
    void whatIsManyTimesAsFastAsBeforeIsNotCompiledIfItsFallbackIsMuchFaster() {
        Track track = new Track(runs -> runs < 100 ? COLD : COMPILED, runs -> COMPILED / 4);
        track.runAll();
        assertFalse(track.probe.isCompiled());
    }

    @Test
    void whatWasCompiledBeforeItsProbeIsFoundAtOnce() {
        Track track = new Track(runs -> COMPILED, runs -> INTERPRETED);
        track.runAll();
        assertAll(
                () -> assertTrue(track.probe.isCompiled()),
                () -> assertEquals(3, track.plainRuns),
                () -> assertEquals(127, track.simdRuns));
    }

    @Test
    void coldSimdIsNotCompiledWhenItsFallbackHasJustLeftTheInterpreter() {
        Track track =
                new Track(
                        runs -> COLD,
                        runs -> runs < 3 ? INTERPRETED : runs < 140 ? INTERPRETED / 5 : COLD / 5);
        track.runAll();
        assertFalse(track.probe.isCompiled());
    }

    @Test
    void lateItIsEnoughToComeNearTheBestOfManyRoundsOfTheFallback() {
        Track track = new Track(runs -> runs < 20 ? COLD : SEMI_COLD, runs -> SEMI_COLD * 3 / 4);
        track.runAll();
        assertAll(
                () -> assertTrue(track.probe.isCompiled()),
                () -> assertEquals(150, track.plainRuns));
    }

    @Test
    void whatIsShortFromTheFirstNeedNotWaitForTheLateRounds() {
        Track track = new Track(runs -> SHORT, runs -> SHORT * 3 / 4);
        track.runAll();
        assertAll(
                () -> assertTrue(track.probe.isCompiled()),
                () -> assertEquals(276, track.simdRuns));
    }

    @Test
    void coldSimdIsNeverCompiledThoughItsFallbackWasInTheInterpreter() {
        Track track = new Track(runs -> COLD, runs -> runs < 20 ? INTERPRETED : COLD / 5);
        track.runAll();
        assertFalse(track.probe.isCompiled());
    }

    @Test
    void aKernelOfShortRoundsIsGivenTheTimeThatTheCompilerTakes() {
        Track track = new Track(runs -> runs < 50_000 ? SHORT : SHORT / 10, runs -> SHORT / 10);
        track.runAll();
        assertTrue(track.probe.isCompiled(), track.probe.fault());
    }

    private static final class Track {

        private final IntUnaryOperator simdNanos;
        private final IntUnaryOperator plainNanos;
        private long now;
        private int simdRuns;
        private int plainRuns;
        private final CompilationProbe probe =
                new CompilationProbe(this::run, SIMD, PLAIN, () -> now);

        Track(IntUnaryOperator simdNanos, IntUnaryOperator plainNanos) {
            this.simdNanos = simdNanos;
            this.plainNanos = plainNanos;
        }

        void runAll() {
            while (!probe.isDone()) {
                probe.runRound();
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
