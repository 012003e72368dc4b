package io.github.lanewise.engine.internal;

import io.github.lanewise.engine.Matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A call of an operation with operands that fit, each of which a test may put another in place of.
 */
final class OperandCase {

    /** What the operation is called by, with names of the operands after it. */
    private final String operation;

    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Set<String> outputs = new LinkedHashSet<>();
    private final Set<String> free = new LinkedHashSet<>();
    private Consumer<Map<String, Matrix>> call;

    OperandCase(String operation) {
        this.operation = operation;
    }

    OperandCase in(String name, int rows, int cols) {
        shapes.put(name, new int[] {rows, cols});
        return this;
    }

    /** Adds an operand that the operation writes. */
    OperandCase out(String name, int rows, int cols) {
        outputs.add(name);
        return in(name, rows, cols);
    }

    /** Says that a side of an operand, as in "x rows", may be any. */
    OperandCase free(String... sides) {
        free.addAll(Arrays.asList(sides));
        return this;
    }

    OperandCase call(Consumer<Map<String, Matrix>> operation) {
        call = operation;
        return this;
    }

    @Override
    public String toString() {
        return operation + names();
    }

    String operation() {
        return operation;
    }

    List<String> names() {
        return List.copyOf(shapes.keySet());
    }

    List<String> outputs() {
        return List.copyOf(outputs);
    }

    boolean isFree(String side) {
        return free.contains(side);
    }

    Map<String, Matrix> operands() {
        Map<String, Matrix> operands = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> operands.put(name, matrix(shape[0], shape[1])));
        return operands;
    }

    /** Makes a matrix in an array with room for any other behind it. */
    static Matrix matrix(int rows, int cols) {
        return new Matrix(new float[4096], 0, rows, cols, cols);
    }

    /** Returns operands of which one has more rows or columns than it should. */
    Map<String, Matrix> grown(String name, int rows, int cols) {
        Map<String, Matrix> operands = operands();
        int[] shape = shapes.get(name);
        operands.put(name, matrix(shape[0] + rows, shape[1] + cols));
        return operands;
    }

    /** Returns operands of which one begins at the last element of another. */
    Map<String, Matrix> overlapping(String output, String other) {
        Map<String, Matrix> operands = operands();
        Matrix under = operands.get(other);
        int[] shape = shapes.get(output);
        operands.put(
                output, new Matrix(under.data(), under.size() - 1, shape[0], shape[1], shape[1]));
        return operands;
    }

    /** Returns operands of which one begins right behind another in its array. */
    Map<String, Matrix> adjacent(String output, String other) {
        Map<String, Matrix> operands = operands();
        Matrix under = operands.get(other);
        int[] shape = shapes.get(output);
        operands.put(output, new Matrix(under.data(), under.size(), shape[0], shape[1], shape[1]));
        return operands;
    }

    List<String> others(String output) {
        List<String> others = new ArrayList<>(shapes.keySet());
        others.remove(output);
        return others;
    }

    void run(Map<String, Matrix> operands) {
        call.accept(operands);
    }
}
