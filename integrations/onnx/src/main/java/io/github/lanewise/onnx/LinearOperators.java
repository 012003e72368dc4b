package io.github.lanewise.onnx;

import io.github.lanewise.nn.graph.MatMul;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Products of matrices. */
final class LinearOperators {

    private LinearOperators() {}

    static void add(Map<String, Operator> all) {
        all.put("Gemm", call -> List.of(gemm(call)));
        all.put("MatMul", call -> List.of(matMul(call)));
    }

    private static Imported gemm(Call call) {
        Imported a = call.input(0);
        if (call.number("transA", 0) != 0) {
            a = a.permute(1, 0);
        }
        boolean turned = call.number("transB", 0) != 0;
        float alpha = call.real("alpha", 1);
        float beta = call.real("beta", 1);
        if (a instanceof Known state && call.input(1) instanceof Known) {
            // The first state of a cell whose loop was written out: a row for each sample.
            Layout rows = new Layout(List.of(Layout.BATCH, Layout.Part.of(state.sizes()[1])));
            a = Broadcasts.spreadOverBatch(state, rows, call.context());
        }
        if (!(a instanceof Flow x) || !(call.input(1) instanceof Known weight)) {
            throw new IllegalArgumentException(
                    "the first operand must depend on the sample, the second be a weight");
        }
        Known bias = call.has(2) && call.input(2) instanceof Known b ? b : null;
        int out = weight.sizes()[turned ? 0 : 1];
        boolean fits = bias == null || bias.count() == out || bias.count() == 1;
        if (call.has(2) && !(call.input(2) instanceof Known) || !fits) {
            throw new IllegalArgumentException("what is added is no row of %s".formatted(out));
        }
        return linear(call, x, weight, turned, bias, alpha, beta);
    }

    /** Returns inputs weight + bias. */
    static Flow linear(
            Call call, Flow x, Known weight, boolean turned, Known bias, float alpha, float beta) {
        if (weight.rank() != 2) {
            throw new IllegalArgumentException(
                    "a weight of %s".formatted(Imported.text(weight.dims())));
        }
        int in = weight.sizes()[turned ? 1 : 0];
        int out = weight.sizes()[turned ? 0 : 1];
        int last = x.rank() - 1;
        x.layout().inSample(last);
        List<Known> arrays = new ArrayList<>();
        arrays.add(weight);
        arrays.add(bias);
        Linear layer =
                call.context()
                        .layer(
                                Linear.class,
                                List.of(turned, alpha, beta),
                                arrays,
                                () -> linear(weight, turned, bias, alpha, beta, in, out));
        return x.with(x.value().then(layer), x.layout().with(last, Layout.Part.of(out)));
    }

    private static Linear linear(
            Known weight, boolean turned, Known bias, float alpha, float beta, int in, int out) {
        Linear layer = bias == null ? new Linear(in, out).withoutBias() : new Linear(in, out);
        float[] numbers = new float[in * out];
        for (int i = 0; i < in; i++) {
            for (int j = 0; j < out; j++) {
                int from = turned ? j * in + i : i * out + j;
                numbers[i * out + j] = alpha * (float) weight.number(from);
            }
        }
        Importing.set(layer.weight(), numbers);
        if (bias != null) {
            float[] row = new float[out];
            for (int j = 0; j < out; j++) {
                row[j] = beta * (float) bias.number(bias.count() == 1 ? 0 : j);
            }
            Importing.set(layer.bias(), row);
        }
        return layer;
    }

    private static Imported matMul(Call call) {
        if (call.input(0) instanceof Flow x && call.input(1) instanceof Known w) {
            if (w.rank() == 2 && !w.isInteger()) {
                return withBias(call, x, w);
            }
            if (w.rank() == 1) {
                Known column = w.reshape(List.of(Dim.of(w.count()), Dim.of(1)));
                Flow made = linear(call, x, column, false, null, 1, 1);
                return made.reshape(made.dims().subList(0, x.rank() - 1));
            }
        }
        return ofValues(call, call.input(0), call.input(1));
    }

    /** The product of two operands of two axes or more. */
    static Imported product(Call call, Imported a, Imported b) {
        return a instanceof Flow x && b instanceof Known w && w.rank() == 2
                ? linear(call, x, w, false, null, 1, 1)
                : ofValues(call, a, b);
    }

    /** A product that is taken by a sum with a row alone is a linear layer with its bias. */
    private static Imported withBias(Call call, Flow x, Known weight) {
        int out = weight.sizes()[1];
        Importing context = call.context();
        String output = call.node().outputs().getFirst();
        OnnxNode taker = context.onlyTaker(output);
        if (taker != null
                && "Add".equals(taker.operator())
                && taker.inputs().size() == 2
                && !taker.inputs().get(0).equals(taker.inputs().get(1))) {
            int other = taker.inputs().indexOf(output) == 0 ? 1 : 0;
            Imported added = context.made().get(taker.inputs().get(other));
            if (added instanceof Known bias
                    && bias.count() == out
                    && bias.rank() <= x.rank()
                    && (bias.rank() == 0 || bias.sizes()[bias.rank() - 1] == out)
                    && (out > 1 || bias.name() != null)) {
                Flow made = linear(call, x, weight, false, bias, 1, 1);
                context.made().put(taker.outputs().getFirst(), made);
                return made;
            }
        }
        return linear(call, x, weight, false, null, 1, 1);
    }

    /** The product of two values, both with their last two axes apart from the batch. */
    private static Imported ofValues(Call call, Imported first, Imported second) {
        if (first.rank() < 2 || second.rank() < 2) {
            throw new IllegalArgumentException(
                    "a product of %s and %s"
                            .formatted(Imported.text(first.dims()), Imported.text(second.dims())));
        }
        Importing context = call.context();
        int rank = Math.max(first.rank(), second.rank());
        Imported a = padded(first, rank);
        Imported b = padded(second, rank);
        int m = size(a, rank - 2);
        int k = size(a, rank - 1);
        int n = size(b, rank - 1);
        if (k != size(b, rank - 2)) {
            throw new IllegalArgumentException(
                    "inner dimensions of %s and %s"
                            .formatted(Imported.text(a.dims()), Imported.text(b.dims())));
        }
        // Laid upon each other as if both were one number in their last two axes.
        List<Dim> leads = new ArrayList<>();
        for (int axis = 0; axis < rank - 2; axis++) {
            Dim x = a.dims().get(axis);
            Dim y = b.dims().get(axis);
            leads.add(x.equals(Dim.of(1)) ? y : x);
        }
        Layout.Part[] parts = parts(a, b, leads);
        Flow left = spread(call, a, parts, rank);
        Flow right = spread(call, b, parts, rank);
        List<Layout.Part> made = new ArrayList<>(Arrays.asList(parts));
        made.add(Layout.Part.of(m));
        made.add(Layout.Part.of(n));
        Value product = Value.merge(new MatMul(), left.value(), right.value());
        return left.with(product, new Layout(made));
    }

    private static Imported padded(Imported x, int rank) {
        if (x instanceof Flow flow) {
            return flow.padded(rank);
        }
        List<Dim> dims = new ArrayList<>(x.dims());
        while (dims.size() < rank) {
            dims.addFirst(Dim.of(1));
        }
        return x.reshape(dims);
    }

    private static int size(Imported x, int axis) {
        Dim dim = x.dims().get(axis);
        if (dim.batch()) {
            throw new IllegalArgumentException(
                    "the batch is a row or column of a matrix: %s"
                            .formatted(Imported.text(x.dims())));
        }
        return (int) dim.factor();
    }

    private static Layout.Part[] parts(Imported a, Imported b, List<Dim> leads) {
        Layout.Part[] parts = new Layout.Part[leads.size()];
        for (int axis = 0; axis < parts.length; axis++) {
            Layout.Part x = part(a, axis);
            Layout.Part y = part(b, axis);
            parts[axis] =
                    x.batch() ? x : y.batch() ? y : Layout.Part.of((int) leads.get(axis).factor());
            boolean fits = !x.batch() || !y.batch() || x.equals(y);
            if (!fits) {
                throw new IllegalArgumentException(
                        "the batch lies otherwise in %s than in %s"
                                .formatted(Imported.text(a.dims()), Imported.text(b.dims())));
            }
        }
        return parts;
    }

    private static Layout.Part part(Imported x, int axis) {
        return x instanceof Flow flow
                ? flow.layout().axes().get(axis)
                : Layout.Part.of(((Known) x).sizes()[axis]);
    }

    /** Repeats a factor along the axes before its last two, where it has one element. */
    private static Flow spread(Call call, Imported x, Layout.Part[] parts, int rank) {
        Importing context = call.context();
        List<Layout.Part> own = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            own.add(part(x, axis));
        }
        for (int axis = 0; axis < rank - 2; axis++) {
            if (parts[axis].batch() && !own.get(axis).batch()) {
                if (own.get(axis).before() != 1
                        || parts[axis].before() * parts[axis].after() != 1) {
                    throw new IllegalArgumentException(
                            "%s along the batch".formatted(Imported.text(x.dims())));
                }
                own.set(axis, parts[axis]);
            }
        }
        Layout layout = new Layout(own);
        if (own.stream().filter(Layout.Part::batch).count() != 1) {
            throw new IllegalArgumentException(
                    "%s: the batch lies otherwise in the other factor"
                            .formatted(Imported.text(x.dims())));
        }
        Flow made =
                x instanceof Flow flow
                        ? flow.with(flow.value(), layout)
                        : new Flow(
                                context.value((Known) x, layout.sample()),
                                layout,
                                context.batch(),
                                false,
                                Double.NaN);
        for (int axis = 0; axis < rank - 2; axis++) {
            int size = parts[axis].before();
            if (!parts[axis].batch() && own.get(axis).before() != size) {
                if (own.get(axis).before() != 1) {
                    throw new IllegalArgumentException(
                            "%s cannot be repeated".formatted(Imported.text(x.dims())));
                }
                context.budget().take(size);
                made = made.take(axis, new int[size]);
            }
        }
        return made;
    }
}
