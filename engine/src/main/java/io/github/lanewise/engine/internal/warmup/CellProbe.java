package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.Family;

import java.util.ArrayList;
import java.util.List;

/** A family's recurrent steps, forward and backward, on a few units and on many. */
final class CellProbe implements FamilyProbe {

    private static final int SAMPLES = 3;
    private static final int[] UNITS = {5, 50};

    private final List<Cell> steps = new ArrayList<>();

    CellProbe(Family family) {
        for (int units : UNITS) {
            addSteps(units);
        }
        steps.removeIf(step -> Family.of(step) != family);
    }

    private void addSteps(int units) {
        Matrix gates = operand(SAMPLES, 4 * units);
        Matrix dGates = operand(SAMPLES, 4 * units);
        Matrix last = operand(SAMPLES, units);
        Matrix cellState = operand(SAMPLES, units);
        Matrix tanhCellState = operand(SAMPLES, units);
        Matrix hidden = operand(SAMPLES, units);
        Matrix dHidden = operand(SAMPLES, units);
        Cell.Lstm lstm = new Cell.Lstm(gates, last, cellState, tanhCellState, hidden);
        steps.add(lstm);
        steps.add(new Cell.LstmGradient(lstm, dHidden, cellState, dGates));
        Matrix three = operand(SAMPLES, 3 * units);
        Matrix recurrent = operand(SAMPLES, 3 * units);
        Matrix dThree = operand(SAMPLES, 3 * units);
        Matrix dRecurrent = operand(SAMPLES, 3 * units);
        Cell.Gru gru = new Cell.Gru(three, recurrent, last, hidden);
        steps.add(gru);
        steps.add(new Cell.GruGradient(gru, dHidden, dThree, dRecurrent, tanhCellState));
        for (boolean relu : new boolean[] {true, false}) {
            Cell.Rnn rnn = new Cell.Rnn(relu, hidden);
            steps.add(rnn);
            steps.add(new Cell.RnnGradient(rnn, last, dHidden));
        }
    }

    @Override
    public List<Kernel> kernels() {
        return steps.stream().map(CellProbe::kernel).toList();
    }

    private static Kernel kernel(Cell step) {
        return (set, length) -> {
            for (int turn = 0; turn < length; turn++) {
                set.cells().step(step, 0, SAMPLES);
            }
        };
    }
}
