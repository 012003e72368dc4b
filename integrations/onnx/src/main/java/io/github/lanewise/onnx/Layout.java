package io.github.lanewise.onnx;

import io.github.lanewise.nn.Shape;

import java.util.ArrayList;
import java.util.List;

/**
 * How ONNX's axes, one of which holds the batch, lie in the samples of a value, which has none.
 *
 * <p>The batch is usually an axis of its own. It may also be part of one, where a graph has folded
 * time steps or heads into it: numbers {@code before x batch x after}. A sample has the axes in
 * order without the batch; so the batch moves without any number moving.
 */
record Layout(List<Part> axes) {

    /** An axis: a size, or before x batch x after. */
    record Part(int before, boolean batch, int after) {

        static Part of(int size) {
            return new Part(size, false, 1);
        }

        Dim dim() {
            return new Dim((long) before * after, batch);
        }

        boolean isPureBatch() {
            return batch && before == 1 && after == 1;
        }

        private void addTo(List<Integer> sizes) {
            if (!batch) {
                sizes.add(before);
                return;
            }
            if (before != 1) {
                sizes.add(before);
            }
            if (after != 1) {
                sizes.add(after);
            }
        }
    }

    static final Part BATCH = new Part(1, true, 1);

    Layout {
        axes = List.copyOf(axes);
    }

    List<Dim> dims() {
        return axes.stream().map(Part::dim).toList();
    }

    /** Returns the axis that holds the batch. */
    int batchAxis() {
        for (int axis = 0; axis < axes.size(); axis++) {
            if (axes.get(axis).batch()) {
                return axis;
            }
        }
        throw new IllegalStateException("a layout without a batch");
    }

    /** Returns the dimensions of a sample; none for a single number. */
    List<Integer> sampleSizes() {
        return sizes(0, axes.size());
    }

    private List<Integer> sizes(int from, int to) {
        List<Integer> sizes = new ArrayList<>();
        for (Part part : axes.subList(from, to)) {
            part.addTo(sizes);
        }
        return sizes;
    }

    Shape sample() {
        return shape(sampleSizes());
    }

    static Shape shape(List<Integer> sizes) {
        return sizes.isEmpty()
                ? new Shape(1)
                : new Shape(sizes.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Returns which axis of a sample one of ONNX's is. */
    int inSample(int axis) {
        if (axes.get(axis).batch()) {
            throw new IllegalArgumentException(
                    "axis %s of %s is the batch; samples do not see each other here"
                            .formatted(axis, Imported.text(dims())));
        }
        return sizes(0, axis).size();
    }

    Layout with(int axis, Part part) {
        List<Part> parts = new ArrayList<>(axes);
        parts.set(axis, part);
        return new Layout(parts);
    }

    Layout without(int axis) {
        List<Part> parts = new ArrayList<>(axes);
        parts.remove(axis);
        return new Layout(parts);
    }

    Layout permuted(int... order) {
        List<Part> parts = new ArrayList<>();
        for (int axis : order) {
            parts.add(axes.get(axis));
        }
        return new Layout(parts);
    }

    /** Returns the order of a sample's axes that goes with an order of ONNX's. */
    int[] sampleOrder(int... order) {
        List<Integer> all = new ArrayList<>();
        for (int axis : order) {
            int first = sizes(0, axis).size();
            int count = sizes(axis, axis + 1).size();
            for (int i = 0; i < count; i++) {
                all.add(first + i);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Returns the layout of the same numbers under other dimensions.
     *
     * @param batch the size that the batch had when the model was exported, if the target speaks of
     *     it by number; 0 if not
     */
    Layout reshaped(List<Dim> target, long batch) {
        long ahead = 1;
        int axis = 0;
        while (!axes.get(axis).batch()) {
            ahead *= axes.get(axis++).before();
        }
        long before = ahead * axes.get(axis).before();
        boolean named = target.stream().anyMatch(Dim::batch);
        Layout best = null;
        int score = -1;
        long passed = 1;
        for (int j = 0; j < target.size() && passed > 0; j++) {
            Layout found = placed(target, j, before, passed, named, batch);
            if (found != null && found.score(j) > score) {
                best = found;
                score = found.score(j);
            }
            Dim dim = target.get(j);
            passed = dim.batch() ? 0 : Math.multiplyExact(passed, Math.max(0, dim.factor()));
        }
        if (best == null || best.sample().features() != sample().features()) {
            throw new IllegalArgumentException(
                    "%s cannot be read as %s sample by sample; if the batch was a number when the model was exported, export it with a dynamic batch"
                            .formatted(Imported.text(dims()), Imported.text(target)));
        }
        return best;
    }

    /**
     * Returns how likely it is that an axis has the batch, where several could. A batch of 1 may
     * stand anywhere; in graphs it stands alone, before heads, or behind steps, and not in
     * features.
     */
    private int score(int axis) {
        Part part = axes.get(axis);
        if (part.isPureBatch()) {
            return 3;
        }
        if (axis == axes.size() - 1) {
            return 0;
        }
        return part.before() == 1 ? 2 : 1;
    }

    /**
     * Returns the layout with the batch in a dimension of the target; null if it cannot be there.
     */
    private static Layout placed(
            List<Dim> target, int at, long before, long passed, boolean named, long batch) {
        Dim dim = target.get(at);
        boolean possible = named ? dim.batch() : batch > 0 && dim.factor() % batch == 0;
        long factor = possible ? dim.factor() / (named ? 1 : batch) : 0;
        if (factor < 1 || before % passed != 0 || factor % (before / passed) != 0) {
            return null;
        }
        return placed(target, at, before / passed, factor / (before / passed));
    }

    private static Layout placed(List<Dim> target, int at, long before, long after) {
        List<Part> parts = new ArrayList<>();
        for (int j = 0; j < target.size(); j++) {
            parts.add(
                    j == at
                            ? new Part(Math.toIntExact(before), true, Math.toIntExact(after))
                            : Part.of(Math.toIntExact(target.get(j).factor())));
        }
        return new Layout(parts);
    }
}
