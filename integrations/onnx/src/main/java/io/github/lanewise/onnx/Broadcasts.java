package io.github.lanewise.onnx;

import io.github.lanewise.nn.graph.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Two values laid upon each other, the batch of one upon that of the other. */
final class Broadcasts {

    /**
     * Two values ready for an operation on samples.
     *
     * @param layout of what is made of them
     */
    record Pair(Value a, Value b, Layout layout) {}

    private Broadcasts() {}

    /** Lays values upon each other; one of them at least depends on the sample. */
    static Pair of(Imported x, Imported y, Importing context) {
        Imported a = ofOneSample(x, y, context);
        Imported b = ofOneSample(y, x, context);
        int rank = Math.max(a.rank(), b.rank());
        List<Layout.Part> first = parts(a, rank);
        List<Layout.Part> second = parts(b, rank);
        List<Layout.Part> made = new ArrayList<>();
        List<Integer> ofFirst = new ArrayList<>();
        List<Integer> ofSecond = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Layout.Part p = first.get(axis);
            Layout.Part q = second.get(axis);
            if (p.batch() || q.batch()) {
                Layout.Part batch = p.batch() ? p : q;
                made.add(batch);
                add(ofFirst, p, batch, context, a, b);
                add(ofSecond, q, batch, context, a, b);
            } else {
                int size = p.before() == 1 ? q.before() : p.before();
                if (p.before() != size && p.before() != 1
                        || q.before() != size && q.before() != 1) {
                    throw misfit(a, b);
                }
                made.add(Layout.Part.of(size));
                ofFirst.add(p.before());
                ofSecond.add(q.before());
            }
        }
        if (made.stream().filter(Layout.Part::batch).count() != 1) {
            throw misfit(a, b);
        }
        return new Pair(value(a, ofFirst, context), value(b, ofSecond, context), new Layout(made));
    }

    private static Imported ofOneSample(Imported x, Imported other, Importing context) {
        return other instanceof Flow flow && x instanceof Known known
                ? ofOneSample(known, flow.layout(), context)
                : x;
    }

    /**
     * Returns what each sample has of a constant that is laid upon values of a layout. An exporter
     * writes out what is the same for all samples as often as there were samples.
     */
    static Known ofOneSample(Known x, Layout like, Importing context) {
        int axis = like.batchAxis() - like.axes().size() + x.rank();
        boolean often =
                context.batch() > 1
                        && axis >= 0
                        && like.axes().get(like.batchAxis()).isPureBatch()
                        && x.sizes()[axis] == context.batch();
        if (!often) {
            return x;
        }
        Known one = x.take(axis, 0);
        for (int sample = 1; sample < context.batch(); sample++) {
            if (!Arrays.equals(one.floats(), x.take(axis, sample).floats())) {
                return x;
            }
        }
        return one;
    }

    private static IllegalArgumentException misfit(Imported a, Imported b) {
        return new IllegalArgumentException(
                "%s and %s cannot be laid upon each other sample by sample"
                        .formatted(Imported.text(a.dims()), Imported.text(b.dims())));
    }

    private static List<Layout.Part> parts(Imported x, int rank) {
        List<Layout.Part> parts = new ArrayList<>();
        if (x instanceof Flow flow) {
            parts.addAll(flow.layout().axes());
        } else {
            Arrays.stream(((Known) x).sizes()).mapToObj(Layout.Part::of).forEach(parts::add);
        }
        while (parts.size() < rank) {
            parts.addFirst(Layout.Part.of(1));
        }
        return parts;
    }

    /** Adds the axes of a sample that a part has where the other has the batch. */
    private static void add(
            List<Integer> sizes,
            Layout.Part part,
            Layout.Part batch,
            Importing context,
            Imported a,
            Imported b) {
        boolean same = part.equals(batch);
        boolean one = !part.batch() && part.before() == 1;
        boolean baked =
                !part.batch()
                        && context.batch() == 1
                        && part.before() == batch.before() * batch.after();
        if (!same && !one && !baked) {
            throw misfit(a, b);
        }
        if (batch.before() != 1) {
            sizes.add(same || baked ? batch.before() : 1);
        }
        if (batch.after() != 1) {
            sizes.add(same || baked ? batch.after() : 1);
        }
    }

    private static Value value(Imported x, List<Integer> sizes, Importing context) {
        return x instanceof Flow flow
                ? flow.seenAs(sizes)
                : context.value((Known) x, Layout.shape(sizes));
    }

    /** Returns a value as one whose batch lies as in a layout, for joining along another axis. */
    static Flow spreadOverBatch(Imported x, Layout like, Importing context) {
        if (x.rank() != like.axes().size()) {
            throw new IllegalArgumentException(
                    "%s has not the axes of %s"
                            .formatted(Imported.text(x.dims()), Imported.text(like.dims())));
        }
        int batchAxis = like.batchAxis();
        Layout.Part batch = like.axes().get(batchAxis);
        if (x instanceof Flow flow) {
            if (!flow.layout().axes().get(batchAxis).equals(batch)) {
                throw new IllegalArgumentException(
                        "the batch lies otherwise in %s than in %s"
                                .formatted(Imported.text(x.dims()), Imported.text(like.dims())));
            }
            return flow;
        }
        Known known = ofOneSample((Known) x, like, context);
        List<Layout.Part> parts = parts(known, known.rank());
        if (parts.get(batchAxis).before() != batch.before() * batch.after()) {
            throw new IllegalArgumentException(
                    "a constant of %s beside %s"
                            .formatted(Imported.text(x.dims()), Imported.text(like.dims())));
        }
        parts.set(batchAxis, batch);
        Layout layout = new Layout(parts);
        return new Flow(
                context.value(known, layout.sample()),
                layout,
                context.batch(),
                known.isInteger(),
                known.uniform());
    }
}
