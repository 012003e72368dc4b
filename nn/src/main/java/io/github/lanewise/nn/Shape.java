package io.github.lanewise.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The dimensions of one sample, without the batch: {@code 784} for a vector, {@code 1x28x28} for an
 * image of one channel. In memory a sample is one row of a matrix, its last dimension running
 * fastest.
 */
public final class Shape {

    private final int[] dimensions;
    private final int features;

    /**
     * Makes a shape.
     *
     * @param dimensions at least one, each 1 or more
     * @throws IllegalArgumentException if there is none, one is below 1, or the product is above
     *     2^31 - 1
     */
    public Shape(int... dimensions) {
        this.dimensions = Objects.requireNonNull(dimensions, "dimensions").clone();
        if (dimensions.length == 0) {
            throw new IllegalArgumentException("Shape: no dimensions; give at least one");
        }
        long product = 1;
        for (int dimension : this.dimensions) {
            if (dimension < 1) {
                throw new IllegalArgumentException(
                        "Shape: dimension below 1: %s; each must be 1 or more".formatted(this));
            }
            product = Math.min(product * dimension, Integer.MAX_VALUE + 1L);
        }
        if (product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "Shape: too many features: %s; a sample holds at most %s"
                            .formatted(this, Integer.MAX_VALUE));
        }
        this.features = (int) product;
    }

    /** Returns how many dimensions there are. */
    public int rank() {
        return dimensions.length;
    }

    /** Returns one dimension; axis 0 is the first after the batch. */
    public int dimension(int axis) {
        Objects.checkIndex(axis, dimensions.length);
        return dimensions[axis];
    }

    /** Returns all dimensions, in an array of the caller's own. */
    public int[] dimensions() {
        return dimensions.clone();
    }

    /** Returns all dimensions as a list. */
    public List<Integer> toList() {
        return Arrays.stream(dimensions).boxed().toList();
    }

    /** Returns the number of values in a sample: the product of the dimensions. */
    public int features() {
        return features;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    /** Returns the dimensions as text, for example {@code 1x28x28}. */
    @Override
    public String toString() {
        return Arrays.stream(dimensions)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("x"));
    }
}
