package io.github.lanewise.onnx;

import io.github.lanewise.nn.layer.Embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Operators that move numbers: most know nothing but which element goes where. */
final class ShapeOperators {

    private ShapeOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("Concat", call -> List.of(Concatenations.concat(call)));
        all.put("ConstantOfShape", call -> List.of(Repetitions.constantOfShape(call)));
        all.put("Dropout", ActivationOperators::dropout);
        all.put("Expand", call -> List.of(Repetitions.expand(call)));
        all.put("Flatten", call -> List.of(flatten(call)));
        all.put("Gather", call -> List.of(gather(call)));
        all.put("GatherND", call -> List.of(gatherND(call)));
        all.put("Identity", call -> List.of(identity(call)));
        all.put("Reshape", call -> List.of(reshape(call)));
        all.put("Shape", call -> List.of(shape(call)));
        all.put("Size", call -> List.of(size(call)));
        all.put("Slice", call -> List.of(Slices.slice(call)));
        all.put("Split", Slices::split);
        all.put("Squeeze", call -> List.of(squeeze(call)));
        all.put("Tile", call -> List.of(Repetitions.tile(call)));
        all.put("Transpose", call -> List.of(transpose(call)));
        all.put("Unsqueeze", call -> List.of(unsqueeze(call)));
    }

    private static Imported identity(Call call) {
        // Exporters write equal weights once and name the others so: they are not shared.
        return call.input(0) instanceof Known known && known.name() != null
                ? known.named(call.node().outputs().getFirst())
                : call.input(0);
    }

    private static Imported shape(Call call) {
        List<Dim> dims = call.input(0).dims();
        int rank = dims.size();
        int start = within(call.number("start", 0), rank);
        int end = Math.max(start, within(call.number("end", rank), rank));
        List<Dim> part = dims.subList(start, end);
        return Known.of(part, new int[] {part.size()}, call.context().budget());
    }

    private static int within(long place, int rank) {
        return Math.clamp(place < 0 ? place + rank : place, 0, rank);
    }

    private static Imported size(Call call) {
        return Known.of(
                List.of(product(call.input(0).dims())), new int[0], call.context().budget());
    }

    static Dim product(List<Dim> dims) {
        long factor = 1;
        boolean batch = false;
        for (Dim dim : dims) {
            factor = Math.multiplyExact(factor, dim.factor());
            batch |= dim.batch();
        }
        return new Dim(factor, batch);
    }

    private static Imported reshape(Call call) {
        Imported x = call.input(0);
        List<Dim> wanted = call.dims(1, "shape");
        List<Dim> dims = x.dims();
        List<Dim> target = new ArrayList<>();
        int rest = -1;
        for (int i = 0; i < wanted.size(); i++) {
            Dim dim = wanted.get(i);
            boolean copy = dim.equals(Dim.of(0)) && call.number("allowzero", 0) == 0;
            if (dim.equals(Dim.of(-1))) {
                rest = i;
            }
            target.add(copy ? dims.get(i) : dim);
        }
        if (rest >= 0) {
            target.set(rest, Dim.of(1));
            target.set(rest, rest(x, dims, target));
        }
        return x.reshape(target);
    }

    /** Returns what is left for the dimension that the others do not say. */
    private static Dim rest(Imported x, List<Dim> dims, List<Dim> others) {
        Dim all = product(dims);
        Dim said = product(others);
        long open = x instanceof Flow flow ? flow.batch() : 0;
        if (all.batch() && !said.batch() && open > 0) {
            all = Dim.of(all.factor() * open);
        }
        boolean batch = all.batch() != said.batch();
        if (said.factor() < 1 || all.factor() % said.factor() != 0 || said.batch() && batch) {
            throw new IllegalArgumentException(
                    "%s cannot be read as %s"
                            .formatted(Imported.text(dims), Imported.text(others)));
        }
        return new Dim(all.factor() / said.factor(), batch);
    }

    private static Imported flatten(Call call) {
        Imported x = call.input(0);
        List<Dim> dims = x.dims();
        int axis = within(call.number("axis", 1), dims.size());
        return x.reshape(
                List.of(product(dims.subList(0, axis)), product(dims.subList(axis, dims.size()))));
    }

    private static Imported squeeze(Call call) {
        Imported x = call.input(0);
        List<Dim> dims = x.dims();
        long[] named = call.longs(1, "axes");
        int[] axes =
                named == null
                        ? IntStream.range(0, dims.size())
                                .filter(i -> dims.get(i).equals(Dim.of(1)))
                                .toArray()
                        : Call.axes(named, dims.size());
        List<Dim> left = new ArrayList<>(dims);
        for (int i = axes.length - 1; i >= 0; i--) {
            Dim gone = left.remove(axes[i]);
            boolean single = x instanceof Flow flow && flow.batch() == 1;
            if (gone.factor() != 1 || gone.batch() && !single) {
                throw new IllegalArgumentException("axis %s is %s, not 1".formatted(axes[i], gone));
            }
        }
        return x.reshape(left);
    }

    private static Imported unsqueeze(Call call) {
        Imported x = call.input(0);
        long[] named = call.needed(1, "axes");
        List<Dim> dims = new ArrayList<>(x.dims());
        int[] axes = Call.axes(named, dims.size() + named.length);
        for (int axis : axes) {
            dims.add(axis, Dim.of(1));
        }
        if (x instanceof Flow flow) {
            Flow made = flow;
            for (int axis : axes) {
                made = made.unsqueeze(axis);
            }
            return made;
        }
        return x.reshape(dims);
    }

    private static Imported transpose(Call call) {
        Imported x = call.input(0);
        int rank = x.rank();
        long[] named = call.longs("perm");
        int[] order = new int[rank];
        Arrays.setAll(order, i -> named == null ? rank - 1 - i : Call.axis(named[i], rank));
        int[] sorted = order.clone();
        Arrays.sort(sorted);
        if (named != null && named.length != rank
                || !Arrays.equals(sorted, IntStream.range(0, rank).toArray())) {
            throw new IllegalArgumentException(
                    "perm %s of %s axes".formatted(Arrays.toString(named), rank));
        }
        return x.permute(order);
    }

    private static Imported gather(Call call) {
        Imported data = call.input(0);
        int axis = Call.axis(call.number("axis", 0), data.rank());
        if (call.input(1) instanceof Flow indices) {
            return embedding(call, data, axis, indices);
        }
        Known chosen = call.known(1);
        Dim dim = data.dims().get(axis);
        long size = dim.batch() ? 1 : dim.factor();
        int[] indices = new int[chosen.count()];
        call.context().budget().take(indices.length);
        for (int i = 0; i < indices.length; i++) {
            long index = chosen.longs()[i];
            indices[i] = Math.toIntExact(index < 0 ? index + size : index);
        }
        Imported taken = data.take(axis, indices);
        if (chosen.rank() == 1) {
            return taken;
        }
        List<Dim> dims = new ArrayList<>(taken.dims());
        dims.remove(axis);
        dims.addAll(axis, chosen.dims());
        return taken.reshape(dims);
    }

    /** Chooses by known places along the first axes, which are seen as one. */
    private static Imported gatherND(Call call) {
        Flow x = call.flow(0);
        Known places = call.known(1);
        if (call.number("batch_dims", 0) != 0 || places.rank() < 1) {
            throw new IllegalArgumentException(
                    "batch_dims is %s with indices of %s; 0 is imported"
                            .formatted(call.number("batch_dims", 0), Imported.text(places.dims())));
        }
        int axes = places.sizes()[places.rank() - 1];
        int[] chosen = new int[places.count() / Math.max(1, axes)];
        call.context().budget().take(chosen.length);
        int product = 1;
        for (int axis = 0; axis < axes; axis++) {
            int size = x.size(axis);
            product = Math.multiplyExact(product, size);
            for (int i = 0; i < chosen.length; i++) {
                long place = places.longs()[i * axes + axis];
                chosen[i] = chosen[i] * size + Math.toIntExact(place < 0 ? place + size : place);
            }
        }
        List<Dim> rest = x.dims().subList(axes, x.rank());
        List<Dim> one = new ArrayList<>(rest);
        one.addFirst(Dim.of(product));
        List<Dim> made = new ArrayList<>(places.dims().subList(0, places.rank() - 1));
        made.addAll(rest);
        return x.reshape(one).take(0, chosen).reshape(made);
    }

    private static Imported embedding(Call call, Imported data, int axis, Flow indices) {
        if (!(data instanceof Known table) || axis != 0 || table.rank() < 1) {
            throw new IllegalArgumentException(
                    "elements are chosen by numbers of the sample from %s along axis %s; only rows of a weight are"
                            .formatted(Imported.text(data.dims()), axis));
        }
        int rows = table.sizes()[0];
        int width = table.count() / Math.max(1, rows);
        Embedding layer =
                call.context()
                        .layer(
                                Embedding.class,
                                List.of(),
                                List.of(table),
                                () -> {
                                    Embedding made = new Embedding(rows, width);
                                    Importing.set(made.weight(), table.floats());
                                    return made;
                                });
        List<Layout.Part> parts = new ArrayList<>(indices.layout().axes());
        for (int i = 1; i < table.rank(); i++) {
            parts.add(Layout.Part.of(table.sizes()[i]));
        }
        return indices.with(indices.value().then(layer), new Layout(parts));
    }
}
