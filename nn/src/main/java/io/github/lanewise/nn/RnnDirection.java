package io.github.lanewise.nn;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

/** A direction of an {@link RNN}: sums become states, and their gradients sums', in place. */
final class RnnDirection extends Direction {

    private final Matrix sums;
    private final Matrix dSums;
    private final Matrix bias;
    private final Epilogue epilogue;
    private final Cell.Rnn[] steps;
    private final Cell.RnnGradient[] gradients;
    private final Matrix[] lastHidden;
    private final Matrix[] dLastHidden;

    RnnDirection(DirectionPlan plan, boolean relu) {
        super(plan);
        sums = plan.after(plan.hidden());
        dSums = plan.dHidden() == null ? null : plan.after(plan.dHidden());
        bias = Matrix.zeros(1, plan.units());
        epilogue = Epilogue.bias(bias);
        steps = new Cell.Rnn[plan.steps()];
        gradients = new Cell.RnnGradient[plan.steps()];
        lastHidden = new Matrix[plan.steps()];
        dLastHidden = new Matrix[plan.steps()];
        for (int s = 0; s < steps.length; s++) {
            bindStep(s, relu);
        }
    }

    private void bindStep(int s, boolean relu) {
        int t = plan.time(s);
        lastHidden[s] = plan.at(plan.before(plan.hidden()), t);
        steps[s] = new Cell.Rnn(relu, plan.at(sums, t));
        if (plan.workspace().training()) {
            dLastHidden[s] = plan.at(plan.before(plan.dHidden()), t);
            Matrix dHidden = plan.at(dSums, t);
            gradients[s] = new Cell.RnnGradient(steps[s], dHidden, dHidden);
        }
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
        kernels.activate(Activation.IDENTITY, plan.weights().inputBias().value(), bias);
        kernels.axpy(1, plan.weights().hiddenBias().value(), bias);
        return epilogue;
    }

    @Override
    void forwardStep(int s) {
        multiplyHidden(lastHidden[s], 1, steps[s].hidden(), Epilogue.NONE);
        kernels.sequences().step(steps[s]);
    }

    @Override
    void backwardStep(int s) {
        kernels.sequences().step(gradients[s]);
        multiplyHiddenBack(gradients[s].dSums(), dLastHidden[s]);
    }
}
