package io.github.lanewise.nn.file;

import java.util.List;

/**
 * Goes through the elements of an array in column-major (Fortran) order, the first index fastest,
 * and tells the place of each in row-major order.
 */
final class ColumnMajor {

    private final int[] shape;
    private final int[] stride;
    private final int[] index;
    private int place;

    /** Starts before the first element; the elements must be so few that an array can hold them. */
    ColumnMajor(List<Long> dimensions) {
        shape = dimensions.stream().mapToInt(Math::toIntExact).toArray();
        stride = new int[shape.length];
        index = new int[shape.length];
        int elements = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            stride[axis] = elements;
            elements *= shape[axis];
        }
    }

    /** Returns the place of the next element. */
    int next() {
        int here = place;
        for (int axis = 0; axis < shape.length; axis++) {
            place += stride[axis];
            if (++index[axis] < shape[axis]) {
                break;
            }
            place -= shape[axis] * stride[axis];
            index[axis] = 0;
        }
        return here;
    }
}
