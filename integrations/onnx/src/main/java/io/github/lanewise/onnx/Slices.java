package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Slice and Split. */
final class Slices {

    private Slices() {}

    static Imported slice(Call call) {
        Imported made = call.input(0);
        int rank = made.rank();
        List<Dim> starts = call.dims(1, "starts");
        List<Dim> ends = call.dims(2, "ends");
        long[] axes = call.longs(3, "axes");
        long[] steps = call.has(4) ? call.known(4).longs() : null;
        for (int i = 0; i < starts.size(); i++) {
            int axis = Call.axis(axes == null ? i : axes[i], rank);
            long step = steps == null ? 1 : steps[i];
            made = slice(call, made, axis, starts.get(i), ends.get(i), step);
        }
        return made;
    }

    private static Imported slice(Call call, Imported x, int axis, Dim start, Dim end, long step) {
        Dim dim = x.dims().get(axis);
        boolean all =
                start.equals(Dim.of(0))
                        && step == 1
                        && (end.equals(dim) || end.factor() >= Integer.MAX_VALUE);
        if (all) {
            return x;
        }
        if (dim.batch() || start.batch() || end.batch()) {
            long batch = x instanceof Flow flow ? flow.batch() : 0;
            if (batch > 0 && start.factor() == 0 && end.factor() >= batch * dim.factor()) {
                return x;
            }
            throw new IllegalArgumentException("a part of the batch is taken");
        }
        long size = dim.factor();
        long from = place(start.factor(), size);
        long to = place(end.factor(), size);
        if (step == 0) {
            throw new IllegalArgumentException("step is 0");
        }
        from = step > 0 ? Math.clamp(from, 0, size) : Math.clamp(from, 0, size - 1);
        to = step > 0 ? Math.clamp(to, 0, size) : Math.clamp(to, -1, size - 1);
        long count = step > 0 ? Math.ceilDiv(to - from, step) : Math.ceilDiv(from - to, -step);
        if (count <= 0 && x instanceof Flow) {
            throw new IllegalArgumentException(
                    "nothing is taken along axis %s of %s"
                            .formatted(axis, Imported.text(x.dims())));
        }
        if (step == 1 && x instanceof Flow flow) {
            return flow.part(axis, (int) from, (int) to);
        }
        call.context().budget().take(Math.max(0, count));
        int[] indices = new int[(int) Math.max(0, count)];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) (from + i * step);
        }
        return x.take(axis, indices);
    }

    private static long place(long number, long size) {
        return number < 0 && number >= -size ? number + size : number;
    }

    static List<Imported> split(Call call) {
        Imported x = call.input(0);
        int axis = Call.axis(call.number("axis", 0), x.rank());
        Dim dim = x.dims().get(axis);
        if (dim.batch()) {
            throw new IllegalArgumentException("the batch is split");
        }
        int parts = call.node().outputs().size();
        long[] sizes = call.longs(1, "split");
        if (sizes == null) {
            long each = Math.ceilDiv(dim.factor(), parts);
            sizes = new long[parts];
            Arrays.fill(sizes, each);
            sizes[parts - 1] = dim.factor() - each * (parts - 1);
        }
        if (Arrays.stream(sizes).sum() != dim.factor() || sizes.length != parts) {
            throw new IllegalArgumentException(
                    "sizes %s of axis %s of %s"
                            .formatted(Arrays.toString(sizes), axis, Imported.text(x.dims())));
        }
        List<Imported> made = new ArrayList<>();
        int from = 0;
        for (long size : sizes) {
            int end = (int) (from + size);
            made.add(x.part(axis, from, end));
            from = end;
        }
        return made;
    }
}
