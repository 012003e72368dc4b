package io.github.lanewise.onnx;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reshape;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sums, means and the like along axes. */
final class ReduceOperators {

    private ReduceOperators() {}

    static void add(Map<String, Operator> all) {
        Layer[] none = {};
        Layer[] negative = {new Affine(-1, 0)};
        all.put("CumSum", call -> List.of(cumulativeSum(call)));
        all.put("ReduceL1", reduction(Reduce.Kind.SUM, of(Pointwise.Function.ABS), none));
        all.put("ReduceL2", reduction(Reduce.Kind.NORM, none, none));
        all.put("ReduceLogSum", reduction(Reduce.Kind.SUM, none, of(Pointwise.Function.LOG)));
        all.put("ReduceLogSumExp", ReduceOperators::logSumExp);
        all.put("ReduceMax", reduction(Reduce.Kind.MAX, none, none));
        all.put("ReduceMean", reduction(Reduce.Kind.MEAN, none, none));
        all.put("ReduceMin", reduction(Reduce.Kind.MAX, negative, negative));
        all.put("ReduceSum", reduction(Reduce.Kind.SUM, none, none));
        all.put(
                "ReduceSumSquare",
                reduction(Reduce.Kind.SUM, new Layer[] {Pointwise.pow(2)}, none));
        all.put("ReduceProd", ReduceOperators::product);
    }

    private static Layer[] of(Pointwise.Function function) {
        return new Layer[] {new Pointwise(function)};
    }

    /** Reduces what layers make of the input, and lets others follow. */
    private static Operator reduction(Reduce.Kind kind, Layer[] before, Layer[] after) {
        return call -> {
            Flow x = call.flow(0);
            Flow in = before.length == 0 ? x : x.then(before);
            Flow made = reduce(call, in, kind, isKept(call));
            return List.of(after.length == 0 ? made : made.then(after));
        };
    }

    private static boolean isKept(Call call) {
        return call.number("keepdims", 1) != 0;
    }

    /** The largest number goes out before exponentials are taken, and comes back in afterwards. */
    private static List<Imported> logSumExp(Call call) {
        Flow x = call.flow(0);
        Flow largest = reduce(call, x, Reduce.Kind.MAX, true);
        Flow rest = ArithmeticOperators.combine(call, x, largest, Value::minus);
        boolean keep = isKept(call);
        Flow sum = reduce(call, rest.then(of(Pointwise.Function.EXP)), Reduce.Kind.SUM, keep);
        Flow shift = keep ? largest : reduce(call, x, Reduce.Kind.MAX, false);
        return List.of(
                ArithmeticOperators.combine(
                        call, sum.then(of(Pointwise.Function.LOG)), shift, Value::plus));
    }

    private static Flow reduce(Call call, Flow x, Reduce.Kind kind, boolean keep) {
        long[] named = call.longs(1, "axes");
        boolean all = named == null || named.length == 0;
        if (all && call.number("noop_with_empty_axes", 0) != 0) { // each number is its own sum
            return kind == Reduce.Kind.NORM ? x.then(of(Pointwise.Function.ABS)) : x;
        }
        int[] axes = all ? IntStream.range(0, x.rank()).toArray() : Call.axes(named, x.rank());
        Value value = x.value();
        Layout layout = x.layout();
        // From the last on, axes that lie side by side at once.
        for (int i = axes.length - 1; i >= 0; i--) {
            int last = i;
            while (i > 0 && axes[i - 1] == axes[i] - 1 && !layout.axes().get(axes[i - 1]).batch()) {
                i--;
            }
            int place = layout.inSample(axes[i]);
            value = merged(value, layout, axes[i], axes[last]).then(new Reduce(kind, place));
            for (int axis = axes[last]; axis >= axes[i]; axis--) {
                layout = layout.with(axis, Layout.Part.of(1));
            }
            value = x.with(value, layout).value();
        }
        Flow made = x.with(value, layout);
        if (keep) {
            return made;
        }
        List<Layout.Part> left = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            int at = axis;
            if (IntStream.of(axes).noneMatch(gone -> gone == at)) {
                left.add(layout.axes().get(axis));
            }
        }
        return x.with(value, new Layout(left));
    }

    /** Sees axes that lie side by side as one. */
    private static Value merged(Value value, Layout layout, int first, int last) {
        if (first == last) {
            return value;
        }
        int product = 1;
        for (int axis = first; axis <= last; axis++) {
            product *= layout.axes().get(axis).before();
        }
        Layout one = layout.with(first, Layout.Part.of(product));
        for (int axis = last; axis > first; axis--) {
            one = one.without(axis);
        }
        return value.then(new Reshape(one.sample()));
    }

    /** A product with a triangle of ones. */
    private static Imported cumulativeSum(Call call) {
        Flow x = call.flow(0);
        int axis = Call.axis(call.known(1).longs()[0], x.rank());
        int size = x.size(axis);
        call.context().budget().take((long) size * size);
        boolean back = call.number("reverse", 0) != 0;
        int least = call.number("exclusive", 0) != 0 ? 1 : 0;
        float[] ones = new float[size * size];
        for (int from = 0; from < size; from++) {
            for (int to = 0; to < size; to++) {
                ones[from * size + to] = (back ? from - to : to - from) >= least ? 1 : 0;
            }
        }
        return x.product(axis, size, ones);
    }

    /** A product of a shape's dimensions; of samples none is imported. */
    private static List<Imported> product(Call call) {
        Known x = call.known(0);
        Dim product = ShapeOperators.product(x.asDims());
        int[] sizes = call.number("keepdims", 1) != 0 ? new int[] {1} : new int[0];
        if (x.rank() > 1) {
            throw new IllegalArgumentException("a product of an array with several axes");
        }
        return List.of(Known.of(List.of(product), sizes, call.context().budget()));
    }
}
