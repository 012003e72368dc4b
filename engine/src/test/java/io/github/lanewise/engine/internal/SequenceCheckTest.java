package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a caller who runs time steps is told about each kind of mistake. */
class SequenceCheckTest {

    private static final Sequences SEQUENCES = ChosenKernels.reference().sequences();
    private static final Matrix WEIGHT = Matrix.zeros(6, 6);

    private static Matrix[] matrices(int count, int rows) {
        Matrix[] made = new Matrix[count];
        for (int i = 0; i < count; i++) {
            made[i] = Matrix.zeros(rows, 6);
        }
        return made;
    }

    private static Cell[] cells(int count, int rows) {
        Cell[] made = new Cell[count];
        for (int i = 0; i < count; i++) {
            made[i] = new Cell.Rnn(true, Matrix.zeros(rows, 6));
        }
        return made;
    }

    private static TimeSteps steps(Matrix[] a, Matrix[] c, Cell[] cells) {
        return TimeSteps.forward(a, WEIGHT, 0, c, Epilogue.NONE, cells);
    }

    private static TimeSteps two() {
        return steps(matrices(2, 4), matrices(2, 4), cells(2, 4));
    }

    @Test
    void asManyOfEachAreGiven() {
        String message =
                "run: TimeSteps: 2 cells, %d left operands, %d products;" + " give as many of each";
        assertRejected(
                message.formatted(1, 2),
                () -> SEQUENCES.run(steps(matrices(1, 4), matrices(2, 4), cells(2, 4))));
        assertRejected(
                message.formatted(2, 3),
                () -> SEQUENCES.run(steps(matrices(2, 4), matrices(3, 4), cells(2, 4))));
    }

    @Test
    void rowsAreGivenForEachStepAndLieInIt() {
        assertDoesNotThrow(() -> SEQUENCES.run(two().rows(new int[] {4, 0})));
        assertRejected(
                "run: TimeSteps: 2 cells, 1 numbers of rows; give one for each",
                () -> SEQUENCES.run(two().rows(new int[1])));
        assertRejected(
                "run: TimeSteps: 5 rows of step 1 are to be computed, of 4 that it has",
                () -> SEQUENCES.run(two().rows(new int[] {4, 5})));
        assertRejected(
                "run: TimeSteps: -1 rows of step 0 are to be computed, of 4 that it has",
                () -> SEQUENCES.run(two().rows(new int[] {-1, 4})));
    }

    @Test
    void allStepsHaveAsManyRows() {
        Matrix[] a = {Matrix.zeros(4, 6), Matrix.zeros(3, 6)};
        Matrix[] c = {Matrix.zeros(4, 6), Matrix.zeros(3, 6)};
        Cell[] cells = {cells(1, 4)[0], cells(1, 3)[0]};
        assertRejected(
                "run: TimeSteps: the cell of step 1 has 3 rows, its product 3, the first 4; all"
                        + " must have as many",
                () -> SEQUENCES.run(steps(a, c, cells)));
        assertRejected(
                "run: TimeSteps: the cell of step 0 has 5 rows, its product 4, the first 4; all"
                        + " must have as many",
                () -> SEQUENCES.run(steps(matrices(2, 4), matrices(2, 4), cells(2, 5))));
    }

    @Test
    void productsAndCellsAreChecked() {
        assertRejected(
                "run: TimeSteps: beta is 0.5; it must be 0 (overwrite) or 1 (add)",
                () ->
                        SEQUENCES.run(
                                TimeSteps.forward(
                                        matrices(2, 4),
                                        WEIGHT,
                                        0.5f,
                                        matrices(2, 4),
                                        Epilogue.NONE,
                                        cells(2, 4))));
        Cell[] cells = cells(2, 4);
        cells[1] = new Cell.Gru(WEIGHT, WEIGHT, WEIGHT, Matrix.zeros(4, 6));
        assertRejected(
                "step: Gru: gates is 6x6; it must be 4x18",
                () -> SEQUENCES.run(steps(matrices(2, 4), matrices(2, 4), cells)));
    }

    @Test
    void theEpilogueHasNoActivation() {
        assertRejected(
                "run: TimeSteps: the epilogue has the activation RELU; give a bias or"
                        + " Epilogue.NONE",
                () ->
                        SEQUENCES.run(
                                TimeSteps.forward(
                                        matrices(1, 4),
                                        WEIGHT,
                                        0,
                                        matrices(1, 4),
                                        Epilogue.activate(null, Activation.RELU),
                                        cells(1, 4))));
    }

    @Test
    void aProjectionHasAsManyMatricesOfTheSteps() {
        assertRejected(
                "run: TimeSteps: 2 cells, a projection of 1 to 2 matrices; give as many of each",
                () -> projected(matrices(1, 4), matrices(2, 4)));
        assertRejected(
                "run: TimeSteps: 2 cells, a projection of 2 to 3 matrices; give as many of each",
                () -> projected(matrices(2, 4), matrices(3, 4)));
        assertRejected(
                "run: TimeSteps: projection.from is 3x6; it must be 4x6",
                () -> projected(matrices(2, 3), matrices(2, 3)));
        assertRejected(
                "run: TimeSteps: c is 3x6; NN of a 4x6 and b 6x6 makes 4x6",
                () -> projected(matrices(2, 4), matrices(2, 3)));
    }

    private static void projected(Matrix[] from, Matrix[] to) {
        SEQUENCES.run(two().projection(new TimeSteps.Projection(from, WEIGHT, to)));
    }

    @Test
    void pairsAreAsManyAndFit() {
        Matrix[] one = matrices(1, 6);
        Matrix[] two = matrices(2, 6);
        String message =
                "multiplyEach: %d left operands, %d right operands, %d products; give as many of"
                        + " each";
        assertRejected(
                message.formatted(1, 2, 2),
                () -> SEQUENCES.multiplyEach(Transpose.NN, one, two, 1, matrices(2, 6)));
        assertRejected(
                message.formatted(2, 1, 2),
                () -> SEQUENCES.multiplyEach(Transpose.NN, two, one, 1, matrices(2, 6)));
        assertRejected(
                "multiplyEach: beta is 2.0; it must be 0 (overwrite) or 1 (add)",
                () -> SEQUENCES.multiplyEach(Transpose.NN, one, one, 1, 2, matrices(1, 6)));
    }

    @Test
    void rowsAreAddedToRowsThatThereAre() {
        assertRejected(
                "addRows: row number 3 at 1 is outside the source, which has 3 rows",
                () ->
                        SEQUENCES.addRows(
                                Matrix.zeros(2, 6), new int[] {2, 3}, -1, Matrix.zeros(3, 6)));
    }

    private static void assertRejected(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
