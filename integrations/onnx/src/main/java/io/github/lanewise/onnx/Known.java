package io.github.lanewise.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * An array that is the same for all samples: a weight, or numbers such as shapes that the graph
 * computes from it. A whole number may be a multiple of the batch, which is open.
 */
final class Known implements Imported {

    private final String name;
    private final OnnxType type;
    private final int[] sizes;
    private final OnnxTensor tensor;
    private final double[] numbers;
    private final boolean[] batches;
    private final Budget budget;

    private Known(
            String name,
            OnnxType type,
            int[] sizes,
            OnnxTensor tensor,
            double[] numbers,
            boolean[] batches,
            Budget budget) {
        this.name = name;
        this.type = type;
        this.sizes = sizes;
        this.tensor = tensor;
        this.numbers = numbers;
        this.batches = batches;
        this.budget = budget;
    }

    /**
     * Takes an array of the file.
     *
     * @param name of the initializer, or null of a constant
     */
    static Known of(String name, OnnxTensor tensor, Budget budget) {
        int[] sizes = tensor.shape().stream().mapToInt(Math::toIntExact).toArray();
        if (tensor.type().bytes() == 0) {
            throw new IllegalArgumentException(
                    "an array of type %s; its values are not read".formatted(tensor.type()));
        }
        return new Known(name, tensor.type(), sizes, tensor, null, null, budget);
    }

    static Known of(OnnxType type, int[] sizes, double[] numbers, Budget budget) {
        return new Known(null, type, sizes, null, numbers, null, budget);
    }

    /** Makes whole numbers that may be multiples of the batch. */
    static Known of(List<Dim> dims, int[] sizes, Budget budget) {
        double[] numbers = new double[dims.size()];
        boolean[] batches = new boolean[dims.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = dims.get(i).factor();
            batches[i] = dims.get(i).batch();
        }
        return new Known(null, OnnxType.INT64, sizes, null, numbers, batches, budget);
    }

    /** Returns it under another initializer's name. */
    Known named(String other) {
        return new Known(other, type, sizes, tensor, numbers, batches, budget);
    }

    /** Returns the initializer that it is or is made of, or null of a constant. */
    String name() {
        return name;
    }

    OnnxType type() {
        return type;
    }

    int[] sizes() {
        return sizes.clone();
    }

    Budget budget() {
        return budget;
    }

    int count() {
        return product(sizes);
    }

    static int product(int... sizes) {
        long product = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException(
                        "a dimension of %s; it must be 0 or more".formatted(size));
            }
            product = Math.multiplyExact(product, size);
        }
        return Math.toIntExact(product);
    }

    double number(int i) {
        if (isBatch(i)) {
            throw new IllegalArgumentException("the batch is needed as a number; it is open");
        }
        return tensor != null ? tensor.number(i) : numbers[i];
    }

    private boolean isBatch(int i) {
        return batches != null && batches[i];
    }

    boolean hasBatch() {
        for (int i = 0; batches != null && i < batches.length; i++) {
            if (batches[i]) {
                return true;
            }
        }
        return false;
    }

    /** Returns a whole number; those out of the range of long are its ends. */
    Dim dim(int i) {
        return new Dim((long) (tensor != null ? tensor.number(i) : numbers[i]), isBatch(i));
    }

    /** Returns all elements as whole numbers. */
    List<Dim> asDims() {
        return IntStream.range(0, count()).mapToObj(this::dim).toList();
    }

    long[] longs() {
        long[] all = new long[count()];
        Arrays.setAll(all, i -> (long) number(i));
        return all;
    }

    float[] floats() {
        float[] all = new float[count()];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) number(i);
        }
        return all;
    }

    @Override
    public boolean isInteger() {
        return type.isInteger();
    }

    @Override
    public double uniform() {
        if (count() == 0 || hasBatch()) {
            return Double.NaN;
        }
        double first = number(0);
        for (int i = 1; i < count(); i++) {
            if (number(i) != first) {
                return Double.NaN;
            }
        }
        return first;
    }

    boolean isFinite() {
        for (int i = 0; i < count(); i++) {
            if (!Double.isFinite(number(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<Dim> dims() {
        return Arrays.stream(sizes).mapToObj(Dim::of).toList();
    }

    /** Returns an array whose element i is this one's element {@code source(i)}. */
    Known select(int[] made, IntUnaryOperator source) {
        int count = product(made);
        budget.take(count);
        double[] chosen = new double[count];
        boolean[] marks = batches == null ? null : new boolean[count];
        for (int i = 0; i < count; i++) {
            int from = source.applyAsInt(i);
            chosen[i] = tensor != null ? tensor.number(from) : numbers[from];
            if (marks != null) {
                marks[i] = batches[from];
            }
        }
        return new Known(partName(), type, made, null, chosen, marks, budget);
    }

    @Override
    public Known take(int axis, int... indices) {
        int[] made = sizes();
        made[axis] = indices.length;
        int inner = product(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
        int size = sizes[axis];
        for (int index : indices) {
            if (index < 0 || index >= size) {
                throw new IllegalArgumentException(
                        "element %s of an axis of %s".formatted(index, size));
            }
        }
        return select(
                made,
                i -> {
                    int block = i / inner;
                    int index = indices[block % indices.length];
                    return (block / indices.length * size + index) * inner + i % inner;
                });
    }

    @Override
    public Known part(int axis, int from, int to) {
        budget.take(to - from);
        return take(axis, IntStream.range(from, to).toArray());
    }

    @Override
    public Known permute(int... axes) {
        int[] made = new int[axes.length];
        int[] strides = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            made[i] = sizes[axes[i]];
            strides[i] = product(Arrays.copyOfRange(sizes, axes[i] + 1, sizes.length));
        }
        return select(
                made,
                i -> {
                    int from = 0;
                    int rest = i;
                    for (int axis = axes.length - 1; axis >= 0; axis--) {
                        from += rest % made[axis] * strides[axis];
                        rest /= made[axis];
                    }
                    return from;
                });
    }

    @Override
    public Known reshape(List<Dim> target) {
        int[] made = new int[target.size()];
        for (int i = 0; i < made.length; i++) {
            if (target.get(i).batch()) {
                throw new IllegalArgumentException("a constant of the batch's size");
            }
            made[i] = Math.toIntExact(target.get(i).factor());
        }
        if (product(made) != count()) {
            throw new IllegalArgumentException(
                    "%s cannot be read as %s"
                            .formatted(Imported.text(dims()), Imported.text(target)));
        }
        return new Known(name, type, made, tensor, numbers, batches, budget);
    }

    /** Returns the numbers of another type that they become, of the same weight. */
    Known rounded(OnnxType other) {
        budget.take(count());
        double[] made = new double[count()];
        Arrays.setAll(made, i -> CastOperators.rounded(number(i), other));
        return new Known(partName(), other, sizes, null, made, null, budget);
    }

    private String partName() {
        return name == null ? null : name + '#' + budget.next();
    }

    /** Returns the same numbers as another type. */
    Known as(OnnxType other) {
        return new Known(name, other, sizes, tensor, numbers, batches, budget);
    }

    @Override
    public String toString() {
        return "%s %s".formatted(type, Imported.text(dims()));
    }
}
