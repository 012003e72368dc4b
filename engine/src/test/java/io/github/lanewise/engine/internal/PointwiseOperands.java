package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Transpose;
import io.github.lanewise.engine.Update;

import java.util.List;

/** Calls of operations on elements and rows for {@link OperandsTest}. */
final class PointwiseOperands {

    private static final Kernels K = ChosenKernels.reference();
    private static final Update ADAM = new Update.Adam(0.1f, 0.9f, 0.99f, 1, 1e-8f, 0, 1, false);

    private PointwiseOperands() {}

    private static OperandCase of(String name) {
        return new OperandCase(name);
    }

    static List<OperandCase> cases() {
        return List.of(
                of("activate")
                        .in("x", 4, 6)
                        .out("y", 4, 6)
                        .call(m -> K.activate(Activation.RELU, m.get("x"), m.get("y"))),
                of("activateGradient")
                        .in("saved", 4, 6)
                        .in("dy", 4, 6)
                        .out("dx", 4, 6)
                        .call(
                                m ->
                                        K.activateGradient(
                                                Activation.RELU,
                                                m.get("saved"),
                                                m.get("dy"),
                                                m.get("dx"))),
                of("axpy")
                        .in("x", 4, 6)
                        .out("y", 4, 6)
                        .call(m -> K.axpy(2, m.get("x"), m.get("y"))),
                of("combine")
                        .in("x", 4, 6)
                        .in("y", 4, 6)
                        .out("z", 4, 6)
                        .call(m -> K.combine(Combination.ADD, m.get("x"), m.get("y"), m.get("z"))),
                of("dropout")
                        .in("x", 4, 6)
                        .out("y", 4, 6)
                        .call(m -> K.dropout(1, 0.5f, m.get("x"), m.get("y"))),
                of("addRow")
                        .in("row", 1, 6)
                        .out("y", 4, 6)
                        .free("y rows")
                        .call(m -> K.addRow(m.get("row"), m.get("y"))),
                of("columnSums")
                        .in("x", 4, 6)
                        .out("sums", 1, 6)
                        .free("x rows")
                        .call(m -> K.columnSums(m.get("x"), 0, m.get("sums"))),
                of("softmax")
                        .in("x", 4, 6)
                        .out("y", 4, 6)
                        .call(m -> K.softmax(m.get("x"), m.get("y"))),
                of("logSoftmaxGradient")
                        .in("y", 4, 6)
                        .in("dy", 4, 6)
                        .out("dx", 4, 6)
                        .call(m -> K.logSoftmaxGradient(m.get("y"), m.get("dy"), m.get("dx"))),
                of("dot").in("x", 4, 6).in("y", 4, 6).call(m -> K.dot(m.get("x"), m.get("y"))),
                of("weightedSum")
                        .in("weights", 4, 6)
                        .in("x", 4, 6)
                        .call(m -> K.weightedSum(m.get("weights"), m.get("x"))),
                of("gatherRows")
                        .in("source", 5, 6)
                        .out("y", 2, 6)
                        .free("source rows", "y rows")
                        .call(m -> K.gatherRows(m.get("source"), new int[4], m.get("y"))),
                of("update")
                        .out("value", 4, 6)
                        .in("gradient", 4, 6)
                        .out("state", 4, 6)
                        .out("another", 4, 6)
                        .free("another null")
                        .call(
                                m ->
                                        K.update(
                                                ADAM,
                                                m.get("value"),
                                                m.get("gradient"),
                                                m.get("state"),
                                                m.get("another"))),
                of("gemmThenUpdate")
                        .in("a", 7, 4)
                        .in("b", 7, 6)
                        .out("value", 4, 6)
                        .out("gradient", 4, 6)
                        .out("state", 4, 6)
                        .out("another", 4, 6)
                        .free("another null")
                        .call(
                                m ->
                                        K.gemmThenUpdate(
                                                Transpose.TN,
                                                m.get("a"),
                                                m.get("b"),
                                                ADAM,
                                                m.get("value"),
                                                m.get("gradient"),
                                                m.get("state"),
                                                m.get("another"))));
    }
}
