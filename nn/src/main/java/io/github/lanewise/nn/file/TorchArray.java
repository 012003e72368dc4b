package io.github.lanewise.nn.file;

import java.util.List;
import java.util.Map;

/**
 * An array as PyTorch describes it: some elements of a storage.
 *
 * @param offset of the first, in elements
 * @param strides elements of the storage from one index to the next, for each axis
 */
record TorchArray(Storage storage, long offset, List<Long> sizes, List<Long> strides) {

    private static final int MAX_DIMENSIONS = 64;

    /** The types of storages, by their names in PyTorch. */
    static final Map<String, DType> STORAGES =
            Map.of(
                    "torch.FloatStorage", DType.F32,
                    "torch.HalfStorage", DType.F16,
                    "torch.BFloat16Storage", DType.BF16,
                    "torch.DoubleStorage", DType.F64,
                    "torch.LongStorage", DType.I64,
                    "torch.IntStorage", DType.I32,
                    "torch.ShortStorage", DType.I16,
                    "torch.CharStorage", DType.I8,
                    "torch.ByteStorage", DType.U8,
                    "torch.BoolStorage", DType.BOOL);

    /** The bytes that arrays lie in. */
    record Storage(DType dtype, String key, long elements) {}

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

    /**
     * Says whether all of it lies in its storage; not so for more elements than that has, which
     * would share some.
     */
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
                    && elements <= storage.elements()
                    && (!empty || offset <= storage.elements());
        } catch (ArithmeticException e) {
            return false;
        }
    }
}
