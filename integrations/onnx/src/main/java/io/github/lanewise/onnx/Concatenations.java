package io.github.lanewise.onnx;

import io.github.lanewise.nn.graph.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Concat: of values, of what is known, or of both. */
final class Concatenations {

    private Concatenations() {}

    static Imported concat(Call call) {
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
}
