package io.github.lanewise.nn.optim;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.init.Initializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** Ten steps of each optimizer that is a plain loop, with the numbers of PyTorch's. */
class OptimizerParityTest {

    private static final int STEPS = 10;

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("optimizers");
    }

    private static Optimizer optimizer(String name) {
        return switch (name) {
            case "nadam" -> nadam();
            case "nadam decoupled" -> nadam().decoupledWeightDecay();
            case "radam" -> radam();
            case "radam decoupled" -> radam().decoupledWeightDecay();
            case "adamax" -> new Adamax(0.02f).betas(0.8f, 0.95f).eps(1e-4f).weightDecay(0.1f);
            case "rprop" -> new Rprop(0.02f).etas(0.4f, 1.3f).stepSizes(1e-3f, 0.04f);
            case "asgd" -> new ASGD(0.02f).lambd(0.1f).alpha(0.6f).t0(4).weightDecay(0.1f);
            case "lookahead" -> new SGD(0.1f).momentum(0.5f).with(new Lookahead(3, 0.6f));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static NAdam nadam() {
        return new NAdam(0.02f)
                .betas(0.8f, 0.95f)
                .eps(1e-4f)
                .weightDecay(0.1f)
                .momentumDecay(0.01f);
    }

    private static RAdam radam() {
        return new RAdam(0.02f).betas(0.8f, 0.95f).eps(1e-4f).weightDecay(0.1f);
    }

    private static void step(Optimizer optimizer, Param parameter, Matrix gradients, int step) {
        float[] p = parameter.value().data();
        float[] g = new float[p.length];
        for (int i = 0; i < g.length; i++) {
            g[i] = gradients.at(step, i) + p[i] / 2;
        }
        parameter.setGradient(g);
        optimizer.step(List.of(parameter));
    }

    private static Param parameter(GoldenCase golden) {
        Param parameter = new Param(3, 4, Initializer.constant(0));
        assign(parameter, golden.input("p"));
        return parameter;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tenStepsMatchPyTorch(GoldenCase golden) {
        Optimizer optimizer = optimizer(golden.name());
        Param parameter = parameter(golden);
        for (int step = 0; step < STEPS; step++) {
            step(optimizer, parameter, golden.input("g"), step);
            if (golden.hasOutput("p" + (step + 1))) {
                golden.check("p" + (step + 1), values(parameter.value()));
            }
        }
    }

    /** Numbers that follow from the count of steps follow from each parameter's own. */
    @ParameterizedTest(autoCloseArguments = false) // looks at a part of the case
    @MethodSource("cases")
    void parametersThatJoinLaterTakeTheirOwnSteps(GoldenCase golden) {
        if (golden.name().equals("lookahead")) {
            return;
        }
        Optimizer both = optimizer(golden.name());
        Param early = parameter(golden);
        Param late = parameter(golden);
        Matrix gradients = golden.input("g");
        for (int step = 0; step < STEPS; step++) {
            step(both, early, gradients, step);
            if (step >= 3) {
                step(both, late, gradients, step - 3);
            }
        }
        Param alone = parameter(golden);
        Optimizer other = optimizer(golden.name());
        for (int step = 0; step < STEPS - 3; step++) {
            step(other, alone, gradients, step);
        }
        assertArrayEquals(values(alone.value()), values(late.value()));
    }

    @Test
    void theAverageOfAsgdBeginsWhereItIsTold() {
        ASGD asgd = new ASGD(0.5f).lambd(0).alpha(0).t0(1);
        Param parameter = new Param(1, 1, Initializer.constant(8));
        assertNull(asgd.average(parameter));
        float[] averages = new float[4];
        for (int step = 0; step < averages.length; step++) {
            parameter.setGradient(2);
            asgd.step(List.of(parameter));
            averages[step] = asgd.average(parameter).at(0, 0);
        }
        assertEquals(4, parameter.value().at(0, 0));
        assertArrayEquals(new float[] {7, 6, 5, 4.5f}, averages);
    }

    @Test
    void lookaheadIsForOneModel() {
        Optimizer sgd = new SGD(1).with(new Lookahead());
        Param first = new Param(1, 1, Initializer.constant(1)).setGradient(1);
        Param second = new Param(1, 1, Initializer.constant(1)).setGradient(1);
        sgd.step(List.of(first));
        assertThrows(IllegalStateException.class, () -> sgd.step(List.of(first, second)));
    }

    static Stream<Executable> wrong() {
        return Stream.of(
                () -> new NAdam(-1),
                () -> new NAdam().momentumDecay(-1),
                () -> new RAdam().betas(1, 0.9f),
                () -> new Adamax().eps(-1),
                () -> new Rprop().etas(1, 1.2f),
                () -> new Rprop().weightDecay(0.1f),
                () -> new ASGD().lambd(Float.NaN),
                () -> new Lookahead(0, 0.5f),
                () -> new Lookahead(5, 0));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void numbersOutOfRangeAreRefused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }
}
