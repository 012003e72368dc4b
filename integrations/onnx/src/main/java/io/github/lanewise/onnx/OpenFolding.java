package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arithmetic of shapes in which the batch is open. */
final class OpenFolding {

    private OpenFolding() {}

    static Known binary(String operator, Known x, Known y, int[] shape) {
        if (Folding.isTruth(operator)) {
            return truth(operator, x, y, shape);
        }
        List<Dim> made = new ArrayList<>();
        for (int i = 0; i < x.count(); i++) {
            made.add(binary(operator, x.dim(i), y.dim(i)));
        }
        return Known.of(made, shape, x.budget());
    }

    private static Dim binary(String operator, Dim x, Dim y) {
        boolean one = x.batch() != y.batch();
        Dim result =
                switch (operator) {
                    case "Mul" ->
                            x.batch() && y.batch()
                                    ? null
                                    : new Dim(Math.multiplyExact(x.factor(), y.factor()), one);
                    case "Div" ->
                            y.factor() == 0 || !x.batch() && y.batch()
                                    ? null
                                    : x.factor() % y.factor() == 0 || !x.batch()
                                            ? new Dim(x.factor() / y.factor(), one)
                                            : null;
                    case "Add" ->
                            !one
                                    ? new Dim(x.factor() + y.factor(), x.batch())
                                    : x.equals(Dim.of(0)) ? y : y.equals(Dim.of(0)) ? x : null;
                    case "Sub" ->
                            !one
                                    ? new Dim(x.factor() - y.factor(), x.batch())
                                    : y.equals(Dim.of(0)) ? x : null;
                    case "Max" -> one ? x.batch() ? x : y : x.factor() > y.factor() ? x : y;
                    case "Min" -> one ? null : x.factor() < y.factor() ? x : y;
                    default -> null;
                };
        if (result == null) {
            throw new IllegalArgumentException(
                    "%s of %s and %s, with an open batch".formatted(operator, x, y));
        }
        return result;
    }

    private static Known truth(String operator, Known x, Known y, int[] shape) {
        double[] made = new double[x.count()];
        for (int i = 0; i < made.length; i++) {
            Dim a = x.dim(i);
            Dim b = y.dim(i);
            if (a.batch() == b.batch()) {
                made[i] = compare(operator, a.factor(), b.factor()) ? 1 : 0;
            } else if ("Equal".equals(operator)) {
                made[i] = 0; // a batch of 1 is treated as any other
            } else {
                throw new IllegalArgumentException(
                        "%s of %s and %s, with an open batch".formatted(operator, a, b));
            }
        }
        return Known.of(OnnxType.BOOL, shape, made, x.budget());
    }

    private static boolean compare(String operator, long x, long y) {
        return switch (operator) {
            case "Equal" -> x == y;
            case "Greater" -> x > y;
            case "GreaterOrEqual" -> x >= y;
            case "Less" -> x < y;
            case "LessOrEqual" -> x <= y;
            case "And" -> x != 0 && y != 0;
            default -> x != 0 || y != 0;
        };
    }

    static Known where(Known mask, Known x, Known y, int[] shape) {
        Dim[] made = new Dim[mask.count()];
        Arrays.setAll(made, i -> mask.number(i) != 0 ? x.dim(i) : y.dim(i));
        return Known.of(List.of(made), shape, x.budget());
    }
}
