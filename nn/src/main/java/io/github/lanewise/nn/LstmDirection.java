package io.github.lanewise.nn;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;

/** A direction of an {@link LSTM}; its two biases are added once, as their sum. */
final class LstmDirection extends Direction {

    private static final int GATES = 4;

    private final Matrix gates;
    private final Matrix dGates;
    private final Matrix bias;
    private final Epilogue epilogue;
    private final Matrix memory;
    private final Matrix dMemory;
    private final Matrix lastMemoryGradient;
    private final Cell.Lstm[] steps;
    private final Cell.LstmGradient[] gradients;
    private final Matrix[] lastHidden;
    private final Matrix[] dLastHidden;

    LstmDirection(DirectionPlan plan) {
        super(plan);
        boolean training = plan.workspace().training();
        gates = plan.gateBuffer(GATES);
        bias = Matrix.zeros(1, gates.cols());
        epilogue = Epilogue.bias(bias);
        memory = Matrix.zeros((plan.steps() + 2) * plan.batch(), plan.units());
        dGates = training ? plan.gateBuffer(GATES) : null;
        dMemory = training ? Matrix.zeros(plan.batch(), plan.units()) : null;
        lastMemoryGradient = training ? Matrix.zeros(plan.batch(), plan.units()) : null;
        steps = new Cell.Lstm[plan.steps()];
        gradients = new Cell.LstmGradient[plan.steps()];
        lastHidden = new Matrix[plan.steps()];
        dLastHidden = new Matrix[plan.steps()];
        Matrix squashed = plan.gateBuffer(1);
        for (int s = 0; s < steps.length; s++) {
            bindStep(s, squashed);
        }
    }

    private void bindStep(int s, Matrix squashed) {
        int t = plan.time(s);
        lastHidden[s] = plan.at(plan.before(plan.hidden()), t);
        steps[s] =
                new Cell.Lstm(
                        plan.at(gates, t),
                        plan.at(plan.before(memory), t),
                        plan.at(plan.after(memory), t),
                        plan.at(squashed, t),
                        plan.at(plan.after(plan.hidden()), t));
        if (dGates != null) {
            dLastHidden[s] = plan.at(plan.before(plan.dHidden()), t);
            gradients[s] =
                    new Cell.LstmGradient(
                            steps[s],
                            plan.at(plan.after(plan.dHidden()), t),
                            dMemory,
                            plan.at(dGates, t));
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
    Epilogue inputBias() {
        kernels.activate(Activation.IDENTITY, plan.weights().inputBias().value(), bias);
        kernels.axpy(1, plan.weights().hiddenBias().value(), bias);
        return epilogue;
    }

    @Override
    void forwardStep(int s) {
        multiplyHidden(lastHidden[s], 1, steps[s].gates(), Epilogue.NONE);
        kernels.sequences().step(steps[s]);
    }

    @Override
    void beginBackward() {
        kernels.activate(Activation.IDENTITY, lastMemoryGradient, dMemory);
    }

    @Override
    void backwardStep(int s) {
        kernels.sequences().step(gradients[s]);
        multiplyHiddenBack(gradients[s].dGates(), dLastHidden[s]);
    }

    @Override
    Matrix memory() {
        return memory;
    }

    @Override
    Matrix lastMemoryGradient() {
        return lastMemoryGradient;
    }

    @Override
    Matrix initialMemoryGradient() {
        return dMemory;
    }
}
