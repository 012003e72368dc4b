package io.github.lanewise.engine.internal.scalar;

import static io.github.lanewise.engine.internal.scalar.GateMath.sigmoid;
import static io.github.lanewise.engine.internal.scalar.GateMath.tanh;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.CellKernels;
import io.github.lanewise.engine.internal.Fma;

/** One loop for each kind of step, as {@link Cell} writes it down. */
public final class ScalarCells implements CellKernels {

    @Override
    public void step(Cell cell, int from, int to) {
        int h = cell.shape().cols();
        for (int i = from; i < to; i++) {
            units(cell, i, 0, h);
        }
    }

    /** Computes units j to h of sample i: a whole row, or what a vector kernel leaves over. */
    public void units(Cell cell, int i, int j, int h) {
        switch (cell) {
            case Cell.Lstm step -> lstm(step, i, j, h);
            case Cell.LstmGradient step -> lstmGradient(step, i, j, h);
            case Cell.Gru step -> gru(step, i, j, h);
            case Cell.GruGradient step -> gruGradient(step, i, j, h);
            case Cell.Rnn step -> rnn(step, i, j, h);
            case Cell.RnnGradient step -> rnnGradient(step, i, j, h);
        }
    }

    private static void lstm(Cell.Lstm step, int row, int j, int h) {
        float[] gates = step.gates().data();
        int at = start(step.gates(), row);
        for (; j < h; j++) {
            float i = sigmoid(gates[at + j]);
            float f = sigmoid(gates[at + h + j]);
            float g = tanh(gates[at + 2 * h + j]);
            float o = sigmoid(gates[at + 3 * h + j]);
            gates[at + j] = i;
            gates[at + h + j] = f;
            gates[at + 2 * h + j] = g;
            gates[at + 3 * h + j] = o;
            float cellState = Fma.fma(f, get(step.lastCellState(), row, j), i * g);
            float tanhCellState = tanh(cellState);
            set(step.cellState(), row, j, cellState);
            set(step.tanhCellState(), row, j, tanhCellState);
            set(step.hidden(), row, j, o * tanhCellState);
        }
    }

    private static void lstmGradient(Cell.LstmGradient gradient, int row, int j, int h) {
        Cell.Lstm step = gradient.step();
        float[] gates = step.gates().data();
        float[] dGates = gradient.dGates().data();
        int at = start(step.gates(), row);
        int dAt = start(gradient.dGates(), row);
        for (; j < h; j++) {
            float i = gates[at + j];
            float f = gates[at + h + j];
            float g = gates[at + 2 * h + j];
            float o = gates[at + 3 * h + j];
            float tanhCellState = get(step.tanhCellState(), row, j);
            float dHidden = get(gradient.dHidden(), row, j);
            float slope = Fma.fma(-tanhCellState, tanhCellState, 1f);
            float d = Fma.fma(dHidden * o, slope, get(gradient.dCellState(), row, j));
            dGates[dAt + j] = d * g * (i * (1f - i));
            dGates[dAt + h + j] = d * get(step.lastCellState(), row, j) * (f * (1f - f));
            dGates[dAt + 2 * h + j] = d * i * Fma.fma(-g, g, 1f);
            dGates[dAt + 3 * h + j] = dHidden * tanhCellState * (o * (1f - o));
            set(gradient.dCellState(), row, j, d * f);
        }
    }

    private static void gru(Cell.Gru step, int row, int j, int h) {
        float[] gates = step.gates().data();
        float[] recurrent = step.recurrent().data();
        int at = start(step.gates(), row);
        int rAt = start(step.recurrent(), row);
        for (; j < h; j++) {
            float r = sigmoid(gates[at + j] + recurrent[rAt + j]);
            float z = sigmoid(gates[at + h + j] + recurrent[rAt + h + j]);
            float n = tanh(Fma.fma(r, recurrent[rAt + 2 * h + j], gates[at + 2 * h + j]));
            gates[at + j] = r;
            gates[at + h + j] = z;
            gates[at + 2 * h + j] = n;
            set(step.hidden(), row, j, Fma.fma(z, get(step.lastHidden(), row, j) - n, n));
        }
    }

    private static void gruGradient(Cell.GruGradient gradient, int row, int j, int h) {
        Cell.Gru step = gradient.step();
        float[] gates = step.gates().data();
        int at = start(step.gates(), row);
        for (; j < h; j++) {
            float r = gates[at + j];
            float z = gates[at + h + j];
            float n = gates[at + 2 * h + j];
            float dHidden = get(gradient.dHidden(), row, j);
            float dn = dHidden * (1f - z) * Fma.fma(-n, n, 1f);
            float dr = dn * get(step.recurrent(), row, 2 * h + j) * (r * (1f - r));
            float dz = dHidden * (get(step.lastHidden(), row, j) - n) * (z * (1f - z));
            set(gradient.dGates(), row, j, dr);
            set(gradient.dGates(), row, h + j, dz);
            set(gradient.dGates(), row, 2 * h + j, dn);
            set(gradient.dRecurrent(), row, j, dr);
            set(gradient.dRecurrent(), row, h + j, dz);
            set(gradient.dRecurrent(), row, 2 * h + j, dn * r);
            Matrix dLast = gradient.dLastHidden();
            set(dLast, row, j, Fma.fma(dHidden, z, get(dLast, row, j)));
        }
    }

    private static void rnn(Cell.Rnn step, int row, int j, int h) {
        for (; j < h; j++) {
            float sum = get(step.hidden(), row, j);
            set(step.hidden(), row, j, step.relu() ? (sum <= 0 ? 0f : sum) : tanh(sum));
        }
    }

    private static void rnnGradient(Cell.RnnGradient gradient, int row, int j, int h) {
        Cell.Rnn step = gradient.step();
        for (; j < h; j++) {
            float hidden = get(step.hidden(), row, j);
            float d = get(gradient.dHidden(), row, j);
            float slope = Fma.fma(-hidden, hidden, 1f);
            set(
                    gradient.dPreActivations(),
                    row,
                    j,
                    step.relu() ? (hidden <= 0 ? 0f : d) : d * slope);
        }
    }

    private static float get(Matrix x, int i, int j) {
        return x.data()[start(x, i) + j];
    }

    private static void set(Matrix x, int i, int j, float value) {
        x.data()[start(x, i) + j] = value;
    }

    private static int start(Matrix x, int i) {
        return x.offset() + i * x.ld();
    }
}
