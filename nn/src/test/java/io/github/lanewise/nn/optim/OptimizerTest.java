package io.github.lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.layer.Linear;

import org.junit.jupiter.api.Test;

import java.util.List;

class OptimizerTest {

    private static final float[] GRADIENTS = {1, -0.5f, 0.25f, 3, 0, -2};

    private final Param parameter = new Param(1, 1, Initializer.constant(1));

    private float stepWithGradient(Optimizer optimizer, float gradient) {
        parameter.clearGradient();
        parameter.accumulator().nextBeta();
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
        Adam adam = new Adam(0.5f).betas(0, 0).eps(0);
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
    void dampeningOfAllKeepsTheFirstGradientAlone() {
        SGD sgd = new SGD(0.5f).momentum(0.5f).dampening(1);
        assertEquals(0.5f, stepWithGradient(sgd, 1));
        assertEquals(0.25f, stepWithGradient(sgd, 8));
        assertThrows(IllegalArgumentException.class, () -> sgd.dampening(1.5f));
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
    void adadeltaFollowsItsFormula() {
        Adadelta adadelta = new Adadelta(0.5f).weightDecay(0.1f);
        double p = 1;
        double v = 0;
        double u = 0;
        for (float g : GRADIENTS) {
            double d = g + 0.1 * p;
            v = 0.9 * v + 0.1 * d * d;
            double e = Math.sqrt(u + 1e-6) / Math.sqrt(v + 1e-6) * d;
            u = 0.9 * u + 0.1 * e * e;
            p -= 0.5 * e;
            assertEquals(p, stepWithGradient(adadelta, g), 1e-6);
        }
    }

    @Test
    void lionFollowsItsFormula() {
        Lion lion = new Lion(0.125f).weightDecay(0.5f);
        double p = 1;
        double m = 0;
        for (float g : GRADIENTS) {
            p = p * (1 - 0.125 * 0.5) - 0.125 * Math.signum(0.9 * m + 0.1 * g);
            m = 0.99 * m + 0.01 * g;
            assertEquals(p, stepWithGradient(lion, g), 1e-6);
        }
    }

    @Test
    void centeredRmspropFollowsItsFormula() {
        RMSprop rmsprop = new RMSprop(0.1f).alpha(0.75f).eps(0.5f).momentum(0.5f).centered();
        double p = 1;
        double v = 0;
        double a = 0;
        double b = 0;
        for (float g : GRADIENTS) {
            v = 0.75 * v + 0.25 * g * g;
            a = 0.75 * a + 0.25 * g;
            b = 0.5 * b + g / (Math.sqrt(v - a * a) + 0.5);
            p -= 0.1 * b;
            assertEquals(p, stepWithGradient(rmsprop, g), 1e-6);
        }
    }

    @Test
    void adagradStartsFromItsAccumulator() {
        Adagrad adagrad = new Adagrad(1).initialAccumulatorValue(9).eps(0).lrDecay(1);
        assertEquals(1 - 4 / 5f, stepWithGradient(adagrad, 4), 1e-6);
        assertEquals(1 - 4 / 5f - 0.5 * 12 / 13, stepWithGradient(adagrad, 12), 1e-6);
    }

    @Test
    void groupHasItsOwnRateAndDecay() {
        Param slow = one(2, 1);
        Param usual = one(2, 1);
        Optimizer sgd =
                new SGD(0.5f)
                        .weightDecay(1)
                        .group(
                                ParameterGroup.of(List.of(slow))
                                        .rateFactor(0.5f)
                                        .weightDecay(0.25f));
        sgd.step(List.of(slow, usual));
        assertEquals(0.5f, usual.value().at(0, 0));
        assertEquals(1 - 0.25f * 0.25f, slow.value().at(0, 0));
        sgd.learningRate(0);
        sgd.step(List.of(slow, usual));
        assertEquals(1 - 0.25f * 0.25f, slow.value().at(0, 0));
    }

    @Test
    void groupMayBeMadeLaterAndTheLastOneCounts() {
        SGD sgd = new SGD(0.5f).momentum(0.5f);
        stepWithGradient(sgd, 1);
        sgd.group(ParameterGroup.of(List.of(parameter)).rateFactor(7));
        sgd.group(ParameterGroup.of(List.of(parameter)).rateFactor(0.5f));
        // the velocity of 1 stays
        assertEquals(0.5f - 0.25f * 1.5f, stepWithGradient(sgd, 1));
    }

    @Test
    void biasesAndNormsMayBeSparedTheDecay() {
        Linear layer = new Linear(1, 2);
        layer.weight().initializer(Initializer.ones());
        layer.bias().initializer(Initializer.ones());
        Param scale = one(1, 3);
        Param decayedBias = one(1, 3);
        Optimizer adamW =
                new AdamW(0.5f)
                        .weightDecay(1)
                        .noDecayOnBiasesAndNorms()
                        .group(ParameterGroup.of(List.of(decayedBias)).weightDecay(1));
        layer.weight().accumulator().nextBeta();
        layer.bias().accumulator().nextBeta();
        adamW.step(List.of(layer.weight(), layer.bias(), scale, decayedBias));
        assertEquals(0.5f, layer.weight().value().at(0, 1));
        assertEquals(1, layer.bias().value().at(0, 1));
        assertEquals(1, scale.value().at(0, 1));
        assertEquals(0.5f, decayedBias.value().at(0, 1));
    }

    /** Makes a parameter of ones with a gradient of zeros. */
    private static Param one(int rows, int cols) {
        Param parameter = new Param(rows, cols, Initializer.ones());
        parameter.accumulator().nextBeta();
        return parameter;
    }

    @Test
    void adjustmentsComeBeforeAndAfterTheStepInTheirOrder() {
        Optimizer sgd = new SGD(1).with(new ClipValue(4), new ClipNorm(2), new ClipValue(1));
        assertEquals(0, stepWithGradient(sgd, 100));
        assertEquals(1, sgd.steps());
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
                "ParameterGroup: rate factor is -1.0; it must be 0 or more",
                () -> ParameterGroup.of(List.of()).rateFactor(-1));
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
