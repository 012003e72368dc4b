package io.github.lanewise.onnx;

import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Arithmetic of arrays that are known, such as the shapes and masks that a graph computes. */
final class Folding {

    private static final Set<String> BINARY =
            Set.of(
                    "Add",
                    "And",
                    "Div",
                    "Equal",
                    "Greater",
                    "GreaterOrEqual",
                    "Less",
                    "LessOrEqual",
                    "Mod",
                    "Mul",
                    "Or",
                    "Pow",
                    "Sub");

    private static final Set<String> UNARY =
            Set.of(
                    "Abs",
                    "Ceil",
                    "Cos",
                    "Erf",
                    "Exp",
                    "Floor",
                    "IsNaN",
                    "Log",
                    "Neg",
                    "Not",
                    "Reciprocal",
                    "Round",
                    "Sign",
                    "Sin",
                    "Sqrt");

    private static final Set<String> OTHER =
            Set.of("Cast", "Constant", "Range", "Where", "Max", "Min", "Trilu", "Sum");

    private Folding() {}

    static boolean knows(String operator) {
        return BINARY.contains(operator) || UNARY.contains(operator) || OTHER.contains(operator);
    }

    static Known fold(Call call, Budget budget) {
        String operator = call.node().operator();
        if (BINARY.contains(operator)) {
            return binary(operator, call.known(0), call.known(1), call.number("fmod", 0) == 1);
        }
        if (UNARY.contains(operator)) {
            return unary(operator, call.known(0));
        }
        return switch (operator) {
            case "Cast" -> CastOperators.fold(call);
            case "Constant" -> constant(call, budget);
            case "Range" -> range(call.known(0), call.known(1), call.known(2));
            case "Where" -> where(call.known(0), call.known(1), call.known(2));
            case "Trilu" -> trilu(call);
            default -> several(operator, call);
        };
    }

    private static Known several(String operator, Call call) {
        Known result = call.known(0);
        for (int i = 1; i < call.inputs(); i++) {
            result =
                    binary("Sum".equals(operator) ? "Add" : operator, result, call.known(i), false);
        }
        return result;
    }

    private static Known constant(Call call, Budget budget) {
        OnnxTensor tensor = call.tensor("value");
        if (tensor != null) {
            return Known.of(null, tensor, budget);
        }
        if (call.hasAttribute("value_int")) {
            return scalar(OnnxType.INT64, call.number("value_int", 0), budget);
        }
        if (call.hasAttribute("value_float")) {
            return scalar(OnnxType.FLOAT, call.real("value_float", 0), budget);
        }
        if (call.hasAttribute("value_ints")) {
            long[] all = call.longs("value_ints");
            double[] numbers = Arrays.stream(all).asDoubleStream().toArray();
            return Known.of(OnnxType.INT64, new int[] {all.length}, numbers, budget);
        }
        if (call.hasAttribute("value_floats")) {
            float[] all = call.reals("value_floats");
            double[] numbers = new double[all.length];
            Arrays.setAll(numbers, i -> all[i]);
            return Known.of(OnnxType.FLOAT, new int[] {all.length}, numbers, budget);
        }
        throw new IllegalArgumentException("expected an array or number as value, found another");
    }

    static Known scalar(OnnxType type, double number, Budget budget) {
        return Known.of(type, new int[0], new double[] {number}, budget);
    }

    private static Known map(Known x, OnnxType type, DoubleUnaryOperator f) {
        x.budget().take(x.count());
        double[] made = new double[x.count()];
        for (int i = 0; i < made.length; i++) {
            made[i] = f.applyAsDouble(x.number(i));
        }
        return Known.of(type, x.sizes(), made, x.budget());
    }

    private static Known unary(String operator, Known x) {
        DoubleUnaryOperator f =
                switch (operator) {
                    case "Abs" -> Math::abs;
                    case "Ceil" -> Math::ceil;
                    case "Cos" -> StrictMath::cos;
                    case "Exp" -> StrictMath::exp;
                    case "Floor" -> Math::floor;
                    case "IsNaN" -> v -> Double.isNaN(v) ? 1 : 0;
                    case "Log" -> StrictMath::log;
                    case "Neg" -> v -> -v;
                    case "Not" -> v -> v == 0 ? 1 : 0;
                    case "Reciprocal" -> v -> 1 / v;
                    case "Round" -> Math::rint;
                    case "Sign" -> Math::signum;
                    case "Sin" -> StrictMath::sin;
                    case "Sqrt" -> Math::sqrt;
                    default -> throw new IllegalArgumentException("of constants");
                };
        boolean truth = "IsNaN".equals(operator) || "Not".equals(operator);
        return map(x, truth ? OnnxType.BOOL : x.type(), f);
    }

    /** Returns the shape of two laid upon each other from the last axis on. */
    static int[] joint(int[] a, int[] b) {
        int[] joint = new int[Math.max(a.length, b.length)];
        for (int fromEnd = 1; fromEnd <= joint.length; fromEnd++) {
            int x = fromEnd > a.length ? 1 : a[a.length - fromEnd];
            int y = fromEnd > b.length ? 1 : b[b.length - fromEnd];
            if (x != y && x != 1 && y != 1) {
                throw new IllegalArgumentException(
                        "shapes %s and %s do not fit"
                                .formatted(Arrays.toString(a), Arrays.toString(b)));
            }
            joint[joint.length - fromEnd] = x == 1 ? y : x;
        }
        return joint;
    }

    /** Repeats an array to a shape that it can be laid upon. */
    static Known spread(Known x, int[] shape) {
        int[] sizes = x.sizes();
        if (Arrays.equals(sizes, shape)) {
            return x;
        }
        return x.select(
                shape,
                i -> {
                    int from = 0;
                    int stride = 1;
                    int rest = i;
                    for (int fromEnd = 1; fromEnd <= shape.length; fromEnd++) {
                        int place = rest % shape[shape.length - fromEnd];
                        rest /= shape[shape.length - fromEnd];
                        int size = fromEnd > sizes.length ? 1 : sizes[sizes.length - fromEnd];
                        from += size == 1 ? 0 : place * stride;
                        stride *= size;
                    }
                    return from;
                });
    }

    private static Known binary(String operator, Known a, Known b, boolean fmod) {
        int[] shape = joint(a.sizes(), b.sizes());
        Known x = spread(a, shape);
        Known y = spread(b, shape);
        if (a.hasBatch() || b.hasBatch()) {
            return OpenFolding.binary(operator, x, y, shape);
        }
        a.budget().take(x.count());
        boolean whole = a.isInteger();
        DoubleBinaryOperator f = function(operator, whole, fmod);
        double[] made = new double[x.count()];
        for (int i = 0; i < made.length; i++) {
            double value = f.applyAsDouble(x.number(i), y.number(i));
            made[i] = whole ? value : CastOperators.rounded(value, a.type());
        }
        return Known.of(isTruth(operator) ? OnnxType.BOOL : a.type(), shape, made, a.budget());
    }

    static boolean isTruth(String operator) {
        return switch (operator) {
            case "And", "Or", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual" -> true;
            default -> false;
        };
    }

    private static DoubleBinaryOperator function(String operator, boolean whole, boolean fmod) {
        return switch (operator) {
            case "Add" -> Double::sum;
            case "Sub" -> (x, y) -> x - y;
            case "Mul" -> (x, y) -> x * y;
            case "Div" -> whole ? (x, y) -> quotient(x, y) : (x, y) -> x / y;
            case "Mod" -> fmod ? (x, y) -> x % y : (x, y) -> x - Math.floor(x / y) * y;
            case "Pow" -> StrictMath::pow;
            case "Max" -> Math::max;
            case "Min" -> Math::min;
            case "And" -> (x, y) -> x != 0 && y != 0 ? 1 : 0;
            case "Or" -> (x, y) -> x != 0 || y != 0 ? 1 : 0;
            case "Equal" -> (x, y) -> x == y ? 1 : 0;
            case "Greater" -> (x, y) -> x > y ? 1 : 0;
            case "GreaterOrEqual" -> (x, y) -> x >= y ? 1 : 0;
            case "Less" -> (x, y) -> x < y ? 1 : 0;
            default -> (x, y) -> x <= y ? 1 : 0;
        };
    }

    private static double quotient(double x, double y) {
        if (y == 0) {
            throw new IllegalArgumentException("a whole number is divided by 0");
        }
        double quotient = x / y;
        return quotient < 0 ? Math.ceil(quotient) : Math.floor(quotient);
    }

    private static Known range(Known start, Known limit, Known delta) {
        double first = start.number(0);
        double step = delta.number(0);
        double count = Math.max(0, Math.ceil((limit.number(0) - first) / step));
        start.budget().take(count < 1L << 40 ? (long) count : Long.MAX_VALUE >> 1);
        double[] numbers = new double[(int) count];
        Arrays.setAll(numbers, i -> first + i * step);
        return Known.of(start.type(), new int[] {numbers.length}, numbers, start.budget());
    }

    private static Known where(Known which, Known x, Known y) {
        int[] shape = joint(joint(which.sizes(), x.sizes()), y.sizes());
        Known mask = spread(which, shape);
        Known yes = spread(x, shape);
        Known no = spread(y, shape);
        if (x.hasBatch() || y.hasBatch()) {
            return OpenFolding.where(mask, yes, no, shape);
        }
        x.budget().take(mask.count());
        double[] made = new double[mask.count()];
        Arrays.setAll(made, i -> mask.number(i) != 0 ? yes.number(i) : no.number(i));
        return Known.of(x.type(), shape, made, x.budget());
    }

    private static Known trilu(Call call) {
        long k = call.has(1) ? call.known(1).longs()[0] : 0;
        return triangle(call.known(0), k, call.number("upper", 1) == 1);
    }

    /** Returns matrices with zeros below or above their k-th diagonal. */
    static Known triangle(Known x, long k, boolean upper) {
        int[] sizes = x.sizes();
        int cols = sizes[sizes.length - 1];
        int rows = sizes[sizes.length - 2];
        x.budget().take(x.count());
        double[] made = new double[x.count()];
        for (int i = 0; i < made.length; i++) {
            long ahead = i % cols - (long) (i / cols % rows);
            made[i] = (upper ? ahead >= k : ahead <= k) ? x.number(i) : 0;
        }
        return Known.of(x.type(), sizes, made, x.budget());
    }
}
