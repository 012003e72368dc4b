package io.github.lanewise.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Initializer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** A learning rate of 0 keeps the parameters, whatever their gradients are. */
class RateOfZeroTest {

    private static final float[] GRADIENT = {1, Float.NaN, Float.POSITIVE_INFINITY, -3};

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new SGD(1).momentum(0.9f),
                new Adam(),
                new AdamW(),
                new Adam().amsgrad(),
                new Adamax(),
                new NAdam(),
                new RAdam(),
                new RMSprop(),
                new Adagrad(),
                new Adadelta(),
                new Rprop(),
                new ASGD(),
                new Lion());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void itKeepsTheParameters(Optimizer optimizer) {
        Param parameter = new Param(1, 4, Initializer.ones());
        float[] before = parameter.value().data().clone();
        optimizer.learningRate(0);
        for (int i = 0; i < 7; i++) {
            parameter.setGradient(GRADIENT);
            optimizer.step(List.of(parameter));
        }
        assertArrayEquals(before, parameter.value().data());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void soDoesAFactorOfZero(Optimizer optimizer) {
        Param parameter = new Param(1, 4, Initializer.ones());
        float[] before = parameter.value().data().clone();
        optimizer.group(ParameterGroup.of(List.of(parameter)).rateFactor(0));
        parameter.setGradient(GRADIENT);
        optimizer.step(List.of(parameter));
        assertArrayEquals(before, parameter.value().data());
    }
}
