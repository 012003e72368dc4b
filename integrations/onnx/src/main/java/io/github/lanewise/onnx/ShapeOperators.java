package io.github.lanewise.onnx;

import io.github.lanewise.nn.graph.Value;
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
        all.put("Cast", call -> List.of(cast(call)));
        all.put("CastLike", call -> List.of(call.input(0)));
        all.put("Concat", call -> List.of(concat(call)));
        all.put("ConstantOfShape", call -> List.of(constantOfShape(call)));
        all.put("Dropout", ActivationOperators::dropout);
        all.put("Expand", call -> List.of(expand(call.input(0), call.known(1).asDims(), call)));
        all.put("Flatten", call -> List.of(flatten(call)));
        all.put("Gather", call -> List.of(gather(call)));
        all.put("Identity", call -> List.of(identity(call)));
        all.put("Reshape", call -> List.of(reshape(call)));
        all.put("Shape", call -> List.of(shape(call)));
        all.put("Size", call -> List.of(size(call)));
        all.put("Slice", call -> List.of(Slices.slice(call)));
        all.put("Split", Slices::split);
        all.put("Squeeze", call -> List.of(squeeze(call)));
        all.put("Tile", call -> List.of(tile(call)));
        all.put("Transpose", call -> List.of(transpose(call)));
        all.put("Unsqueeze", call -> List.of(unsqueeze(call)));
    }

    private static Imported identity(Call call) {
        // Exporters write equal weights once and name the others so: they are not shared.
        return call.input(0) instanceof Known known && known.name() != null
                ? known.named(call.node().outputs().getFirst())
                : call.input(0);
    }

    private static Imported cast(Call call) {
        Flow x = call.flow(0);
        OnnxType to = OnnxType.of(call.integer("to", 0));
        boolean harmless = x.isInteger() ? to != OnnxType.BOOL : !to.isInteger();
        if (!harmless || to.bytes() == 0) {
            throw new IllegalArgumentException(
                    "a cast of numbers of a sample to %s; only casts that change no number are imported"
                            .formatted(to));
        }
        return x;
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
        List<Dim> wanted =
                call.has(1)
                        ? call.known(1).asDims()
                        : Arrays.stream(call.longs("shape")).mapToObj(Dim::of).toList();
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
                throw new IllegalArgumentException("axis %d is %s, not 1".formatted(axes[i], gone));
            }
        }
        return x.reshape(left);
    }

    private static Imported unsqueeze(Call call) {
        Imported x = call.input(0);
        long[] named = call.longs(1, "axes");
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
                    "perm %s of %d axes".formatted(Arrays.toString(named), rank));
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

    private static Imported embedding(Call call, Imported data, int axis, Flow indices) {
        if (!(data instanceof Known table) || axis != 0 || table.rank() < 1) {
            throw new IllegalArgumentException(
                    "elements are chosen by numbers of the sample from %s along axis %d; only rows of a weight are"
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

    private static Imported concat(Call call) {
        int rank = call.input(0).rank();
        int axis = Call.axis(call.number("axis", 0), rank);
        if (call.allKnown()) {
            return concatKnown(call, axis);
        }
        Layout layout = null;
        for (int i = 0; i < call.inputs(); i++) {
            if (call.input(i) instanceof Flow flow
                    && (layout == null || Double.isNaN(flow.uniform()))) {
                layout = flow.layout();
            }
        }
        int place = layout.inSample(axis);
        Value[] values = new Value[call.inputs()];
        int sum = 0;
        boolean whole = true;
        double uniform = call.input(0).uniform();
        for (int i = 0; i < values.length; i++) {
            Flow part = Broadcasts.spreadOverBatch(call.input(i), layout, call.context());
            sum = Math.addExact(sum, part.size(axis));
            values[i] = part.value();
            whole &= part.isInteger();
            uniform = part.uniform() == uniform ? uniform : Double.NaN;
        }
        Layout made = layout.with(axis, Layout.Part.of(sum));
        return new Flow(Value.concat(place, values), made, call.context().batch(), whole, uniform);
    }

    private static Known concatKnown(Call call, int axis) {
        Known first = call.known(0);
        List<Known> parts = new ArrayList<>();
        int[] sizes = first.sizes();
        sizes[axis] = 0;
        for (int i = 0; i < call.inputs(); i++) {
            Known part = call.known(i);
            int[] own = part.sizes();
            sizes[axis] += own[axis];
            own[axis] = sizes[axis];
            if (!Arrays.equals(own, sizes)) {
                throw new IllegalArgumentException("shapes of constants differ");
            }
            parts.add(part);
        }
        call.context().budget().take(Known.product(sizes));
        int inner = Known.product(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
        int outer = Known.product(Arrays.copyOfRange(sizes, 0, axis));
        List<Dim> dims = new ArrayList<>();
        double[] numbers = new double[Known.product(sizes)];
        boolean open = parts.stream().anyMatch(Known::hasBatch);
        int at = 0;
        for (int o = 0; o < outer; o++) {
            for (Known part : parts) {
                int block = part.sizes()[axis] * inner;
                for (int i = 0; i < block; i++) {
                    if (open) {
                        dims.add(part.dim(o * block + i));
                    } else {
                        numbers[at++] = part.number(o * block + i);
                    }
                }
            }
        }
        return open
                ? Known.of(dims, sizes, first.budget())
                : Known.of(first.type(), sizes, numbers, first.budget());
    }

    private static Imported constantOfShape(Call call) {
        OnnxTensor tensor = call.tensor("value");
        OnnxType type = tensor == null ? OnnxType.FLOAT : tensor.type();
        double number = tensor == null ? 0 : tensor.number(0);
        Known scalar = Folding.scalar(type, number, call.context().budget());
        return expand(scalar, call.known(0).asDims(), call);
    }

    /** Repeats a value to a shape that it can be laid upon. */
    static Imported expand(Imported x, List<Dim> shape, Call call) {
        int rank = Math.max(x.rank(), shape.size());
        List<Dim> target = new ArrayList<>(shape);
        while (target.size() < rank) {
            target.addFirst(Dim.of(1));
        }
        if (x instanceof Known known) {
            return expand(known, target, call);
        }
        Flow made = ((Flow) x).padded(rank);
        for (int axis = 0; axis < rank; axis++) {
            Dim from = made.dims().get(axis);
            Dim to = target.get(axis);
            boolean single = to.equals(Dim.of(1)) || to.equals(from);
            if (!single && from.equals(Dim.of(1)) && !to.batch()) {
                made = made.take(axis, zeros(to.factor(), call));
            } else if (!single && !(from.batch() && made.batch() == to.factor())) {
                throw new IllegalArgumentException(
                        "%s cannot be expanded to %s"
                                .formatted(Imported.text(x.dims()), Imported.text(shape)));
            }
        }
        return made;
    }

    private static int[] zeros(long count, Call call) {
        call.context().budget().take(count);
        return new int[Math.toIntExact(count)];
    }

    private static Imported expand(Known x, List<Dim> target, Call call) {
        int[] sizes = new int[target.size()];
        int batchAxis = -1;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.toIntExact(target.get(i).factor());
            if (target.get(i).batch()) {
                batchAxis = i;
            }
        }
        if (batchAxis < 0) {
            return Folding.spread(x, Folding.joint(x.sizes(), sizes));
        }
        Known samples = Folding.spread(x, Folding.joint(x.sizes(), sizes));
        List<Layout.Part> parts = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            parts.add(
                    i == batchAxis
                            ? new Layout.Part(1, true, sizes[i])
                            : Layout.Part.of(samples.sizes()[i]));
        }
        Layout layout = new Layout(parts);
        Importing context = call.context();
        return new Flow(
                context.value(samples, layout.sample()),
                layout,
                context.batch(),
                x.isInteger(),
                x.uniform());
    }

    private static Imported tile(Call call) {
        Imported made = call.input(0);
        long[] repeats = call.known(1).longs();
        for (int axis = 0; axis < made.rank(); axis++) {
            if (repeats[axis] != 1) {
                Dim dim = made.dims().get(axis);
                if (dim.batch()) {
                    throw new IllegalArgumentException("the batch is repeated");
                }
                int size = Math.toIntExact(dim.factor());
                int[] indices = zeros(Math.multiplyExact(size, repeats[axis]), call);
                Arrays.setAll(indices, i -> i % size);
                made = made.take(axis, indices);
            }
        }
        return made;
    }
}
