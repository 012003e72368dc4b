package io.github.lanewise.engine.internal.check;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Epilogue;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.TimeSteps;
import io.github.lanewise.engine.Transpose;

import java.util.Locale;
import java.util.Objects;

/** What the arguments of {@link io.github.lanewise.engine.Sequences} must be. */
public final class SequenceCheck {

    private SequenceCheck() {}

    public static void step(Cell cell) {
        Objects.requireNonNull(cell, "cell");
        switch (cell) {
            case Cell.Lstm step -> lstm("step: Lstm", step);
            case Cell.LstmGradient gradient -> lstmGradient("step: LstmGradient", gradient);
            case Cell.Gru step -> gru("step: Gru", step);
            case Cell.GruGradient gradient -> gruGradient("step: GruGradient", gradient);
            case Cell.Rnn step -> Objects.requireNonNull(step.hidden(), "hidden");
            case Cell.RnnGradient gradient -> rnnGradient("step: RnnGradient", gradient);
        }
    }

    public static void run(TimeSteps steps) {
        String operation = "run: TimeSteps";
        Objects.requireNonNull(steps, "steps");
        if (steps.epilogue().activation().kind() != Activation.Kind.IDENTITY) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: the epilogue has the activation %s; give a bias or Epilogue.NONE",
                            operation,
                            steps.epilogue().activation().kind()));
        }
        Matrix[] c = steps.c();
        int count = steps.cells().length;
        if (steps.a().length != count || c.length != count) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d cells, %d left operands, %d products; give as many of each",
                            operation,
                            count,
                            steps.a().length,
                            c.length));
        }
        if (steps.rows() != null && steps.rows().length != count) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d cells, %d numbers of rows; give one for each",
                            operation,
                            count,
                            steps.rows().length));
        }
        Transpose transpose = steps.transpose();
        for (int s = 0; s < count; s++) {
            Matrix a = steps.a()[s];
            ProductCheck.gemm(
                    operation, transpose, a, steps.weight(), steps.beta(), c[s], steps.epilogue());
            step(steps.cells()[s]);
            int rows = steps.cells()[s].shape().rows();
            if (rows != c[s].rows() || rows != c[0].rows()) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "%s: the cell of step %d has %d rows, its product %d, the first %d;"
                                        + " all must have as many",
                                operation,
                                s,
                                rows,
                                c[s].rows(),
                                c[0].rows()));
            }
            if (steps.projection() != null) {
                checkProjection(operation, steps, s, rows);
            }
            if (steps.rows(s) < 0 || steps.rows(s) > rows) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "%s: %d rows of step %d are to be computed, of %d that it has",
                                operation,
                                steps.rows(s),
                                s,
                                rows));
            }
        }
    }

    private static void checkProjection(String operation, TimeSteps steps, int s, int rows) {
        TimeSteps.Projection projection = steps.projection();
        int count = steps.cells().length;
        if (projection.from().length != count || projection.to().length != count) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d cells, a projection of %d to %d matrices; give as many of each",
                            operation,
                            count,
                            projection.from().length,
                            projection.to().length));
        }
        Matrix from = projection.from()[s];
        Check.shape(operation, "projection.from", from, rows, from.cols());
        ProductCheck.gemm(
                operation,
                steps.transpose(),
                from,
                projection.weight(),
                0,
                projection.to()[s],
                Epilogue.NONE);
    }

    private static void lstm(String operation, Cell.Lstm step) {
        Matrix hidden = Objects.requireNonNull(step.hidden(), "hidden");
        gates(operation, "gates", step.gates(), hidden, 4);
        units(operation, "lastCellState", step.lastCellState(), hidden);
        units(operation, "cellState", step.cellState(), hidden);
        units(operation, "tanhCellState", step.tanhCellState(), hidden);
        Check.inPlaceOrApart(
                operation, "cellState", step.cellState(), "lastCellState", step.lastCellState());
        Check.apart(
                operation, "tanhCellState", step.tanhCellState(), "cellState", step.cellState());
        Check.apart(operation, "hidden", hidden, "cellState", step.cellState());
        Check.inPlaceOrApart(
                operation,
                "tanhCellState",
                step.tanhCellState(),
                "lastCellState",
                step.lastCellState());
        Check.inPlaceOrApart(operation, "hidden", hidden, "lastCellState", step.lastCellState());
        Check.inPlaceOrApart(operation, "hidden", hidden, "tanhCellState", step.tanhCellState());
        Check.apart(operation, "hidden", hidden, "gates", step.gates());
        Check.apart(operation, "gates", step.gates(), "lastCellState", step.lastCellState());
        Check.apart(operation, "gates", step.gates(), "cellState", step.cellState());
        Check.apart(operation, "gates", step.gates(), "tanhCellState", step.tanhCellState());
    }

    private static void lstmGradient(String operation, Cell.LstmGradient gradient) {
        Matrix dHidden = Objects.requireNonNull(gradient.dHidden(), "dHidden");
        lstm(operation, gradient.step());
        units(operation, "hidden", gradient.step().hidden(), dHidden);
        units(operation, "dCellState", gradient.dCellState(), dHidden);
        gates(operation, "dGates", gradient.dGates(), dHidden, 4);
        Check.apart(operation, "dGates", gradient.dGates(), "gates", gradient.step().gates());
        Check.apart(operation, "dGates", gradient.dGates(), "dHidden", dHidden);
        Check.apart(operation, "dGates", gradient.dGates(), "dCellState", gradient.dCellState());
        Check.apart(operation, "dCellState", gradient.dCellState(), "dHidden", dHidden);
        apart(operation, "dGates", gradient.dGates(), gradient.step());
        apart(operation, "dCellState", gradient.dCellState(), gradient.step());
        Check.apart(
                operation, "dCellState", gradient.dCellState(), "gates", gradient.step().gates());
    }

    /** Requires that what a backward step writes lies apart from what the step remembered. */
    private static void apart(String operation, String name, Matrix output, Cell.Lstm step) {
        Check.apart(operation, name, output, "lastCellState", step.lastCellState());
        Check.apart(operation, name, output, "cellState", step.cellState());
        Check.apart(operation, name, output, "tanhCellState", step.tanhCellState());
        Check.apart(operation, name, output, "hidden", step.hidden());
    }

    private static void gru(String operation, Cell.Gru step) {
        Matrix hidden = Objects.requireNonNull(step.hidden(), "hidden");
        gates(operation, "gates", step.gates(), hidden, 3);
        gates(operation, "recurrent", step.recurrent(), hidden, 3);
        units(operation, "lastHidden", step.lastHidden(), hidden);
        Check.apart(operation, "gates", step.gates(), "recurrent", step.recurrent());
        Check.apart(operation, "hidden", hidden, "gates", step.gates());
        Check.apart(operation, "hidden", hidden, "recurrent", step.recurrent());
        Check.apart(operation, "gates", step.gates(), "lastHidden", step.lastHidden());
        Check.inPlaceOrApart(operation, "hidden", hidden, "lastHidden", step.lastHidden());
    }

    private static void gruGradient(String operation, Cell.GruGradient gradient) {
        Matrix dHidden = Objects.requireNonNull(gradient.dHidden(), "dHidden");
        Cell.Gru step = gradient.step();
        gru(operation, step);
        units(operation, "hidden", step.hidden(), dHidden);
        units(operation, "dLastHidden", gradient.dLastHidden(), dHidden);
        gates(operation, "dGates", gradient.dGates(), dHidden, 3);
        gates(operation, "dRecurrent", gradient.dRecurrent(), dHidden, 3);
        Check.apart(operation, "dRecurrent", gradient.dRecurrent(), "dGates", gradient.dGates());
        apart(operation, "dGates", gradient.dGates(), gradient);
        apart(operation, "dRecurrent", gradient.dRecurrent(), gradient);
        Matrix dLastHidden = gradient.dLastHidden();
        Check.apart(operation, "dLastHidden", dLastHidden, "dGates", gradient.dGates());
        Check.apart(operation, "dLastHidden", dLastHidden, "dRecurrent", gradient.dRecurrent());
        apart(operation, "dLastHidden", dLastHidden, gradient);
    }

    /** Requires that what a backward step writes lies apart from all that it reads. */
    private static void apart(
            String operation, String name, Matrix output, Cell.GruGradient gradient) {
        Cell.Gru step = gradient.step();
        Check.apart(operation, name, output, "gates", step.gates());
        Check.apart(operation, name, output, "recurrent", step.recurrent());
        Check.apart(operation, name, output, "lastHidden", step.lastHidden());
        Check.apart(operation, name, output, "hidden", step.hidden());
        Check.apart(operation, name, output, "dHidden", gradient.dHidden());
    }

    private static void rnnGradient(String operation, Cell.RnnGradient gradient) {
        Matrix dHidden = Objects.requireNonNull(gradient.dHidden(), "dHidden");
        Matrix hidden = gradient.step().hidden();
        units(operation, "hidden", hidden, dHidden);
        units(operation, "dPreActivations", gradient.dPreActivations(), dHidden);
        Check.inPlaceOrApart(
                operation, "dPreActivations", gradient.dPreActivations(), "dHidden", dHidden);
        Check.inPlaceOrApart(
                operation, "dPreActivations", gradient.dPreActivations(), "hidden", hidden);
    }

    private static void units(String operation, String name, Matrix x, Matrix like) {
        Check.shape(operation, name, x, like.rows(), like.cols());
    }

    private static void gates(String operation, String name, Matrix x, Matrix like, int gates) {
        Check.shape(operation, name, x, like.rows(), gates * like.cols());
    }

    public static void multiplyEach(
            Transpose transpose, Matrix[] a, Matrix[] b, float beta, Matrix[] c) {
        String operation = "multiplyEach";
        Objects.requireNonNull(transpose, "transpose");
        Check.beta(operation, beta);
        if (a.length != c.length || b.length != c.length) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "%s: %d left operands, %d right operands, %d products; give as many of"
                                    + " each",
                            operation,
                            a.length,
                            b.length,
                            c.length));
        }
        for (int s = 0; s < c.length; s++) {
            int inner = transpose.b() ? b[s].cols() : b[s].rows();
            if (transpose.depth(a[s]) != inner) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "%s: inner dimensions of pair %d differ: %s of a %s and b %s",
                                operation,
                                s,
                                transpose,
                                a[s].shape(),
                                b[s].shape()));
            }
            Check.shape(operation, "c", c[s], transpose.rows(a[s]), transpose.cols(b[s]));
            Check.apart(operation, "c", c[s], "a", a[s]);
            Check.apart(operation, "c", c[s], "b", b[s]);
        }
    }

    public static void addRows(Matrix x, int[] rows, Matrix y) {
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        if (x.cols() != y.cols()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "addRows: x is %s, y is %s; both must have as many columns",
                            x.shape(),
                            y.shape()));
        }
        Check.apart("addRows", "y", y, "x", x);
        Check.rowNumbers("addRows", rows, x.rows(), y.rows());
    }
}
