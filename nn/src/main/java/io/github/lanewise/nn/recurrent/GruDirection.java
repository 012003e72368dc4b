package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.nn.Param;

/**
 * A direction of a {@link GRU}, whose sums over hidden units stand apart, for r multiplies them.
 */
final class GruDirection extends Direction {

    private static final int GATES = 3;

    private final Matrix gates;
    private final Matrix recurrent;
    private final Matrix dGates;
    private final Matrix dRecurrent;
    private final Epilogue inputBias;
    private final TimeSteps forward;
    private final TimeSteps backward;

    GruDirection(DirectionPlan plan) {
        super(plan);
        boolean training = plan.workspace().training();
        gates = plan.gateBuffer(GATES);
        recurrent = plan.gateBuffer(GATES);
        dGates = training ? plan.gateBuffer(GATES) : null;
        dRecurrent = training ? plan.gateBuffer(GATES) : null;
        inputBias = bias(plan.weights().inputBias());
        Epilogue hiddenBias = bias(plan.weights().hiddenBias());
        Cell.Gru[] steps = steps();
        forward = forward(steps, recurrent, 0, hiddenBias);
        backward = training ? backward(gradients(steps), dRecurrent) : null;
    }

    private static Epilogue bias(Param bias) {
        return bias == null ? Epilogue.NONE : Epilogue.bias(bias.value());
    }

    private Cell.Gru[] steps() {
        Cell.Gru[] steps = new Cell.Gru[plan.steps()];
        for (int s = 0; s < steps.length; s++) {
            int t = plan.time(s);
            steps[s] =
                    new Cell.Gru(
                            plan.at(gates, t),
                            plan.at(recurrent, t),
                            plan.at(plan.before(plan.hidden()), t),
                            plan.at(plan.after(plan.hidden()), t));
        }
        return steps;
    }

    private Cell.GruGradient[] gradients(Cell.Gru[] steps) {
        Cell.GruGradient[] gradients = new Cell.GruGradient[steps.length];
        for (int s = 0; s < steps.length; s++) {
            int t = plan.time(s);
            gradients[s] =
                    new Cell.GruGradient(
                            steps[s],
                            plan.at(plan.after(plan.dHidden()), t),
                            plan.at(dGates, t),
                            plan.at(dRecurrent, t),
                            plan.at(plan.before(plan.dHidden()), t));
        }
        return gradients;
    }

    @Override
    Matrix sums() {
        return gates;
    }

    @Override
    Matrix dSums() {
        return dGates;
    }

    @Override
    Matrix dHiddenSums() {
        return dRecurrent;
    }

    @Override
    Epilogue inputBias() {
        return inputBias;
    }

    @Override
    TimeSteps forwardSteps() {
        return forward;
    }

    @Override
    TimeSteps backwardSteps() {
        return backward;
    }

    /** Returns true, since the cells themselves add to the gradient of the state before. */
    @Override
    boolean addsToGradients() {
        return true;
    }
}
