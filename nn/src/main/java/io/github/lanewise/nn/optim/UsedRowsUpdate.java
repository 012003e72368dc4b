package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.nn.GradientAccumulator;
import io.github.lanewise.nn.Param;

import java.util.Arrays;

/**
 * A step of the used rows of a parameter alone: they are brought together, updated and put back, so
 * that it is the engine's rule, element by element, and the same bits as a step of all rows.
 */
final class UsedRowsUpdate {

    private int room;
    private Matrix value;
    private Matrix gradient;
    private Matrix[] states = {};

    /** Applies a rule to the rows that the accumulator of a parameter names. */
    void apply(Kernels kernels, Update rule, Param parameter, Matrix[] whole) {
        GradientAccumulator rows = parameter.accumulator();
        resize(rows.usedRows(), parameter.value().cols(), whole.length);
        copy(rows, parameter.value(), value, true);
        copy(rows, parameter.gradient(), gradient, true);
        for (int i = 0; i < whole.length; i++) {
            copy(rows, whole[i], states[i], true);
        }
        kernels.update(rule, value, gradient, states);
        copy(rows, parameter.value(), value, false);
        for (int i = 0; i < whole.length; i++) {
            copy(rows, whole[i], states[i], false);
        }
    }

    /** Makes room by powers of two, so that most steps find it; rows to spare are updated idly. */
    private void resize(int rows, int cols, int count) {
        if (rows <= room && states.length == count) {
            return;
        }
        room = Math.max(room, Integer.highestOneBit(Math.max(1, 2 * rows - 1)));
        value = Matrix.zeros(room, cols);
        gradient = Matrix.zeros(room, cols);
        states = new Matrix[count];
        Arrays.setAll(states, i -> Matrix.zeros(room, cols));
    }

    private static void copy(
            GradientAccumulator rows, Matrix all, Matrix together, boolean gather) {
        int cols = all.cols();
        for (int i = 0; i < rows.usedRows(); i++) {
            int at = rows.usedRow(i) * cols;
            if (gather) {
                System.arraycopy(all.data(), at, together.data(), i * cols, cols);
            } else {
                System.arraycopy(together.data(), i * cols, all.data(), at, cols);
            }
        }
    }
}
