package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Cell;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Transpose;

import java.util.List;
import java.util.Map;

/** Calls of operations on sequences for {@link OperandsTest}. */
final class CellOperands {

    private static final Kernels K = ChosenKernels.reference();

    private CellOperands() {}

    private static OperandCase of(String name) {
        return new OperandCase(name);
    }

    static List<OperandCase> cases() {
        return List.of(
                of("step: Lstm")
                        .out("gates", 4, 24)
                        .in("lastCellState", 4, 6)
                        .out("cellState", 4, 6)
                        .out("tanhCellState", 4, 6)
                        .out("hidden", 4, 6)
                        .call(m -> K.sequences().step(lstm(m))),
                of("step: LstmGradient")
                        .in("gates", 4, 24)
                        .in("lastCellState", 4, 6)
                        .in("cellState", 4, 6)
                        .in("tanhCellState", 4, 6)
                        .in("hidden", 4, 6)
                        .in("dHidden", 4, 6)
                        .out("dCellState", 4, 6)
                        .out("dGates", 4, 24)
                        .call(CellOperands::lstmGradient),
                of("step: Gru")
                        .out("gates", 4, 18)
                        .in("recurrent", 4, 18)
                        .in("lastHidden", 4, 6)
                        .out("hidden", 4, 6)
                        .call(m -> K.sequences().step(gru(m))),
                of("step: GruGradient")
                        .in("gates", 4, 18)
                        .in("recurrent", 4, 18)
                        .in("lastHidden", 4, 6)
                        .in("hidden", 4, 6)
                        .in("dHidden", 4, 6)
                        .out("dGates", 4, 18)
                        .out("dRecurrent", 4, 18)
                        .out("dLastHidden", 4, 6)
                        .call(CellOperands::gruGradient),
                of("step: RnnGradient")
                        .in("hidden", 4, 6)
                        .in("dHidden", 4, 6)
                        .out("dPreActivations", 4, 6)
                        .call(CellOperands::rnnGradient),
                of("multiplyEach")
                        .in("a", 4, 7)
                        .in("b", 7, 6)
                        .out("c", 4, 6)
                        .free("a null", "b null")
                        .call(m -> multiplyEach(Transpose.NN, m)),
                of("multiplyEach")
                        .in("a", 4, 7)
                        .in("b", 6, 7)
                        .out("c", 4, 6)
                        .free("a null", "b null")
                        .call(m -> multiplyEach(Transpose.NT, m)),
                of("addRows")
                        .in("x", 3, 6)
                        .out("y", 4, 6)
                        .free("x rows", "y rows")
                        .call(m -> K.sequences().addRows(m.get("x"), new int[4], -1, m.get("y"))));
    }

    private static Cell.Lstm lstm(Map<String, Matrix> m) {
        return new Cell.Lstm(
                m.get("gates"),
                m.get("lastCellState"),
                m.get("cellState"),
                m.get("tanhCellState"),
                m.get("hidden"));
    }

    private static void lstmGradient(Map<String, Matrix> m) {
        K.sequences()
                .step(
                        new Cell.LstmGradient(
                                lstm(m), m.get("dHidden"), m.get("dCellState"), m.get("dGates")));
    }

    private static Cell.Gru gru(Map<String, Matrix> m) {
        return new Cell.Gru(
                m.get("gates"), m.get("recurrent"), m.get("lastHidden"), m.get("hidden"));
    }

    private static void gruGradient(Map<String, Matrix> m) {
        K.sequences()
                .step(
                        new Cell.GruGradient(
                                gru(m),
                                m.get("dHidden"),
                                m.get("dGates"),
                                m.get("dRecurrent"),
                                m.get("dLastHidden")));
    }

    private static void rnnGradient(Map<String, Matrix> m) {
        K.sequences()
                .step(
                        new Cell.RnnGradient(
                                new Cell.Rnn(true, m.get("hidden")),
                                m.get("dHidden"),
                                m.get("dPreActivations")));
    }

    private static void multiplyEach(Transpose transpose, Map<String, Matrix> m) {
        Matrix[] a = {m.get("a")};
        Matrix[] b = {m.get("b")};
        Matrix[] c = {m.get("c")};
        K.sequences().multiplyEach(transpose, a, b, 1, c);
    }
}
