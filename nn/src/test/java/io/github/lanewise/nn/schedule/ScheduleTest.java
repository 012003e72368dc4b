package io.github.lanewise.nn.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.Ellipses;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.GoldenArguments;
import io.github.lanewise.nn.GoldenCase;
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
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The schedules against PyTorch's, in double precision. */
class ScheduleTest {

    static Stream<GoldenCase> cases() {
        return Golden.cases("lr_schedules");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ratesMatchPyTorch(GoldenCase golden) {
        GoldenArguments args = golden.hyper().object("args");
        double rate = golden.hyper().number("base_lr");
        int steps = golden.hyper().integer("steps");
        String kind = golden.hyper().text("scheduler");
        if (kind.equals("ReduceLROnPlateau")) {
            double[] metric = golden.hyper().numbers("metric");
            golden.checkDoubles("lr_used_at_step", plateau(args, rate, steps, metric));
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

    private static Schedule schedule(String kind, double rate, GoldenArguments args) {
        return switch (kind) {
            case "StepLR" -> new StepLR(rate, args.integer("step_size"), args.number("gamma"));
            case "MultiStepLR" ->
                    new MultiStepLR(rate, args.number("gamma"), longs(args.integers("milestones")));
            case "ExponentialLR" -> new ExponentialLR(rate, args.number("gamma"));
            case "CosineAnnealingLR" ->
                    new CosineAnnealingLR(rate, args.integer("T_max"), args.number("eta_min"));
            case "CosineAnnealingWarmRestarts" ->
                    new CosineAnnealingWarmRestarts(
                            rate,
                            args.integer("T_0"),
                            args.integer("T_mult"),
                            args.number("eta_min"));
            case "OneCycleLR" -> oneCycle(args);
            case "LinearLR" -> linear(rate, args);
            case "PolynomialLR" ->
                    new PolynomialLR(rate, args.integer("total_iters"), args.number("power"));
            case "ConstantLR" ->
                    new ConstantLR(rate, args.number("factor"), args.integer("total_iters"));
            case "WarmupThenCosine" ->
                    linear(rate, args.object("linear"))
                            .then(
                                    args.integers("milestones")[0],
                                    schedule("CosineAnnealingLR", rate, args.object("cosine")));
            default -> throw new AssertionError(kind);
        };
    }

    private static Schedule linear(double rate, GoldenArguments args) {
        return new LinearLR(
                rate,
                args.number("start_factor"),
                args.number("end_factor"),
                args.integer("total_iters"));
    }

    private static OneCycleLR oneCycle(GoldenArguments args) {
        OneCycleLR cycle = new OneCycleLR(args.number("max_lr"), args.integer("total_steps"));
        args.number("pct_start", cycle::pctStart);
        args.number("div_factor", cycle::divFactor);
        args.number("final_div_factor", cycle::finalDivFactor);
        if (args.has("base_momentum") || args.has("max_momentum")) {
            cycle.momentum(args.number("base_momentum"), args.number("max_momentum"));
        }
        if (args.has("anneal_strategy") && args.text("anneal_strategy").equals("linear")) {
            cycle.linear();
        }
        return args.flagIfAny("three_phase") ? cycle.threePhase() : cycle;
    }

    private static double[] plateau(GoldenArguments args, double rate, int steps, double[] metric) {
        ReduceLROnPlateau plateau =
                new ReduceLROnPlateau(rate)
                        .factor(args.number("factor"))
                        .patience(args.integer("patience"))
                        .cooldown(args.integer("cooldown"))
                        .minLr(args.number("min_lr"));
        if (args.text("threshold_mode").equals("abs")) {
            plateau.absoluteThreshold(args.number("threshold"));
        } else {
            plateau.threshold(args.number("threshold"));
        }
        if (args.text("mode").equals("max")) {
            plateau.rising(Progress::accuracy);
        }
        double[] rates = new double[steps];
        for (int t = 0; t < rates.length; t++) {
            rates[t] = plateau.rate();
            plateau.step(metric[t]);
        }
        return rates;
    }

    private static long[] longs(int[] numbers) {
        return Arrays.stream(numbers).asLongStream().toArray();
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
    void growthOfRisingMeasureBelowZeroIsJudgedByItsSize() {
        ReduceLROnPlateau plateau =
                new ReduceLROnPlateau(1).patience(0).rising(Progress::accuracy).threshold(0.5);
        plateau.step(-1);
        assertEquals(1, plateau.step(-0.4));
        assertEquals(0.1, plateau.step(-1.25));
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
                "OneCycleLR: " + adagrad + " has no momentum to cycle; call cycleMomentum(false)",
                e.getMessage());
        new OneCycleLR(1, 5).cycleMomentum(false).perStep(adagrad);
    }

    @Test
    void stepsBelowOneAreRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new StepLR(1, 0, 0.5));
        assertEquals("StepLR: step size is 0; it must be 1 or more", e.getMessage());
    }

    @Test
    void plateauComparesAnyFirstMeasure() {
        ReduceLROnPlateau falling = new ReduceLROnPlateau(1).patience(1).factor(0.5);
        double[] measures = {Double.POSITIVE_INFINITY, 100, 10, 1, 0.1, 0.01};
        for (double measure : measures) {
            assertEquals(1, falling.step(measure), "after " + measure);
        }
    }

    @Test
    void plateauOfANegativeMeasureLowersTheRate() {
        ReduceLROnPlateau still = new ReduceLROnPlateau(1).patience(1).factor(0.5);
        ReduceLROnPlateau mirrored = new ReduceLROnPlateau(1).patience(1).factor(0.5);
        for (int epoch = 0; epoch < 6; epoch++) {
            assertEquals(mirrored.step(10), still.step(-10), "epoch " + epoch);
        }
        assertEquals(0.25, still.rate());
    }

    @Test
    void plateauTakesNaNForNoImprovement() {
        ReduceLROnPlateau plateau = new ReduceLROnPlateau(1).patience(1).factor(0.5);
        plateau.step(1);
        plateau.step(Double.NaN);
        assertEquals(0.5, plateau.step(Double.NaN));
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new ReduceLROnPlateau(Double.NaN),
                () -> new ReduceLROnPlateau(1).patience(-1),
                () -> new ReduceLROnPlateau(1).cooldown(-1),
                () -> new ReduceLROnPlateau(1).threshold(-1e-4),
                () -> new ReduceLROnPlateau(1).minLr(-1),
                () -> new OneCycleLR(1, 0),
                () -> new OneCycleLR(-1, 10),
                () -> new OneCycleLR(1, 10).divFactor(0),
                () -> new OneCycleLR(1, 10).finalDivFactor(0),
                () -> new OneCycleLR(1, 10).momentum(0.9, 0.8),
                () -> new OneCycleLR(1, 10).pctStart(1.1),
                () -> new ConstantLR(-1),
                () -> new ConstantLR(1, -1, 5),
                () -> new ConstantLR(1, 1, -1),
                () -> new StepLR(Double.POSITIVE_INFINITY, 3),
                () -> new StepLR(1, 3, -0.1),
                () -> new MultiStepLR(-1, 0.5, 3),
                () -> new MultiStepLR(1, -0.5, 3),
                () -> new LinearLR(-1, 1, 1, 5),
                () -> new LinearLR(1, -1, 1, 5),
                () -> new LinearLR(1, 1, -1, 5),
                () -> new LinearLR(1, 1, 1, 0),
                () -> new CosineAnnealingLR(-1, 5),
                () -> new CosineAnnealingLR(1, 0),
                () -> new CosineAnnealingLR(1, 5, -1),
                () -> new CosineAnnealingWarmRestarts(-1, 5, 1),
                () -> new CosineAnnealingWarmRestarts(1, 0, 1),
                () -> new CosineAnnealingWarmRestarts(1, 5, 0),
                () -> new CosineAnnealingWarmRestarts(1, 5, 1, -1),
                () -> new CyclicLR(0, -1, 5),
                () -> new ExponentialLR(-1, 0.5),
                () -> new ExponentialLR(1, Double.NaN),
                () -> new PolynomialLR(-1, 5, 1),
                () -> new PolynomialLR(1, 0, 1),
                () -> new PolynomialLR(1, 5, -1),
                () -> new ConstantLR(1).then(-1, new ConstantLR(2)));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void numbersOutOfRangeAreRefused(Executable schedule) {
        assertThrows(IllegalArgumentException.class, schedule);
    }

    @Test
    void aRateOfZeroStaysZero() {
        long far = 1_000_000;
        assertEquals(0, new ExponentialLR(0, 1.1).at(far));
        assertEquals(0, new StepLR(0, 1, 1.1).at(far));
    }
}
