package io.github.lanewise.nn.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a file says of an array in it.
 *
 * @param name how the file calls it
 * @param dtype what its elements are
 * @param shape its dimensions, each 0 or more, the last one the fastest; none for a single value
 */
public record TensorInfo(String name, DType dtype, List<Long> shape) {

    /**
     * Copies the shape.
     *
     * @throws IllegalArgumentException if a dimension is negative, or the bytes are more than a
     *     long can count
     */
    public TensorInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dtype, "dtype");
        shape = List.copyOf(shape);
        if (bits(dtype, shape) < 0) {
            throw new IllegalArgumentException(
                    "TensorInfo: %s: shape %s of %s; expected dimensions from 0, and a product in a long's range"
                            .formatted(name, shape, dtype));
        }
    }

    /** Describes an array by its dimensions. */
    public static TensorInfo of(String name, DType dtype, long... shape) {
        List<Long> dimensions = new ArrayList<>(shape.length);
        for (long dimension : shape) {
            dimensions.add(dimension);
        }
        return new TensorInfo(name, dtype, dimensions);
    }

    /** Returns how many elements it has: the product of its dimensions. */
    public long elements() {
        return bits(dtype, shape) / dtype.bits();
    }

    /** Returns how many bytes its elements take. */
    public long bytes() {
        return bits(dtype, shape) / 8;
    }

    /** Returns for example {@code encoder.weight F32 [128, 784]}. */
    @Override
    public String toString() {
        return name + " " + dtype + " " + shape;
    }

    /** Returns the size in bits, or -1 where a dimension is negative or a long overflows. */
    static long bits(DType dtype, List<Long> shape) {
        long bits = dtype.bits();
        boolean overflow = false;
        for (long dimension : shape) {
            if (dimension < 0) {
                return -1;
            }
            overflow |= Math.multiplyHigh(bits, dimension) != 0 || bits * dimension < 0;
            bits *= dimension;
        }
        // A dimension of 0 after too many others still leaves nothing that a reader could count.
        return overflow ? -1 : bits;
    }
}
