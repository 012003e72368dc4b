package io.github.lanewise.nn.norm;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;

import java.util.Arrays;

/**
 * A layer's weight seen as units x the rest, whichever way it lies in memory: unit and rest of an
 * element (row, column) of the parameter.
 */
final class WeightUnits {

    private final Param weight;
    private final int units;
    private final int rest;
    private final int taps;
    private final boolean rowsAreUnits;

    private WeightUnits(Param weight, int units, int taps, boolean rowsAreUnits) {
        this.weight = weight;
        this.units = units;
        this.rest = weight.size() / units;
        this.taps = taps;
        this.rowsAreUnits = rowsAreUnits;
    }

    /**
     * Looks at the weight of a layer.
     *
     * @param name of the layer that asks, for the message
     * @param axis of PyTorch's shape of the weight, 0 or 1
     */
    static WeightUnits of(String name, Layer layer, int axis) {
        Param weight = layer.parameters().get("weight");
        if (weight == null || weight.savedShape().rank() < 2) {
            throw new IllegalArgumentException(
                    "%s: %s has no weight of two dimensions or more; give a layer that has"
                            .formatted(name, layer));
        }
        Shape shape = weight.savedShape();
        int rows = weight.rows();
        boolean turned = weight.isSavedTransposed();
        int units = shape.dimension(axis);
        int taps = axis == 0 ? 1 : shape.features() / rows / units;
        return new WeightUnits(weight, units, taps, axis == 0 && !turned);
    }

    int units() {
        return units;
    }

    int rest() {
        return rest;
    }

    /** Returns the shape that a number for each unit has in files: as many dimensions, of 1. */
    Shape savedShape() {
        int[] dimensions = weight.savedShape().dimensions();
        Arrays.fill(dimensions, 1);
        dimensions[0] = units;
        return new Shape(dimensions);
    }

    int unit(int row, int col) {
        return rowsAreUnits ? row : col / taps;
    }

    int rest(int row, int col) {
        return rowsAreUnits ? col : row * taps + col % taps;
    }
}
