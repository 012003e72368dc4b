package io.github.lanewise.onnx;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;

/** Folds reductions of constants, such as the norms of weights. */
final class KnownReduction {

    private static final Set<String> KINDS =
            Set.of(
                    "ReduceL1",
                    "ReduceL2",
                    "ReduceMax",
                    "ReduceMean",
                    "ReduceMin",
                    "ReduceSum",
                    "ReduceSumSquare");

    private KnownReduction() {}

    static boolean knows(String operator) {
        return KINDS.contains(operator);
    }

    static Known fold(Call call) {
        Known x = call.known(0);
        int rank = x.rank();
        long[] named = call.longs(1, "axes");
        boolean all = named == null || named.length == 0;
        boolean none = all && call.number("noop_with_empty_axes", 0) != 0;
        int[] axes =
                none
                        ? new int[0]
                        : all ? IntStream.range(0, rank).toArray() : Call.axes(named, rank);
        boolean[] reduced = new boolean[rank];
        for (int axis : axes) {
            reduced[axis] = true;
        }
        int[] sizes = x.sizes();
        int[] kept = sizes.clone();
        for (int axis : axes) {
            kept[axis] = 1;
        }
        double[] made = reduce(call.node().operator(), x, sizes, kept, reduced);
        boolean keep = call.number("keepdims", 1) != 0;
        int[] shape =
                keep
                        ? kept
                        : IntStream.range(0, rank)
                                .filter(i -> !reduced[i])
                                .map(i -> kept[i])
                                .toArray();
        return Known.of(x.type(), shape, made, x.budget());
    }

    private static double[] reduce(
            String kind, Known x, int[] sizes, int[] kept, boolean[] reduced) {
        double[] made = new double[Known.product(kept)];
        boolean largest = "ReduceMax".equals(kind);
        boolean smallest = "ReduceMin".equals(kind);
        Arrays.fill(
                made, largest ? Double.NEGATIVE_INFINITY : smallest ? Double.POSITIVE_INFINITY : 0);
        x.budget().take(x.count());
        for (int i = 0; i < x.count(); i++) {
            int to = 0;
            int stride = 1;
            int rest = i;
            for (int axis = sizes.length - 1; axis >= 0; axis--) {
                to += reduced[axis] ? 0 : rest % sizes[axis] * stride;
                stride *= kept[axis];
                rest /= sizes[axis];
            }
            double v = x.number(i);
            made[to] =
                    switch (kind) {
                        case "ReduceMax" -> Math.max(made[to], v);
                        case "ReduceMin" -> Math.min(made[to], v);
                        case "ReduceL1" -> made[to] + Math.abs(v);
                        case "ReduceL2", "ReduceSumSquare" -> made[to] + v * v;
                        default -> made[to] + v;
                    };
        }
        double share = (double) made.length / Math.max(1, x.count());
        for (int j = 0; j < made.length; j++) {
            double v = made[j];
            made[j] =
                    "ReduceL2".equals(kind)
                            ? Math.sqrt(v)
                            : "ReduceMean".equals(kind) ? v * share : v;
        }
        return made;
    }
}
