package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Expand, Tile and ConstantOfShape: numbers that stand in several places. */
final class Repetitions {

    private Repetitions() {}

    static Imported constantOfShape(Call call) {
        OnnxTensor tensor = call.tensor("value");
        OnnxType type = tensor == null ? OnnxType.FLOAT : tensor.type();
        double number = tensor == null ? 0 : tensor.number(0);
        Known scalar = Folding.scalar(type, number, call.context().budget());
        return expand(scalar, call.known(0).asDims(), call);
    }

    static Imported expand(Call call) {
        return expand(call.input(0), call.known(1).asDims(), call);
    }

    /** Repeats a value to a shape that it can be laid upon. */
    private static Imported expand(Imported x, List<Dim> shape, Call call) {
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
        Importing context = call.context();
        List<Layout.Part> parts = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            parts.add(
                    i == batchAxis
                            ? new Layout.Part(1, true, sizes[i])
                            : Layout.Part.of(Math.max(1, sizes[i])));
        }
        Known one = Broadcasts.ofOneSample(x, new Layout(parts), context);
        Known samples = Folding.spread(one, Folding.joint(one.sizes(), sizes));
        for (int i = 0; i < sizes.length; i++) {
            if (i != batchAxis) {
                parts.set(i, Layout.Part.of(samples.sizes()[i]));
            }
        }
        Layout layout = new Layout(parts);
        return new Flow(
                context.value(samples, layout.sample()),
                layout,
                context.batch(),
                x.isInteger(),
                x.uniform());
    }

    static Imported tile(Call call) {
        Imported made = call.input(0);
        List<Dim> times = call.known(1).asDims();
        if (made instanceof Known known && call.known(1).hasBatch()) {
            return overBatch(known, times, call);
        }
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

    /** Repeats a constant for each sample, and other axes by numbers. */
    private static Imported overBatch(Known x, List<Dim> times, Call call) {
        List<Dim> target = new ArrayList<>();
        for (int axis = 0; axis < times.size(); axis++) {
            int size = x.sizes()[axis];
            Dim dim = times.get(axis);
            boolean fits = size == 1 || dim.equals(Dim.of(1));
            if (!fits) {
                throw new IllegalArgumentException(
                        "a constant of %s is repeated with the batch along axes of more than 1"
                                .formatted(Imported.text(x.dims())));
            }
            target.add(size == 1 ? dim : Dim.of(size));
        }
        return expand(x, target, call);
    }
}
