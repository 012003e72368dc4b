package io.github.lanewise.onnx;

import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.graph.Where;
import io.github.lanewise.nn.layer.Pointwise;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Comparisons, which give 1 or 0 without a gradient, and what is chosen by them. */
final class ConditionOperators {

    private ConditionOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("And", call -> List.of(truth(product(call, call.input(0), call.input(1)))));
        all.put("Equal", call -> List.of(truth(not(differ(call)))));
        all.put("Greater", call -> List.of(truth(larger(call, 0, 1))));
        all.put("GreaterOrEqual", call -> List.of(truth(not(larger(call, 1, 0)))));
        all.put("Less", call -> List.of(truth(larger(call, 1, 0))));
        all.put("LessOrEqual", call -> List.of(truth(not(larger(call, 0, 1)))));
        all.put("Not", call -> List.of(truth(not(call.flow(0)))));
        all.put("OneHot", call -> List.of(oneHot(call)));
        all.put("Or", call -> List.of(truth(or(call))));
        all.put("Sign", call -> List.of(sign(call.flow(0))));
        all.put("Trilu", call -> List.of(trilu(call)));
        all.put("Where", call -> List.of(where(call, call.input(0), call.input(1), call.input(2))));
    }

    private static Flow truth(Flow x) {
        return new Flow(x.value(), x.layout(), x.batch(), true, Double.NaN);
    }

    private static Flow step(Flow x) {
        return x.then(new Pointwise(Pointwise.Function.HEAVISIDE));
    }

    private static Flow not(Flow x) {
        return ArithmeticOperators.plusNumber(ArithmeticOperators.timesNumber(x, -1), 1);
    }

    private static Flow product(Call call, Imported a, Imported b) {
        return ArithmeticOperators.combine(call, a, b, Value::times);
    }

    /** The difference of two floats is 0 only if they are equal. */
    private static Flow larger(Call call, int a, int b) {
        return step(ArithmeticOperators.combine(call, call.input(a), call.input(b), Value::minus));
    }

    private static Flow differ(Call call) {
        return differ(call, call.input(0), call.input(1));
    }

    private static Flow differ(Call call, Imported a, Imported b) {
        return step(
                ArithmeticOperators.combine(call, a, b, Value::minus)
                        .then(new Pointwise(Pointwise.Function.ABS)));
    }

    private static Flow or(Call call) {
        return step(ArithmeticOperators.combine(call, call.input(0), call.input(1), Value::plus));
    }

    private static Flow sign(Flow x) {
        Flow below = step(ArithmeticOperators.timesNumber(x, -1));
        return x.with(step(x).value().minus(below.value()), x.layout());
    }

    /** Indices are compared with all places; those below 0 count from the end. */
    private static Imported oneHot(Call call) {
        Flow indices = call.flow(0);
        int depth = Math.toIntExact(call.known(1).longs()[0]);
        float[] ends = call.known(2).floats();
        int rank = indices.rank() + 1;
        int axis = Call.axis(call.number("axis", -1), rank);
        Budget budget = call.context().budget();
        Flow column = indices.unsqueeze(rank - 1);
        Flow made = null;
        for (int first : new int[] {0, -depth}) {
            budget.take(depth);
            double[] places = IntStream.range(first, first + depth).asDoubleStream().toArray();
            Known row = Known.of(OnnxType.FLOAT, new int[] {depth}, places, budget);
            Flow found = not(differ(call, column, row));
            made =
                    made == null
                            ? found
                            : ArithmeticOperators.combine(call, made, found, Value::plus);
        }
        Flow scaled = ArithmeticOperators.timesNumber(made, ends[1] - ends[0]);
        int[] order = new int[rank];
        Arrays.setAll(order, i -> i == axis ? rank - 1 : i < axis ? i : i - 1);
        return ArithmeticOperators.plusNumber(scaled, ends[0]).permute(order);
    }

    private static Imported trilu(Call call) {
        Flow x = call.flow(0);
        int rows = x.size(x.rank() - 2);
        int cols = x.size(x.rank() - 1);
        Budget budget = call.context().budget();
        budget.take((long) rows * cols);
        double[] ones = new double[rows * cols];
        Arrays.fill(ones, 1);
        long k = call.has(1) ? call.known(1).longs()[0] : 0;
        Known all = Known.of(OnnxType.BOOL, new int[] {rows, cols}, ones, budget);
        Known mask = Folding.triangle(all, k, call.number("upper", 1) == 1);
        return where(call, mask, x, Folding.scalar(OnnxType.FLOAT, 0, budget));
    }

    private static Imported where(Call call, Imported condition, Imported a, Imported b) {
        double all = condition.uniform();
        if (condition instanceof Known && condition.rank() == 0 && !Double.isNaN(all)) {
            return all != 0 ? a : b;
        }
        Layout layout = joint(call, condition, a, b);
        Value[] values = {
            spread(call, condition, layout), spread(call, a, layout), spread(call, b, layout)
        };
        return new Flow(
                Value.merge(new Where(), values),
                layout,
                call.context().batch(),
                a.isInteger() && b.isInteger(),
                Double.NaN);
    }

    /** Lays values, one of which depends on the sample, upon each other. */
    private static Layout joint(Call call, Imported... values) {
        Flow made = null;
        for (int round = 0; round < 2; round++) { // constants before the first one come round again
            for (Imported x : values) {
                if (made != null) {
                    Layout layout = Broadcasts.of(made, x, call.context()).layout();
                    made = made.with(zeros(call, layout), layout);
                } else if (x instanceof Flow flow) {
                    made = flow;
                }
            }
        }
        return made.layout();
    }

    private static Value zeros(Call call, Layout layout) {
        int features = layout.sample().features();
        call.context().budget().take(features);
        return Value.constant(layout.sample(), new float[features]);
    }

    /** Repeats a value to a layout that it can be laid upon. */
    private static Value spread(Call call, Imported x, Layout layout) {
        if (x instanceof Flow flow && flow.layout().equals(layout)) {
            return flow.value();
        }
        Importing context = call.context();
        Flow zeros = new Flow(zeros(call, layout), layout, context.batch(), false, Double.NaN);
        Broadcasts.Pair pair = Broadcasts.of(zeros, x, context);
        return pair.b().shape().equals(layout.sample()) ? pair.b() : pair.b().plus(pair.a());
    }
}
