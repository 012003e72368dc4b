package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import java.util.List;

class OptimizerTest {

    private final Parameter parameter = new Parameter(1, 1, Initializer.constant(1));

    private float stepWithGradient(Optimizer optimizer, float gradient) {
        parameter.clearGradient();
        parameter.nextBeta();
        parameter.gradient().data()[0] = gradient;
        optimizer.step(List.of(parameter));
        return parameter.value().at(0, 0);
    }

    @Test
    void learningRateMayChangeBetweenSteps() {
        SGD sgd = new SGD(0.5f);
        assertEquals(0.5f, stepWithGradient(sgd, 1));
        sgd.learningRate(0.25f);
        assertEquals(0.25f, stepWithGradient(sgd, 1));
    }

    @Test
    void learningRateOfAdamMayChangeBetweenSteps() {
        Adam adam = new Adam(0.5f).betas(0, 0).epsilon(0);
        assertEquals(0.5f, stepWithGradient(adam, 3));
        adam.learningRate(0.25f);
        assertEquals(0.25f, stepWithGradient(adam, 3));
    }

    @Test
    void velocityStartsAsTheFirstGradient() {
        SGD sgd = new SGD(0.5f).momentum(0.5f).dampening(0.5f);
        assertEquals(0.5f, stepWithGradient(sgd, 1));
        assertEquals(0, stepWithGradient(sgd, 1));
    }

    @Test
    void momentumMayBeginLater() {
        SGD sgd = new SGD(0.5f);
        stepWithGradient(sgd, 1);
        sgd.momentum(0.5f);
        assertEquals(0, stepWithGradient(sgd, 1));
        assertEquals(-0.75f, stepWithGradient(sgd, 1));
    }

    @Test
    void parameterWithoutGradientStays() {
        parameter.clearGradient();
        new SGD(1).weightDecay(1).step(List.of(parameter));
        assertEquals(1, parameter.value().at(0, 0));
    }

    @Test
    void decoupledDecayShrinksTheParameterItself() {
        assertEquals(0.5f, stepWithGradient(new AdamW(0.5f).weightDecay(1), 0));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertRefused("SGD: learning rate is -1.0; it must be 0 or more", () -> new SGD(-1));
        assertRefused(
                "Adam: learning rate is NaN; it must be 0 or more", () -> new Adam(Float.NaN));
        assertRefused(
                "SGD: momentum is 1.0; it must be from 0 to below 1", () -> new SGD(1).momentum(1));
        assertRefused(
                "AdamW: beta2 is 1.5; it must be from 0 to below 1",
                () -> new AdamW().betas(0.9f, 1.5f));
        assertRefused(
                "SGD: weight decay is Infinity; it must be 0 or more",
                () -> new SGD(1).weightDecay(Float.POSITIVE_INFINITY));
    }

    @Test
    void nesterovWithoutMomentumIsRefused() {
        SGD sgd = new SGD(1).nesterov();
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> stepWithGradient(sgd, 1));
        assertEquals(
                "SGD: nesterov with momentum 0.0 and dampening 0.0;"
                        + " it needs a momentum and no dampening",
                e.getMessage());
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
