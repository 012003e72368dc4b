package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which axis of each input is the batch, and how large the others are. */
final class InputShapes {

    /** The batch is where the file says, or in front. */
    static final int FIND = -1;

    private final Map<String, Integer> sizes;
    private final int batchAxis;
    private final long batch;

    /**
     * Looks at the inputs.
     *
     * @param sizes of open dimensions, by name
     * @param batchAxis {@link #FIND} unless the program says it
     */
    InputShapes(List<OnnxValueInfo> inputs, Map<String, Integer> sizes, int batchAxis) {
        this.sizes = sizes;
        this.batchAxis = batchAxis;
        long common = OnnxDimension.UNKNOWN;
        boolean open = false;
        for (OnnxValueInfo input : inputs) {
            long size = input.shape() == null ? 0 : size(input, batchAxis(input));
            open |= size == OnnxDimension.UNKNOWN;
            if (common != OnnxDimension.UNKNOWN && size != common && !open) {
                throw new IllegalArgumentException(
                        "input %s: the batch would be %s, that of another input is %s; say which axis it is by batchAxis"
                                .formatted(input, size, common));
            }
            common = size;
        }
        this.batch = open || inputs.isEmpty() ? 0 : common;
    }

    /** Returns the size that the batch had when the model was exported, or 0 if it was open. */
    long batch() {
        return batch;
    }

    private long size(OnnxValueInfo input, int axis) {
        OnnxDimension dimension = input.shape().get(axis);
        Integer said = sizes.get(name(input, axis));
        return dimension.size() == OnnxDimension.UNKNOWN && said != null ? said : dimension.size();
    }

    private static String name(OnnxValueInfo input, int axis) {
        String name = input.shape().get(axis).name();
        return name.isEmpty() ? input.name() + ":" + axis : name;
    }

    private int batchAxis(OnnxValueInfo input) {
        int rank = input.shape().size();
        if (rank == 0 || batchAxis >= rank) {
            throw new IllegalArgumentException(
                    "input %s: it has no axis for the batch".formatted(input));
        }
        if (batchAxis != FIND) {
            return batchAxis;
        }
        for (int axis = 0; axis < rank; axis++) {
            if (size(input, axis) == OnnxDimension.UNKNOWN) {
                return axis;
            }
        }
        return 0;
    }

    /** Returns how samples of an input lie. */
    Layout layout(OnnxValueInfo input) {
        if (input.shape() == null) {
            throw new IllegalArgumentException(
                    "input %s: the file does not say its shape".formatted(input.name()));
        }
        switch (input.type()) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16, INT64, INT32, INT16, INT8, UINT8, BOOL -> {}
            default ->
                    throw new IllegalArgumentException(
                            "input %s: expected numbers".formatted(input));
        }
        int batchAt = batchAxis(input);
        List<Layout.Part> parts = new ArrayList<>();
        for (int axis = 0; axis < input.shape().size(); axis++) {
            long size = size(input, axis);
            if (axis == batchAt) {
                parts.add(Layout.BATCH);
            } else if (size == OnnxDimension.UNKNOWN) {
                throw new IllegalArgumentException(
                        "input %s: axis %s is open; say its size by dimension(\"%s\", ...)"
                                .formatted(input, axis, name(input, axis)));
            } else if (size < 1 || size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "input %s: axis %s is %s; it must be 1 or more"
                                .formatted(input, axis, size));
            } else {
                parts.add(Layout.Part.of((int) size));
            }
        }
        return new Layout(parts);
    }
}
