package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Sequences;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.internal.Rig.Values;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Time steps in one call, against the products and cells of the scalar set one after another. */
@Tag("contract")
class TimeStepsTest {

    private static final int STEPS = 4;
    private static final int[] THREADS = {1, 2, 3, 7};

    /** Operands of a layer, all made by one recipe, so that two of a size are equal. */
    private static final class Layer {

        final List<Matrix> all = new ArrayList<>();
        final int samples;
        final int units;

        Layer(int samples, int units) {
            this.samples = samples;
            this.units = units;
        }

        Matrix matrix(int rows, int cols) {
            Matrix x = Rig.matrix(rows, cols, all.size() % 3, Values.PLAIN, all.size());
            all.add(x);
            return x;
        }

        Matrix gates(int gates) {
            return matrix(samples, gates * units);
        }

        Matrix state() {
            return matrix(samples, units);
        }

        List<TimeSteps> lstm() {
            Matrix weight = matrix(units, 4 * units);
            Cell[] cells = new Cell[STEPS];
            Cell[] back = new Cell[STEPS];
            Matrix[] hidden = new Matrix[STEPS];
            Matrix[] sums = new Matrix[STEPS];
            Matrix[] dSums = new Matrix[STEPS];
            Matrix[] dHidden = new Matrix[STEPS];
            Matrix last = state();
            Matrix cellState = state();
            Matrix dCellState = state();
            Matrix dLast = state();
            for (int s = 0; s < STEPS; s++) {
                hidden[s] = last;
                sums[s] = gates(4);
                last = state();
                Cell.Lstm cell = new Cell.Lstm(sums[s], cellState, state(), state(), last);
                cellState = cell.cellState();
                cells[s] = cell;
                int b = STEPS - 1 - s;
                dHidden[b] = dLast;
                dLast = state();
                dSums[b] = gates(4);
                back[b] = new Cell.LstmGradient(cell, dLast, dCellState, dSums[b]);
            }
            return List.of(
                    TimeSteps.forward(hidden, weight, 1, sums, Epilogue.NONE, cells),
                    TimeSteps.backward(back, dSums, weight, 0, dHidden));
        }

        List<TimeSteps> gru() {
            Matrix weight = matrix(units, 3 * units);
            Epilogue bias = Epilogue.bias(matrix(1, 3 * units));
            Cell[] cells = new Cell[STEPS];
            Cell[] back = new Cell[STEPS];
            Matrix[] hidden = new Matrix[STEPS];
            Matrix[] sums = new Matrix[STEPS];
            Matrix[] dSums = new Matrix[STEPS];
            Matrix[] dHidden = new Matrix[STEPS];
            Matrix last = state();
            Matrix dLast = state();
            for (int s = 0; s < STEPS; s++) {
                hidden[s] = last;
                sums[s] = gates(3);
                last = state();
                Cell.Gru cell = new Cell.Gru(gates(3), sums[s], hidden[s], last);
                cells[s] = cell;
                int b = STEPS - 1 - s;
                dHidden[b] = dLast;
                dLast = state();
                dSums[b] = gates(3);
                back[b] = new Cell.GruGradient(cell, dLast, gates(3), dSums[b], dHidden[b]);
            }
            return List.of(
                    TimeSteps.forward(hidden, weight, 0, sums, bias, cells),
                    TimeSteps.backward(back, dSums, weight, 1, dHidden));
        }
    }

    /** An LSTM whose hidden states are made of what its cells give, a third as wide. */
    private static List<TimeSteps> projected(Layer layer) {
        int features = (layer.units + 2) / 3;
        List<TimeSteps> plain = layer.lstm();
        Matrix weight = layer.matrix(features, 4 * layer.units);
        Matrix projection = layer.matrix(layer.units, features);
        Matrix[] hidden = new Matrix[STEPS];
        Matrix[] raw = new Matrix[STEPS];
        Matrix[] dHidden = new Matrix[STEPS];
        Matrix[] dRaw = new Matrix[STEPS];
        for (int s = 0; s < STEPS; s++) {
            hidden[s] = layer.matrix(layer.samples, features);
            dHidden[s] = layer.matrix(layer.samples, features);
            raw[s] = ((Cell.Lstm) plain.getFirst().cells()[s]).hidden();
            dRaw[s] = ((Cell.LstmGradient) plain.getLast().cells()[s]).dHidden();
        }
        Matrix[] sums = plain.getFirst().c();
        Matrix[] dSums = plain.getLast().a();
        return List.of(
                TimeSteps.forward(hidden, weight, 1, sums, Epilogue.NONE, plain.getFirst().cells())
                        .projection(new TimeSteps.Projection(raw, projection, dHidden)),
                TimeSteps.backward(plain.getLast().cells(), dSums, weight, 0, hidden)
                        .projection(new TimeSteps.Projection(dHidden, projection, dRaw)));
    }

    @ParameterizedTest
    @CsvSource({"7, 33", "8, 16", "21, 3", "64, 40", "19, 300"})
    void onlySoManyRowsOfAStepAreComputed(int samples, int units) {
        int[] rows = {samples, samples - 2, 1, 0};
        for (int threads : THREADS) {
            Layer expected = new Layer(samples, units);
            Layer actual = new Layer(samples, units);
            Sequences sequences = ChosenKernels.onThreads(threads).sequences();
            List.of(expected.lstm(), expected.gru(), projected(expected))
                    .forEach(both -> both.forEach(steps -> oneByOne(steps.rows(rows))));
            List.of(actual.lstm(), actual.gru(), projected(actual))
                    .forEach(both -> both.forEach(steps -> sequences.run(steps.rows(rows))));
            for (int k = 0; k < expected.all.size(); k++) {
                String what = "matrix %d on %d threads".formatted(k, threads);
                Rig.assertSameBits(what, expected.all.get(k), actual.all.get(k));
            }
        }
    }

    /** The last weight is too large for every thread to read all of it. */
    @ParameterizedTest
    @CsvSource({"0, 20", "1, 20", "7, 33", "8, 16", "21, 3", "64, 40", "19, 300"})
    void oneCallIsProductsAndCellsOneAfterAnother(int samples, int units) {
        for (int threads : THREADS) {
            Layer expected = new Layer(samples, units);
            Layer actual = new Layer(samples, units);
            Sequences sequences = ChosenKernels.onThreads(threads).sequences();
            compute(expected, TimeStepsTest::oneByOne);
            compute(actual, sequences::run);
            for (int k = 0; k < expected.all.size(); k++) {
                String what = "matrix %d on %d threads".formatted(k, threads);
                Rig.assertSameBits(what, expected.all.get(k), actual.all.get(k));
            }
        }
    }

    private static void compute(Layer layer, Consumer<TimeSteps> run) {
        layer.lstm().forEach(run);
        layer.gru().forEach(run);
    }

    private static void oneByOne(TimeSteps steps) {
        Kernels kernels = ChosenKernels.reference();
        for (int s = 0; s < STEPS; s++) {
            int rows = steps.rows(s);
            if (steps.backward()) {
                project(kernels, steps, s);
                kernels.sequences().step(first(steps.cells()[s], rows));
            }
            kernels.gemm(
                    steps.transpose(),
                    steps.a()[s].rowRange(0, rows),
                    steps.weight(),
                    steps.beta(),
                    steps.c()[s].rowRange(0, rows),
                    steps.epilogue());
            if (!steps.backward()) {
                kernels.sequences().step(first(steps.cells()[s], rows));
                project(kernels, steps, s);
            }
        }
    }

    private static void project(Kernels kernels, TimeSteps steps, int s) {
        if (steps.projection() != null) {
            kernels.gemm(
                    steps.transpose(),
                    steps.projection().from()[s].rowRange(0, steps.rows(s)),
                    steps.projection().weight(),
                    0,
                    steps.projection().to()[s].rowRange(0, steps.rows(s)),
                    Epilogue.NONE);
        }
    }

    private static Cell first(Cell cell, int rows) {
        return switch (cell) {
            case Cell.Lstm c ->
                    new Cell.Lstm(
                            c.gates().rowRange(0, rows),
                            c.lastCellState().rowRange(0, rows),
                            c.cellState().rowRange(0, rows),
                            c.tanhCellState().rowRange(0, rows),
                            c.hidden().rowRange(0, rows));
            case Cell.LstmGradient c ->
                    new Cell.LstmGradient(
                            (Cell.Lstm) first(c.step(), rows),
                            c.dHidden().rowRange(0, rows),
                            c.dCellState().rowRange(0, rows),
                            c.dGates().rowRange(0, rows));
            case Cell.Gru c ->
                    new Cell.Gru(
                            c.gates().rowRange(0, rows),
                            c.recurrent().rowRange(0, rows),
                            c.lastHidden().rowRange(0, rows),
                            c.hidden().rowRange(0, rows));
            case Cell.GruGradient c ->
                    new Cell.GruGradient(
                            (Cell.Gru) first(c.step(), rows),
                            c.dHidden().rowRange(0, rows),
                            c.dGates().rowRange(0, rows),
                            c.dRecurrent().rowRange(0, rows),
                            c.dLastHidden().rowRange(0, rows));
            case Cell.Rnn c -> new Cell.Rnn(c.relu(), c.hidden().rowRange(0, rows));
            case Cell.RnnGradient c -> throw new IllegalArgumentException(c.toString());
        };
    }

    @Test
    void wrongNumbersOfRowsAreRefused() {
        Layer layer = new Layer(3, 4);
        TimeSteps steps = layer.lstm().getFirst();
        Sequences sequences = ChosenKernels.onThreads(1).sequences();
        for (int[] rows : new int[][] {{3, 3, 3}, {4, 3, 3, 3}, {3, 3, 3, -1}}) {
            assertThrows(IllegalArgumentException.class, () -> sequences.run(steps.rows(rows)));
        }
    }

    @Test
    void noStepIsNoWork() {
        Matrix[] none = {};
        Matrix weight = Matrix.zeros(2, 2);
        ChosenKernels.onThreads(2)
                .sequences()
                .run(TimeSteps.backward(new Cell[0], none, weight, 1, none));
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Matrix weight = Matrix.zeros(3, 3);
        Matrix two = Matrix.zeros(2, 3);
        Matrix hidden = Matrix.zeros(2, 3);
        Cell[] ofTwo = {new Cell.Rnn(true, hidden)};
        Cell[] ofFive = {new Cell.Rnn(true, Matrix.zeros(5, 3))};
        assertFails(
                "run: TimeSteps: 1 cells, 0 left operands, 1 products; give as many of each",
                TimeSteps.backward(ofTwo, new Matrix[0], weight, 1, new Matrix[] {hidden}));
        assertFails(
                "run: TimeSteps: c is 5x3; NN of a 2x3 and b 3x3 makes 2x3",
                steps(two, weight, Matrix.zeros(5, 3), ofFive));
        assertFails(
                "run: TimeSteps: the cell of step 0 has 5 rows, its product 2, the first 2; all"
                        + " must have as many",
                steps(two, weight, hidden, ofFive));
    }

    @Test
    void anActivationIsRefused() {
        Matrix[] one = {Matrix.zeros(2, 3)};
        Epilogue relu = Epilogue.activate(null, Activation.RELU);
        Cell[] cells = {new Cell.Rnn(true, one[0])};
        assertFails(
                "run: TimeSteps: the epilogue has the activation RELU; give a bias or"
                        + " Epilogue.NONE",
                TimeSteps.forward(one, Matrix.zeros(3, 3), 1, one, relu, cells));
    }

    private static TimeSteps steps(Matrix a, Matrix weight, Matrix c, Cell[] cells) {
        return TimeSteps.forward(
                new Matrix[] {a}, weight, 1, new Matrix[] {c}, Epilogue.NONE, cells);
    }

    private static void assertFails(String message, TimeSteps steps) {
        Sequences sequences = ChosenKernels.onThreads(1).sequences();
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> sequences.run(steps))
                        .getMessage());
    }
}
