package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.TimeSteps;

/** A direction of an {@link LSTM}; its two biases are added once, as their sum. */
final class LstmDirection extends Direction {

    private static final int GATES = 4;

    private final Matrix gates;
    private final Matrix dGates;
    private final JointBias bias;
    private final CellStateEnds cellState;
    private final Matrix raw;
    private final Matrix dRaw;
    private final Matrix dHidden;
    private final TimeSteps forward;
    private final TimeSteps backward;

    LstmDirection(DirectionPlan plan) {
        super(plan);
        boolean training = plan.workspace().training();
        boolean projected = isProjected();
        gates = plan.gateBuffer(GATES);
        bias = new JointBias(plan.weights(), gates.cols());
        cellState = new CellStateEnds(plan, ends);
        dGates = training ? plan.gateBuffer(GATES) : null;
        dHidden = training ? plan.after(plan.dHidden()) : null;
        raw = projected ? plan.gateBuffer(1) : plan.after(plan.hidden());
        dRaw = projected && training ? plan.gateBuffer(1) : dHidden;
        Cell.Lstm[] steps = steps(plan.gateBuffer(1));
        TimeSteps there = forward(steps, gates, 1, Epilogue.NONE);
        TimeSteps back = training ? backward(gradients(steps), dGates) : null;
        if (projected) {
            LstmProjection projection = new LstmProjection(plan, raw, dRaw);
            there = there.projection(projection.forward());
            back = back == null ? null : back.projection(projection.backward());
        }
        forward = there;
        backward = back;
    }

    private boolean isProjected() {
        return plan.weights().projection() != null;
    }

    private Cell.Lstm[] steps(Matrix tanhCellState) {
        Cell.Lstm[] steps = new Cell.Lstm[plan.steps()];
        for (int s = 0; s < steps.length; s++) {
            int t = plan.time(s);
            steps[s] =
                    new Cell.Lstm(
                            plan.at(gates, t),
                            plan.at(plan.before(cellState.slots()), t),
                            plan.at(plan.after(cellState.slots()), t),
                            plan.at(tanhCellState, t),
                            plan.at(raw, t));
        }
        return steps;
    }

    private Cell.LstmGradient[] gradients(Cell.Lstm[] steps) {
        Cell.LstmGradient[] gradients = new Cell.LstmGradient[steps.length];
        for (int s = 0; s < steps.length; s++) {
            int t = plan.time(s);
            gradients[s] =
                    new Cell.LstmGradient(
                            steps[s], plan.at(dRaw, t), cellState.carried(), plan.at(dGates, t));
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

    @Override
    void beginForward() {
        cellState.beginForward();
    }

    @Override
    void endForward() {
        cellState.endForward();
    }

    @Override
    void beginBackward() {
        cellState.beginBackward(kernels);
    }

    @Override
    void endBackward() {
        cellState.endBackward();
        if (isProjected()) {
            add(plan.weights().projection(), raw, dHidden);
        }
    }

    @Override
    Matrix initialCellState() {
        return cellState.initial();
    }

    @Override
    Matrix lastCellState() {
        return cellState.last();
    }

    @Override
    Matrix lastCellStateGradient() {
        return cellState.lastGradient();
    }

    @Override
    Matrix initialCellStateGradient() {
        return cellState.initialGradient();
    }
}
