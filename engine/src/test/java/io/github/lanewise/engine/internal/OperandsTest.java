package io.github.lanewise.engine.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What every operation refuses: an operand of another shape, one that is missing, and an output
 * that shares memory with any other operand.
 */
class OperandsTest {

    static Stream<OperandCase> cases() {
        return Stream.of(
                        PointwiseOperands.cases(),
                        LossOperands.cases(),
                        ShapedOperands.cases(),
                        CellOperands.cases())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatFitsIsTaken(OperandCase operation) {
        operation.run(operation.operands());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void anotherShapeIsRefused(OperandCase operation) {
        for (String name : operation.names()) {
            for (String side : List.of("rows", "cols")) {
                if (operation.isFree(name + " " + side)) {
                    continue;
                }
                int rows = side.equals("rows") ? 1 : 0;
                Map<String, Matrix> operands = operation.grown(name, rows, 1 - rows);
                assertRefused(operation, operands, "one more of the " + side + " of " + name);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void aMissingOperandIsNamed(OperandCase operation) {
        for (String name : operation.names()) {
            Map<String, Matrix> operands = operation.operands();
            operands.put(name, null);
            if (!operation.isFree(name + " null")) {
                NullPointerException thrown =
                        assertThrows(
                                NullPointerException.class, () -> operation.run(operands), name);
                assertEquals(name, thrown.getMessage());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void outputsLieApartFromAllOthers(OperandCase operation) {
        for (String output : operation.outputs()) {
            for (String other : operation.others(output)) {
                String pair = output + " over " + other;
                assertRefused(operation, operation.overlapping(output, other), pair);
                assertDoesNotThrow(
                        () -> operation.run(operation.adjacent(output, other)),
                        () -> output + " behind " + other);
            }
        }
    }

    private static void assertRefused(
            OperandCase operation, Map<String, Matrix> operands, String what) {
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> operation.run(operands), what);
        String message = thrown.getMessage();
        assertTrue(message.startsWith(operation.operation() + ": "), () -> what + ": " + message);
    }
}
