package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Einsum of two operands: a product of matrices between two rearrangements. */
final class EinsumOperator {

    private EinsumOperator() {}

    static void add(Map<String, Operator> all) {
        all.put("Einsum", call -> List.of(einsum(call)));
    }

    /**
     * The axes of both operands by name: those that both have and the result keeps, those of one
     * operand alone, and those that are summed over.
     */
    private record Axes(String both, String left, String right, String summed) {

        static Axes of(String a, String b, String result) {
            StringBuilder both = new StringBuilder();
            StringBuilder left = new StringBuilder();
            StringBuilder summed = new StringBuilder();
            for (char axis : a.toCharArray()) {
                boolean kept = result.indexOf(axis) >= 0;
                boolean shared = b.indexOf(axis) >= 0;
                if (shared) {
                    (kept ? both : summed).append(axis);
                } else {
                    left.append(axis);
                }
            }
            StringBuilder right = new StringBuilder();
            for (char axis : b.toCharArray()) {
                if (a.indexOf(axis) < 0) {
                    right.append(axis);
                }
            }
            Axes axes =
                    new Axes(both.toString(), left.toString(), right.toString(), summed.toString());
            boolean whole = result.length() == axes.result().length();
            if (!whole || axes.result().chars().anyMatch(c -> result.indexOf(c) < 0)) {
                throw new IllegalArgumentException(
                        "equation %s,%s->%s is no product of two".formatted(a, b, result));
            }
            return axes;
        }

        String result() {
            return both + left + right;
        }
    }

    private static Imported einsum(Call call) {
        String equation = call.text("equation", "").replace(" ", "");
        String[] sides = equation.split("->", -1);
        String[] operands = sides[0].split(",", -1);
        boolean fits =
                sides.length == 2
                        && operands.length == 2
                        && call.inputs() == 2
                        && equation.matches("[a-zA-Z,>-]*")
                        && isDistinct(operands[0])
                        && isDistinct(operands[1])
                        && isDistinct(sides[1]);
        if (!fits) {
            throw new IllegalArgumentException(
                    "equation %s; products of two without repeated axes are imported"
                            .formatted(equation));
        }
        Axes axes = Axes.of(operands[0], operands[1], sides[1]);
        Imported a = arranged(call.input(0), operands[0], axes.both + axes.left + axes.summed);
        Imported b = arranged(call.input(1), operands[1], axes.both + axes.summed + axes.right);
        Imported product =
                LinearOperators.product(
                        call,
                        a.reshape(merged(a, axes.both, axes.left.length())),
                        b.reshape(merged(b, axes.both, axes.summed.length())));
        List<Dim> dims =
                new ArrayList<>(a.dims().subList(0, axes.both.length() + axes.left.length()));
        dims.addAll(b.dims().subList(axes.both.length() + axes.summed.length(), b.rank()));
        return arranged(product.reshape(dims), axes.result(), sides[1]);
    }

    private static boolean isDistinct(String axes) {
        return axes.chars().distinct().count() == axes.length();
    }

    private static Imported arranged(Imported x, String from, String to) {
        if (x.rank() != from.length()) {
            throw new IllegalArgumentException(
                    "axes %s of %s".formatted(from, Imported.text(x.dims())));
        }
        return x.permute(to.chars().map(from::indexOf).toArray());
    }

    /** Returns the axes that both have, then two: the next ones, so many, and the rest. */
    private static List<Dim> merged(Imported x, String both, int count) {
        int border = both.length() + count;
        List<Dim> dims = new ArrayList<>(x.dims().subList(0, both.length()));
        dims.add(ShapeOperators.product(x.dims().subList(both.length(), border)));
        dims.add(ShapeOperators.product(x.dims().subList(border, x.rank())));
        return dims;
    }
}
