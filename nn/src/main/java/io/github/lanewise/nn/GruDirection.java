package io.github.lanewise.nn;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

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
    private final Epilogue hiddenBias;
    private final Cell.Gru[] steps;
    private final Cell.GruGradient[] gradients;

    GruDirection(DirectionPlan plan) {
        super(plan);
        boolean training = plan.workspace().training();
        gates = plan.gateBuffer(GATES);
        recurrent = plan.gateBuffer(GATES);
        dGates = training ? plan.gateBuffer(GATES) : null;
        dRecurrent = training ? plan.gateBuffer(GATES) : null;
        inputBias = Epilogue.bias(plan.weights().inputBias().value());
        hiddenBias = Epilogue.bias(plan.weights().hiddenBias().value());
        steps = new Cell.Gru[plan.steps()];
        gradients = new Cell.GruGradient[plan.steps()];
        for (int s = 0; s < steps.length; s++) {
            bindStep(s);
        }
    }

    private void bindStep(int s) {
        int t = plan.time(s);
        steps[s] =
                new Cell.Gru(
                        plan.at(gates, t),
                        plan.at(recurrent, t),
                        plan.at(plan.before(plan.hidden()), t),
                        plan.at(plan.after(plan.hidden()), t));
        if (dGates != null) {
            gradients[s] =
                    new Cell.GruGradient(
                            steps[s],
                            plan.at(plan.after(plan.dHidden()), t),
                            plan.at(dGates, t),
                            plan.at(dRecurrent, t),
                            plan.at(plan.before(plan.dHidden()), t));
        }
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
    void forwardStep(int s) {
        Cell.Gru step = steps[s];
        multiplyHidden(step.lastHidden(), 0, step.recurrent(), hiddenBias);
        kernels.sequences().step(step);
    }

    @Override
    void backwardStep(int s) {
        kernels.sequences().step(gradients[s]);
        multiplyHiddenBack(gradients[s].dRecurrent(), gradients[s].dLastHidden());
    }
}
