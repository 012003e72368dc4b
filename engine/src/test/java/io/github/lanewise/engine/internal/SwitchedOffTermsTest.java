package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.engine.PointwiseLoss.Kind;
import io.github.lanewise.engine.Update;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.stream.Stream;

/** A term whose factor is 0 does not count, whatever the other factor: 0 times infinity is NaN. */
@Tag("contract")
class SwitchedOffTermsTest {

    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /** Whole vectors of any width, and a tail. */
    private static final int N = 37;

    private final Kernels kernels = ChosenKernels.onThreads(1);

    private static Matrix filled(float value) {
        Matrix x = Matrix.zeros(1, N);
        Arrays.fill(x.data(), value);
        return x;
    }

    private static void assertAll(String what, float expected, Matrix x) {
        for (int j = 0; j < N; j++) {
            assertEquals(expected, x.at(0, j) + 0f, what + ", element " + j);
        }
    }

    private void assertLoss(Kind kind, float x, float t, float loss, float slope) {
        Matrix losses = filled(1);
        Matrix dx = filled(1);
        kernels.losses().pointwise(new PointwiseLoss(kind, 0), filled(x), filled(t), 1, losses, dx);
        String what = "%s of %s, %s".formatted(kind, x, t);
        assertAll(what, loss, losses);
        assertAll(what + "'", slope, dx);
    }

    @Test
    void lossesLeaveOutTermsOfFactorZero() {
        assertLoss(Kind.BCE_WITH_LOGITS, INFINITY, 1, 0, 0);
        assertLoss(Kind.BCE_WITH_LOGITS, -INFINITY, 0, 0, 0);
        assertLoss(Kind.BCE_WITH_LOGITS, INFINITY, 0, INFINITY, 1);
        assertLoss(Kind.KL_DIVERGENCE, -INFINITY, 0, 0, 0);
        assertLoss(Kind.KL_DIVERGENCE_OF_LOGS, 3, -INFINITY, 0, 0);
        assertLoss(Kind.KL_DIVERGENCE_OF_LOGS, -INFINITY, -INFINITY, 0, 0);
    }

    @Test
    void aPositiveWeightOfZeroTakesPositivesOut() {
        Matrix losses = filled(1);
        Matrix dx = filled(1);
        PointwiseLoss f = new PointwiseLoss(Kind.BCE_WITH_LOGITS, 0, filled(0));
        kernels.losses().pointwise(f, filled(Float.NaN), filled(1), 1, losses, dx);
        assertAll("loss", 0, losses);
        assertAll("gradient", 0, dx);
    }

    @Test
    void productsWithZeroAreZero() {
        for (float x : new float[] {INFINITY, -INFINITY, Float.NaN}) {
            Matrix y = filled(x);
            kernels.losses().weigh(filled(0), y);
            assertAll("weigh", 0, y);
            y = filled(x);
            kernels.scale(0, y);
            assertAll("scale", 0, y);
            y = filled(2);
            kernels.axpy(0, filled(x), y);
            assertAll("axpy", 2, y);
            kernels.restraints().addSign(0, filled(x), y);
            assertAll("addSign", 2, y);
            kernels.dropout(7, 1, filled(x), y);
            assertAll("dropout", 0, y);
        }
    }

    @Test
    void whatIsDroppedIsZeroAndTheRestStays() {
        Matrix y = filled(1);
        kernels.dropout(7, 0.5f, filled(-INFINITY), y);
        int dropped = 0;
        for (float value : y.data()) {
            assertTrue(value == 0 || value == -INFINITY, () -> "value " + value);
            dropped += value == 0 ? 1 : 0;
        }
        assertTrue(dropped > 0 && dropped < N, "dropped " + dropped);
    }

    /** Rules with neither weight decay nor any memory. */
    static Stream<Update> rulesWithoutMemory() {
        return Stream.of(
                new Update.Sgd(0.1f, 0, 0, false, 0, false),
                new Update.Sgd(0.1f, 0.9f, 1, false, 0, false),
                new Update.Adam(0.1f, 0, 0, 1, 1e-8f, 0, 1, false),
                new Update.RmsProp(0.1f, 0, 1e-8f, 0, false, 0),
                new Update.RmsProp(0.1f, 0, 1e-8f, 0, true, 0),
                new Update.Adagrad(0.1f, 1e-8f, 0),
                new Update.Adadelta(0.1f, 0, 1e-6f, 0),
                new Update.Lion(0.1f, 0, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("rulesWithoutMemory")
    void anInfiniteParameterWithoutWeightDecayLeavesTheStatesAlone(Update rule) {
        Matrix[] states = states(rule, 0);
        kernels.update(rule, filled(INFINITY), filled(0.5f), states);
        for (Matrix state : states) {
            assertTrue(Float.isFinite(state.at(0, 0)), () -> rule + ": " + state.at(0, 0));
            assertAll(rule + ": state", state.at(0, 0), state);
        }
    }

    @ParameterizedTest
    @MethodSource("rulesWithoutMemory")
    void anInfiniteStateThatIsNotKeptIsForgotten(Update rule) {
        boolean keeps = rule instanceof Update.Sgd || rule instanceof Update.Adagrad;
        Matrix value = filled(1);
        Matrix[] states = states(rule, keeps ? 0 : INFINITY);
        if (rule instanceof Update.Adadelta) {
            Arrays.fill(states[1].data(), 0);
        }
        kernels.update(rule, value, filled(0.5f), states);
        assertTrue(Float.isFinite(value.at(0, 0)), () -> rule + ": " + value.at(0, 0));
        assertAll(rule + ": value", value.at(0, 0), value);
        for (Matrix state : states) {
            assertTrue(Float.isFinite(state.at(0, 0)), () -> rule + ": " + state.at(0, 0));
        }
    }

    @Test
    void aDampeningOfOneKeepsAnInfiniteGradientOut() {
        Matrix velocity = filled(2);
        Update rule = new Update.Sgd(0.5f, 0.5f, 1, false, 0, false);
        Matrix value = filled(1);
        kernels.update(rule, value, filled(INFINITY), velocity);
        assertAll("velocity", 1, velocity);
        assertAll("value", 0.5f, value);
    }

    static Stream<Update> rulesOfRateZero() {
        return Stream.of(
                new Update.Sgd(0, 0, 0, false, 0.1f, false),
                new Update.Sgd(0, 0.9f, 0, true, 0, false),
                new Update.Sgd(0, 0.9f, 0, false, 0, true),
                new Update.Adam(0, 0.9f, 0.99f, 1, 1e-8f, 0, 1, true),
                new Update.RmsProp(0, 0.9f, 1e-8f, 0.9f, true, 0),
                new Update.Adagrad(0, 1e-8f, 0),
                new Update.Adadelta(0, 0.9f, 1e-6f, 0),
                new Update.Lion(0, 0.9f, 0.99f, 1));
    }

    @ParameterizedTest
    @MethodSource("rulesOfRateZero")
    void aRateOfZeroMovesNothing(Update rule) {
        for (float gradient : new float[] {INFINITY, Float.NaN}) {
            Matrix value = filled(3);
            kernels.update(rule, value, filled(gradient), states(rule, 0));
            assertAll(rule.toString(), 3, value);
        }
    }

    private static Matrix[] states(Update rule, float value) {
        Matrix[] states = new Matrix[rule.states()];
        Arrays.setAll(states, i -> filled(value));
        return states;
    }
}
