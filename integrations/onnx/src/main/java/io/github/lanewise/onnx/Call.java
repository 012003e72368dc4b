package io.github.lanewise.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node while it is imported: what it takes, and its options with their defaults. */
final class Call {

    private final OnnxNode node;
    private final List<Imported> inputs;
    private final Map<String, Object> attributes = new HashMap<>();
    private final Importing context;

    Call(OnnxNode node, List<Imported> inputs, Importing context) {
        this.node = node;
        this.inputs = inputs;
        this.context = context;
        node.attributes().forEach(a -> attributes.put(a.name(), a.value()));
    }

    OnnxNode node() {
        return node;
    }

    Importing context() {
        return context;
    }

    /** Returns the version of ONNX's operators. */
    long opset() {
        return context.opset();
    }

    int inputs() {
        return inputs.size();
    }

    boolean has(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    /** Returns whether anybody takes an output. */
    boolean isWanted(int output) {
        return output < node.outputs().size() && context.isWanted(node.outputs().get(output));
    }

    Imported input(int i) {
        if (!has(i)) {
            throw new IllegalArgumentException("expected an input %s, found none".formatted(i));
        }
        return inputs.get(i);
    }

    /** Returns an input that is the same for all samples. */
    Known known(int i) {
        if (input(i) instanceof Known known) {
            return known;
        }
        throw new IllegalArgumentException(
                "input %s, %s, depends on the sample; it must be a constant"
                        .formatted(i, node.inputs().get(i)));
    }

    /** Returns an input that depends on the sample. */
    Flow flow(int i) {
        if (input(i) instanceof Flow flow) {
            return flow;
        }
        throw new IllegalArgumentException(
                "input %s, %s, is the same for all samples; this operator of constants is not computed"
                        .formatted(i, node.inputs().get(i)));
    }

    boolean allKnown() {
        return inputs.stream().allMatch(i -> i == null || i instanceof Known);
    }

    boolean hasAttribute(String name) {
        return attributes.containsKey(name);
    }

    long number(String name, long otherwise) {
        return get(name, Long.class, otherwise);
    }

    /** Returns a whole number that is an int. */
    int integer(String name, long otherwise) {
        return Math.toIntExact(number(name, otherwise));
    }

    float real(String name, float otherwise) {
        return get(name, Float.class, otherwise);
    }

    String text(String name, String otherwise) {
        return get(name, String.class, otherwise);
    }

    OnnxTensor tensor(String name) {
        return get(name, OnnxTensor.class, null);
    }

    private <T> T get(String name, Class<T> kind, T otherwise) {
        Object value = attributes.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!kind.isInstance(value)) {
            throw new IllegalArgumentException(
                    "attribute %s: expected a %s, found %s"
                            .formatted(name, kind.getSimpleName(), value));
        }
        return kind.cast(value);
    }

    /** Returns a list of whole numbers; null if there is none. */
    long[] longs(String name) {
        Object value = attributes.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && list.stream().allMatch(Long.class::isInstance)) {
            return list.stream().mapToLong(Long.class::cast).toArray();
        }
        throw new IllegalArgumentException(
                "attribute %s: expected whole numbers, found %s".formatted(name, value));
    }

    /** Returns a list of ints, as many as are expected. */
    int[] ints(String name, int count, int otherwise) {
        long[] found = longs(name);
        if (found == null) {
            int[] all = new int[count];
            Arrays.fill(all, otherwise);
            return all;
        }
        if (found.length != count) {
            throw new IllegalArgumentException(
                    "attribute %s: expected %s numbers, found %s"
                            .formatted(name, count, Arrays.toString(found)));
        }
        return Arrays.stream(found).mapToInt(Math::toIntExact).toArray();
    }

    float[] reals(String name) {
        Object value = attributes.get(name);
        if (!(value instanceof List<?> list) || !list.stream().allMatch(Float.class::isInstance)) {
            return new float[0];
        }
        float[] all = new float[list.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = (Float) list.get(i);
        }
        return all;
    }

    List<String> texts(String name) {
        return attributes.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Returns numbers that newer versions take as an input and older ones as an option. */
    long[] longs(int input, String name) {
        return has(input) ? known(input).longs() : longs(name);
    }

    /** Returns such numbers of a node that cannot be without them. */
    long[] needed(int input, String name) {
        long[] numbers = longs(input, name);
        if (numbers == null) {
            throw new IllegalArgumentException(
                    "expected an input %s or an attribute %s, found neither"
                            .formatted(input, name));
        }
        return numbers;
    }

    /** Returns such sizes or places, of which some may be multiples of the batch. */
    List<Dim> dims(int input, String name) {
        if (has(input)) {
            return known(input).asDims();
        }
        return Arrays.stream(needed(input, name)).mapToObj(Dim::of).toList();
    }

    /** Returns which axis a number means: those below 0 count from the end. */
    static int axis(long axis, int rank) {
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(
                    "axis %s of a value of %s dimensions".formatted(axis, rank));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    static int[] axes(long[] axes, int rank) {
        return Arrays.stream(axes).mapToInt(axis -> axis(axis, rank)).sorted().toArray();
    }
}
