package io.github.lanewise.nn.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.init.Initializer;
import io.github.lanewise.nn.optim.ParameterGroup;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.TrainerCallback;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Which rate a schedule's callback sets, and when. */
class ScheduleCallbackTest {

    /** What was trained before does not count. */
    @Test
    void aScheduleBeginsAtTheStepWhereItIsMade() {
        Param weight = new Param(1, 1, Initializer.zeros());
        SGD sgd = new SGD(1);
        Schedule halved = new StepLR(1, 1, 0.5);
        sgd.step(List.of(weight.setGradient(0)));
        TrainerCallback schedule = halved.perStep(sgd);
        schedule.onEpochBegin(null);
        assertEquals(1, sgd.learningRate());
        sgd.step(List.of(weight.setGradient(0)));
        schedule.onBatchEnd(null);
        assertEquals(0.5f, sgd.learningRate());
        sgd.learningRate(9);
        schedule.onEpochBegin(null);
        assertEquals(0.5f, sgd.learningRate());
    }

    @Test
    void aGroupHasAScheduleOfItsOwn() {
        Param weight = new Param(1, 1, Initializer.zeros());
        ParameterGroup group = ParameterGroup.of(List.of(weight));
        SGD sgd = new SGD(1);
        sgd.group(group);
        new ConstantLR(0.25).perStep(sgd, group).onEpochBegin(null);
        sgd.step(List.of(weight.setGradient(1)));
        assertEquals(-0.25f, weight.value().at(0, 0));
        new ConstantLR(0.5).perEpoch(group).onEpochBegin(null);
        sgd.step(List.of(weight.setGradient(1)));
        assertEquals(-0.75f, weight.value().at(0, 0));
        assertEquals(1, sgd.learningRate());
    }
}
