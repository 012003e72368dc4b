package io.github.lanewise.nn.file;

import java.util.List;

/**
 * An array as PyTorch describes it: some elements of a storage.
 *
 * @param offset of the first, in elements
 * @param strides elements of the storage from one index to the next, for each axis
 */
record TorchArray(Storage storage, long offset, List<Long> sizes, List<Long> strides) {

    private static final int MAX_DIMENSIONS = 64;

    /**
     * The bytes that arrays lie in.
     *
     * @param untyped whether it is bytes to itself, and the array tells their type
     */
    record Storage(DType dtype, boolean untyped, String key, long elements) {

        /** Returns the same bytes as elements of a type; a part of one at the end is none. */
        Storage of(DType type) {
            long bytes = elements * dtype.bytes();
            return new Storage(type, false, key, bytes / type.bytes());
        }
    }

    long elements() {
        return sizes.stream().reduce(1L, (a, b) -> a * b);
    }

    /** Returns how many elements of the storage lie from the first to the last. */
    long span() {
        long last = 0;
        for (int axis = 0; axis < sizes.size(); axis++) {
            last += (sizes.get(axis) - 1) * strides.get(axis);
        }
        return elements() == 0 ? 0 : last + 1;
    }

    /**
     * Says whether an element of the storage stands for several, so that a few bytes become many.
     */
    boolean isExpanded() {
        if (elements() > storage.elements()) {
            return true;
        }
        for (int axis = 0; axis < Math.min(sizes.size(), strides.size()); axis++) {
            if (sizes.get(axis) > 1 && strides.get(axis) == 0) {
                return true;
            }
        }
        return false;
    }

    boolean isContiguous() {
        long expected = 1;
        for (int axis = sizes.size() - 1; axis >= 0; axis--) {
            if (sizes.get(axis) != 1 && strides.get(axis) != expected) {
                return elements() == 0;
            }
            expected *= sizes.get(axis);
        }
        return true;
    }

    /** Says whether all of it lies in its storage, and its elements can be counted. */
    boolean isInside() {
        return sizes.size() == strides.size()
                && sizes.size() <= MAX_DIMENSIONS
                && isInside(storage, offset, sizes, strides);
    }

    private static boolean isInside(
            Storage storage, long offset, List<Long> sizes, List<Long> strides) {
        try {
            long elements = 1;
            long last = offset;
            for (int axis = 0; axis < sizes.size(); axis++) {
                elements = Math.multiplyExact(elements, sizes.get(axis));
                long way = Math.multiplyExact(sizes.get(axis) - 1, strides.get(axis));
                last = Math.addExact(last, way);
            }
            boolean empty = elements == 0;
            return offset >= 0
                    && (empty || last < storage.elements())
                    && (!empty || offset <= storage.elements());
        } catch (ArithmeticException e) {
            return false;
        }
    }
}
