package io.github.lanewise.onnx;

import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.ReLU;

import java.util.List;
import java.util.Map;

/** Operators that compute number by number. */
final class ArithmeticOperators {

    private ArithmeticOperators() {}

    /** An operation on two values, or on a value and a number. */
    interface Binary {
        Value of(Value a, Value b);
    }

    static void add(Map<String, Operator> all) {
        all.put("Add", call -> List.of(typed(call, sum(call))));
        all.put("Sum", call -> List.of(typed(call, sum(call))));
        all.put("Sub", call -> List.of(typed(call, difference(call))));
        all.put("Mul", call -> List.of(typed(call, product(call))));
        all.put("Div", call -> List.of(quotient(call)));
        all.put("Mean", call -> List.of(mean(call)));
        all.put("Pow", call -> List.of(power(call)));
        all.put("Max", call -> List.of(typed(call, bound(call, true))));
        all.put("Min", call -> List.of(typed(call, bound(call, false))));
        all.put("Abs", pointwise(Pointwise.Function.ABS));
        all.put("Cos", pointwise(Pointwise.Function.COS));
        all.put("Erf", pointwise(Pointwise.Function.ERF));
        all.put("Exp", pointwise(Pointwise.Function.EXP));
        all.put("Log", pointwise(Pointwise.Function.LOG));
        all.put("Sin", pointwise(Pointwise.Function.SIN));
        all.put("Sqrt", pointwise(Pointwise.Function.SQRT));
        all.put("Neg", call -> List.of(timesNumber(call.flow(0), -1)));
        all.put("Reciprocal", call -> List.of(call.flow(0).then(Pointwise.pow(-1))));
        all.put("IsNaN", call -> List.of(never(call)));
    }

    /**
     * Returns that nothing is NaN: Where(IsNaN(x), 0, x) stands behind the softmax of an attention
     * whose queries see no key, and ours makes no NaN of them.
     */
    private static Known never(Call call) {
        String name = call.node().inputs().getFirst();
        if (!call.context().isSoftmax(name)) {
            throw new IllegalArgumentException(
                    "of %s, which is not a softmax; what a model does with NaN is not imported"
                            .formatted(name));
        }
        return Folding.scalar(OnnxType.BOOL, 0, call.context().budget());
    }

    /** What is made of whole numbers alone is one, of which a quotient would be, too. */
    private static Imported typed(Call call, Imported made) {
        for (int i = 0; i < call.inputs(); i++) {
            if (!call.input(i).isInteger()) {
                return made;
            }
        }
        return made instanceof Flow flow ? CastOperators.whole(flow) : made;
    }

    private static Operator pointwise(Pointwise.Function function) {
        return call -> List.of(call.flow(0).then(new Pointwise(function)));
    }

    /** Returns the number that an input is, where it is a single one that is not trained. */
    private static Float number(Imported x, Call call) {
        boolean single =
                x instanceof Known known
                        && known.count() == 1
                        && !call.context().isTrained(known)
                        && Double.isFinite((float) known.number(0));
        return single ? (float) ((Known) x).number(0) : null;
    }

    /** Returns whether a number leaves the axes of a value as they are. */
    private static boolean isSmaller(Imported number, Imported x) {
        return number.rank() <= x.rank();
    }

    static Flow combine(Call call, Imported a, Imported b, Binary how) {
        Broadcasts.Pair pair = Broadcasts.of(a, b, call.context());
        Flow flow = a instanceof Flow f ? f : (Flow) b;
        return flow.with(how.of(pair.a(), pair.b()), pair.layout());
    }

    static Flow plusNumber(Flow x, float number) {
        return number == 0 ? x : x.with(x.value().plus(number), x.layout());
    }

    static Flow timesNumber(Flow x, float number) {
        return number == 1 ? x : x.with(x.value().times(number), x.layout());
    }

    private static Flow plus(Call call, Imported a, Imported b) {
        Float left = number(a, call);
        Float right = number(b, call);
        if (right != null && a instanceof Flow x && isSmaller(b, a)) {
            return plusNumber(x, right);
        }
        if (left != null && b instanceof Flow x && isSmaller(a, b)) {
            return plusNumber(x, left);
        }
        return combine(call, a, b, Value::plus);
    }

    private static Imported sum(Call call) {
        Imported sum = call.input(0);
        for (int i = 1; i < call.inputs(); i++) {
            sum = plus(call, sum, call.input(i));
        }
        return sum;
    }

    private static Imported mean(Call call) {
        return timesNumber((Flow) sum(call), 1f / call.inputs());
    }

    private static Imported difference(Call call) {
        Imported a = call.input(0);
        Imported b = call.input(1);
        Float left = number(a, call);
        Float right = number(b, call);
        if (right != null && isSmaller(b, a)) {
            return plusNumber((Flow) a, -right);
        }
        if (left != null && isSmaller(a, b)) {
            return plusNumber(timesNumber((Flow) b, -1), left);
        }
        return combine(call, a, b, Value::minus);
    }

    private static Imported product(Call call) {
        Imported a = call.input(0);
        Imported b = call.input(1);
        Float left = number(a, call);
        Float right = number(b, call);
        if (right != null && isSmaller(b, a)) {
            return timesNumber((Flow) a, right);
        }
        if (left != null && isSmaller(a, b)) {
            return timesNumber((Flow) b, left);
        }
        return combine(call, a, b, Value::times);
    }

    private static Imported quotient(Call call) {
        Imported a = call.input(0);
        Imported b = call.input(1);
        if (a.isInteger() && b.isInteger()) {
            Flow real = combine(call, a, b, Value::divide);
            return CastOperators.whole(real.then(new Pointwise(Pointwise.Function.TRUNC)));
        }
        Float left = number(a, call);
        Float right = number(b, call);
        if (right != null && right != 0 && isSmaller(b, a)) {
            return timesNumber((Flow) a, 1 / right);
        }
        if (left != null && isSmaller(a, b)) {
            return timesNumber(((Flow) b).then(Pointwise.pow(-1)), left);
        }
        return combine(call, a, b, Value::divide);
    }

    private static Imported power(Call call) {
        Float exponent = number(call.input(1), call);
        if (exponent == null) {
            throw new IllegalArgumentException("an exponent that is not a single number");
        }
        Flow x = call.flow(0);
        if (exponent == 1) {
            return x;
        }
        return x.then(
                exponent == 0.5f
                        ? new Pointwise(Pointwise.Function.SQRT)
                        : Pointwise.pow(exponent));
    }

    /** The larger or smaller of a value and a number, or of two values. */
    private static Imported bound(Call call, boolean larger) {
        Imported made = call.input(0);
        for (int i = 1; i < call.inputs(); i++) {
            Imported next = call.input(i);
            Imported x = made instanceof Flow ? made : next;
            Imported other = made instanceof Flow ? next : made;
            Float number = number(other, call);
            made =
                    number != null && isSmaller(other, x)
                            ? clip((Flow) x, larger ? number : null, larger ? null : number)
                            : larger(call, x, other, larger);
        }
        return made;
    }

    /** max(a, b) = b + relu(a - b), min(a, b) = b - relu(b - a). */
    private static Flow larger(Call call, Imported a, Imported b, boolean larger) {
        Flow difference =
                combine(call, a, b, (x, y) -> larger ? x.minus(y) : y.minus(x)).then(new ReLU());
        return larger
                ? combine(call, b, difference, Value::plus)
                : combine(call, b, difference, Value::minus);
    }

    /** Clips from below and above; null is no bound. */
    static Flow clip(Flow x, Float min, Float max) {
        if (min != null && min == 0 && max == null) {
            return x.then(new ReLU());
        }
        float low = min == null ? Float.NEGATIVE_INFINITY : min;
        float high = max == null ? Float.POSITIVE_INFINITY : max;
        return min == null && max == null ? x : x.then(new Hardtanh(low, high));
    }
}
