package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.TimeSteps;

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
    private final TimeSteps forward;
    private final TimeSteps backward;

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
        Cell.Lstm[] steps = steps(plan.gateBuffer(1));
        forward = forward(steps, gates, 1, Epilogue.NONE);
        backward = training ? backward(gradients(steps), dGates) : null;
    }

    private Cell.Lstm[] steps(Matrix squashed) {
        Cell.Lstm[] steps = new Cell.Lstm[plan.steps()];
        for (int s = 0; s < steps.length; s++) {
            int t = plan.time(s);
            steps[s] =
                    new Cell.Lstm(
                            plan.at(gates, t),
                            plan.at(plan.before(memory), t),
                            plan.at(plan.after(memory), t),
                            plan.at(squashed, t),
                            plan.at(plan.after(plan.hidden()), t));
        }
        return steps;
    }

    private Cell.LstmGradient[] gradients(Cell.Lstm[] steps) {
        Cell.LstmGradient[] gradients = new Cell.LstmGradient[steps.length];
        for (int s = 0; s < steps.length; s++) {
            int t = plan.time(s);
            Matrix dHidden = plan.at(plan.after(plan.dHidden()), t);
            gradients[s] = new Cell.LstmGradient(steps[s], dHidden, dMemory, plan.at(dGates, t));
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
    Epilogue inputBias() {
        kernels.activate(Activation.IDENTITY, plan.weights().inputBias().value(), bias);
        kernels.axpy(1, plan.weights().hiddenBias().value(), bias);
        return epilogue;
    }

    @Override
    TimeSteps forwardSteps() {
        return forward;
    }

    @Override
    void beginBackward() {
        kernels.activate(Activation.IDENTITY, lastMemoryGradient, dMemory);
    }

    @Override
    TimeSteps backwardSteps() {
        return backward;
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
