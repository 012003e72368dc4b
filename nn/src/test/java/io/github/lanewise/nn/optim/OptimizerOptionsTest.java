package io.github.lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Initializer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What each option of each optimizer does when it is set, at first and between two steps. */
class OptimizerOptionsTest {

    /** An optimizer and one of its options. */
    private record Option<T extends Optimizer>(
            String name, Supplier<T> make, UnaryOperator<T> set) {

        @Override
        public String toString() {
            return make.get().getClass().getSimpleName() + " " + name;
        }
    }

    private static <T extends Optimizer> Option<T> option(
            Supplier<T> make, String name, UnaryOperator<T> set) {
        return new Option<>(name, make, set);
    }

    /** Those that may change between steps. */
    static Stream<Option<? extends Optimizer>> changing() {
        return Stream.of(
                option(() -> new SGD(0.1f).momentum(0.5f), "momentum", o -> o.momentum(0.2f)),
                option(() -> new SGD(0.1f).momentum(0.5f), "dampening", o -> o.dampening(0.2f)),
                option(() -> new SGD(0.1f).momentum(0.5f), "nesterov", SGD::nesterov),
                option(() -> new SGD(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new Adam(0.1f), "betas", o -> o.betas(0.2f, 0.3f)),
                option(() -> new Adam(0.1f), "eps", o -> o.eps(0.2f)),
                option(() -> new Adam(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> (Adam) new AdamW(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new NAdam(0.1f), "betas", o -> o.betas(0.2f, 0.3f)),
                option(() -> new NAdam(0.1f), "eps", o -> o.eps(0.2f)),
                option(() -> new NAdam(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new NAdam(0.1f), "momentumDecay", o -> o.momentumDecay(2)),
                option(() -> new RAdam(0.1f), "betas", o -> o.betas(0.2f, 0.3f)),
                option(() -> new RAdam(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new Adamax(0.1f), "betas", o -> o.betas(0.2f, 0.3f)),
                option(() -> new Adamax(0.1f), "eps", o -> o.eps(0.2f)),
                option(() -> new Adamax(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new Adadelta(0.1f), "rho", o -> o.rho(0.2f)),
                option(() -> new Adadelta(0.1f), "eps", o -> o.eps(0.2f)),
                option(() -> new Adadelta(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new Adagrad(0.1f), "lrDecay", o -> o.lrDecay(0.2f)),
                option(() -> new Adagrad(0.1f), "eps", o -> o.eps(0.2f)),
                option(() -> new Adagrad(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new RMSprop(0.1f), "alpha", o -> o.alpha(0.2f)),
                option(() -> new RMSprop(0.1f), "eps", o -> o.eps(0.2f)),
                option(() -> new RMSprop(0.1f).momentum(0.5f), "momentum", o -> o.momentum(0.2f)),
                option(() -> new RMSprop(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new Lion(0.1f), "betas", o -> o.betas(0.99f, 0.2f)),
                option(() -> new Lion(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new Rprop(0.1f), "etas", o -> o.etas(0.2f, 3)),
                option(() -> new Rprop(0.1f), "stepSizes", o -> o.stepSizes(1e-3f, 0.01f)),
                option(() -> new ASGD(0.1f), "lambd", o -> o.lambd(0.2f)),
                option(() -> new ASGD(0.1f), "weightDecay", o -> o.weightDecay(0.2f)),
                option(() -> new Muon(0.1f), "momentum", o -> o.momentum(0.2f)),
                option(() -> new Muon(0.1f), "withoutNesterov", Muon::withoutNesterov),
                option(() -> new Muon(0.1f), "nsSteps", o -> o.nsSteps(1)),
                option(() -> new Muon(0.1f), "matchAdamW", Muon::matchAdamW),
                option(() -> new Muon(0.1f), "weightDecay", o -> o.weightDecay(0.2f)));
    }

    /** Those that are chosen before the first step. */
    static Stream<Option<? extends Optimizer>> fixed() {
        return Stream.of(
                option(() -> new Adam(0.1f).betas(0.9f, 0.5f), "amsgrad", Adam::amsgrad),
                option(() -> new RMSprop(0.1f), "centered", RMSprop::centered),
                option(
                        () -> new NAdam(0.1f).weightDecay(0.5f),
                        "decoupledWeightDecay",
                        NAdam::decoupledWeightDecay),
                option(
                        () -> new RAdam(0.1f).weightDecay(0.5f),
                        "decoupledWeightDecay",
                        RAdam::decoupledWeightDecay),
                option(
                        () -> new Adagrad(0.1f),
                        "initialAccumulatorValue",
                        o -> o.initialAccumulatorValue(0.2f)));
    }

    static Stream<Option<? extends Optimizer>> all() {
        return Stream.concat(changing(), fixed());
    }

    /** The weights after some steps, before the last of which an option is set. */
    private static <T extends Optimizer> float[] weights(Option<T> option, int steps, int setAt) {
        Param parameter = new Param(2, 3, Initializer.constant(1));
        T optimizer = option.make.get();
        for (int step = 0; step < steps; step++) {
            if (step == setAt) {
                assertSame(optimizer, option.set.apply(optimizer));
            }
            float sign = step % 3 == 1 ? -1 : 1;
            float size = step == 0 ? 4 : 1;
            parameter.setGradient(
                    size * 0.5f, sign * 0.25f, -0.125f, sign * 0.75f, -0.5f * step, sign);
            optimizer.step(List.of(parameter));
        }
        return Arrays.copyOf(parameter.value().data(), 6);
    }

    @ParameterizedTest
    @MethodSource("changing")
    void takesEffectBetweenTwoSteps(Option<?> option) {
        assertNotEquals(
                Arrays.toString(weights(option, 5, -1)), Arrays.toString(weights(option, 5, 3)));
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void takesEffectFromTheFirstStepOn(Option<?> option) {
        assertNotEquals(
                Arrays.toString(weights(option, 7, -1)), Arrays.toString(weights(option, 7, 0)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isSaidByToString(Option<?> option) {
        assertTrue(text(option, false).startsWith(option.make.get().getClass().getSimpleName()));
        assertNotEquals(text(option, false), text(option, true));
    }

    private static <T extends Optimizer> String text(Option<T> option, boolean set) {
        T optimizer = option.make.get();
        return (set ? option.set.apply(optimizer) : optimizer).toString();
    }

    static Stream<Optimizer> withMomentum() {
        return Stream.of(
                new SGD(0.1f).momentum(0.5f),
                new Adam(0.1f),
                new AdamW(0.1f),
                new NAdam(0.1f),
                new RAdam(0.1f),
                new Adamax(0.1f),
                new RMSprop(0.1f).momentum(0.5f),
                new Lion(0.1f),
                new Muon(0.1f));
    }

    @ParameterizedTest
    @MethodSource("withMomentum")
    void aScheduleMayCycleTheMomentum(Optimizer optimizer) {
        String before = optimizer.toString();
        assertTrue(optimizer.cycleMomentum(0.25f));
        assertNotEquals(before, optimizer.toString());
        assertTrue(optimizer.toString().contains("0.25"), optimizer::toString);
    }

    static Stream<Optimizer> withoutMomentum() {
        return Stream.of(new Adagrad(0.1f), new Adadelta(0.1f), new Rprop(0.1f), new ASGD(0.1f));
    }

    @ParameterizedTest
    @MethodSource("withoutMomentum")
    void whatHasNoMomentumSaysSo(Optimizer optimizer) {
        String before = optimizer.toString();
        assertFalse(optimizer.cycleMomentum(0.25f));
        assertEquals(before, optimizer.toString());
    }
}
