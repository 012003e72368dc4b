package io.github.lanewise.nn.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.lanewise.nn.Ellipses;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.Adagrad;
import io.github.lanewise.nn.optim.Adjustment;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The schedules against PyTorch's, in double precision. */
class ScheduleTest {

    static Stream<Golden.Case> cases() {
        return Golden.cases("lr_schedules");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ratesMatchPyTorch(Golden.Case golden) {
        JsonNode args = golden.hyper().get("args");
        double rate = golden.hyper().get("base_lr").asDouble();
        int steps = golden.hyper().get("steps").asInt();
        String kind = golden.hyper().get("scheduler").asText();
        if (kind.equals("ReduceLROnPlateau")) {
            golden.checkDoubles("lr_used_at_step", plateau(golden.hyper(), rate));
            return;
        }
        Schedule schedule = schedule(kind, rate, args);
        golden.checkDoubles("lr_used_at_step", first(steps, schedule::at));
        if (schedule instanceof OneCycleLR cycle) {
            golden.checkDoubles("momentum_used_at_step", first(steps, cycle::momentumAt));
        }
    }

    private static double[] first(int steps, LongToDoubleFunction at) {
        return LongStream.range(0, steps).mapToDouble(at).toArray();
    }

    private static Schedule schedule(String kind, double rate, JsonNode args) {
        return switch (kind) {
            case "StepLR" -> new StepLR(rate, whole(args, "step_size"), number(args, "gamma"));
            case "MultiStepLR" ->
                    new MultiStepLR(rate, number(args, "gamma"), longs(args.get("milestones")));
            case "ExponentialLR" -> new ExponentialLR(rate, number(args, "gamma"));
            case "CosineAnnealingLR" ->
                    new CosineAnnealingLR(rate, whole(args, "T_max"), number(args, "eta_min"));
            case "CosineAnnealingWarmRestarts" ->
                    new CosineAnnealingWarmRestarts(
                            rate,
                            whole(args, "T_0"),
                            (int) whole(args, "T_mult"),
                            number(args, "eta_min"));
            case "OneCycleLR" -> oneCycle(args);
            case "LinearLR" -> linear(rate, args);
            case "PolynomialLR" ->
                    new PolynomialLR(rate, whole(args, "total_iters"), number(args, "power"));
            case "ConstantLR" ->
                    new ConstantLR(rate, number(args, "factor"), whole(args, "total_iters"));
            case "WarmupThenCosine" ->
                    linear(rate, args.get("linear"))
                            .then(
                                    args.get("milestones").get(0).asLong(),
                                    schedule("CosineAnnealingLR", rate, args.get("cosine")));
            default -> throw new AssertionError(kind);
        };
    }

    private static Schedule linear(double rate, JsonNode args) {
        return new LinearLR(
                rate,
                number(args, "start_factor"),
                number(args, "end_factor"),
                whole(args, "total_iters"));
    }

    private static OneCycleLR oneCycle(JsonNode args) {
        OneCycleLR cycle =
                new OneCycleLR(number(args, "max_lr"), whole(args, "total_steps"))
                        .rise(number(args, "pct_start"))
                        .divisors(number(args, "div_factor"), number(args, "final_div_factor"));
        if (args.get("anneal_strategy").asText().equals("linear")) {
            cycle.linear();
        }
        return args.path("three_phase").asBoolean(false) ? cycle.threePhases() : cycle;
    }

    private static double[] plateau(JsonNode hyper, double rate) {
        JsonNode args = hyper.get("args");
        ReduceLROnPlateau plateau =
                new ReduceLROnPlateau(rate)
                        .factor(number(args, "factor"))
                        .patience((int) whole(args, "patience"))
                        .cooldown((int) whole(args, "cooldown"))
                        .lowest(number(args, "min_lr"));
        if (args.get("threshold_mode").asText().equals("abs")) {
            plateau.absoluteThreshold(number(args, "threshold"));
        } else {
            plateau.threshold(number(args, "threshold"));
        }
        if (args.get("mode").asText().equals("max")) {
            plateau.rising(Progress::accuracy);
        }
        double[] rates = new double[hyper.get("steps").asInt()];
        for (int t = 0; t < rates.length; t++) {
            rates[t] = plateau.rate();
            plateau.step(hyper.get("metric").get(t).asDouble());
        }
        return rates;
    }

    private static double number(JsonNode args, String name) {
        return args.get(name).asDouble();
    }

    private static long whole(JsonNode args, String name) {
        return args.get(name).asLong();
    }

    private static long[] longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .toArray();
    }

    @Test
    void warmUpEndsAtTheFirstRate() {
        Schedule schedule = new StepLR(8, 2, 0.5).warmedUp(3, 1);
        assertArrayEquals(new double[] {2, 4, 6, 8, 8, 4}, first(6, schedule::at));
        assertEquals(0.5, new ConstantLR(8).warmedUp(3, 2).at(0));
    }

    @Test
    void lastRateOfOneCycleStays() {
        OneCycleLR cycle = new OneCycleLR(1, 10);
        assertEquals(cycle.at(9), cycle.at(100));
        assertEquals(1, cycle.at(2));
    }

    @Test
    void growthOfRisingMeasureBelowZeroIsJudgedAsPyTorchDoes() {
        ReduceLROnPlateau plateau =
                new ReduceLROnPlateau(1).patience(0).rising(Progress::accuracy).threshold(0.5);
        plateau.step(-1);
        // better than -1 (1 + 0.5)
        assertEquals(1, plateau.step(-1.25));
    }

    /** Trains on 5 batches an epoch, and returns the rate with which each step was made. */
    private static List<Float> ratesOfSteps(
            Optimizer optimizer, int epochs, TrainerCallback schedule) {
        List<Float> rates = new ArrayList<>();
        optimizer.with(
                new Adjustment() {
                    @Override
                    public void beforeStep(List<Param> parameters) {
                        rates.add(optimizer.learningRate());
                    }
                });
        new Trainer(Ellipses.network(), new SoftmaxCrossEntropy(), optimizer)
                .fit(new Ellipses(40, 1).dataset(), epochs, 8, schedule);
        return rates;
    }

    @Test
    void rateOfEachStepIsSetBeforeIt() {
        SGD sgd = new SGD(1);
        List<Float> rates = ratesOfSteps(sgd, 2, new StepLR(1, 3, 0.5).perStep(sgd));
        assertEquals(List.of(1f, 1f, 1f, .5f, .5f, .5f, .25f, .25f, .25f, .125f), rates);
    }

    @Test
    void rateOfEachEpochIsSetBeforeIt() {
        SGD sgd = new SGD(1);
        List<Float> rates = ratesOfSteps(sgd, 2, new StepLR(1, 1, 0.5).perEpoch(sgd));
        assertEquals(List.of(1f, 1f, 1f, 1f, 1f, .5f, .5f, .5f, .5f, .5f), rates);
    }

    @Test
    void plateauLowersTheRateAfterAnEpoch() {
        SGD sgd = new SGD(0);
        ReduceLROnPlateau plateau =
                new ReduceLROnPlateau(1).patience(0).factor(0.5).absoluteThreshold(1e9);
        List<Float> rates = ratesOfSteps(sgd, 3, plateau.perEpoch(sgd));
        assertEquals(List.of(1f, 1f, .5f), List.of(rates.get(0), rates.get(5), rates.get(10)));
    }

    @Test
    void oneCycleMovesTheMomentumToo() {
        SGD sgd = new SGD(1);
        ratesOfSteps(sgd, 1, new OneCycleLR(0.1, 5).perStep(sgd));
        assertEquals(
                "SGD(learning rate 4.0E-7, momentum 0.95, dampening 0.0, weight decay 0.0)",
                sgd.toString());
    }

    @Test
    void oneCycleNamesTheRemedyWhereThereIsNoMomentum() {
        Optimizer adagrad = new Adagrad();
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new OneCycleLR(1, 5).perStep(adagrad));
        assertEquals(
                "OneCycleLR: Adagrad(learning rate 0.01, rate decay 0.0, epsilon 1.0E-10,"
                        + " weight decay 0.0) has no momentum to cycle; call keepMomentum()",
                e.getMessage());
        new OneCycleLR(1, 5).keepMomentum().perStep(adagrad);
    }

    @Test
    void stepsBelowOneAreRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new StepLR(1, 0, 0.5));
        assertEquals("StepLR: step size is 0; it must be 1 or more", e.getMessage());
    }
}
