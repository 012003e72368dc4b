package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.TimeSteps;

/** A direction of an {@link RNN}: sums become states, and their gradients sums', in place. */
final class RnnDirection extends Direction {

    private final Matrix sums;
    private final Matrix dSums;
    private final JointBias bias;
    private final TimeSteps forward;
    private final TimeSteps backward;

    RnnDirection(DirectionPlan plan, boolean relu) {
        super(plan);
        sums = plan.after(plan.hidden());
        dSums = plan.dHidden() == null ? null : plan.after(plan.dHidden());
        bias = new JointBias(plan.weights(), plan.units());
        Cell.Rnn[] steps = new Cell.Rnn[plan.steps()];
        for (int s = 0; s < steps.length; s++) {
            steps[s] = new Cell.Rnn(relu, plan.at(sums, plan.time(s)));
        }
        forward = forward(steps, sums, 1, Epilogue.NONE);
        backward = dSums == null ? null : backward(gradients(steps), dSums);
    }

    private Cell.RnnGradient[] gradients(Cell.Rnn[] steps) {
        Cell.RnnGradient[] gradients = new Cell.RnnGradient[steps.length];
        for (int s = 0; s < steps.length; s++) {
            Matrix dHidden = plan.at(dSums, plan.time(s));
            gradients[s] = new Cell.RnnGradient(steps[s], dHidden, dHidden);
        }
        return gradients;
    }

    @Override
    Matrix sums() {
        return sums;
    }

    @Override
    Matrix dSums() {
        return dSums;
    }

    @Override
    Epilogue inputBias() {
        return bias.update(kernels);
    }

    @Override
    TimeSteps forwardSteps() {
        return forward;
    }

    @Override
    TimeSteps backwardSteps() {
        return backward;
    }
}
