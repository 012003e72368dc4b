package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Shape;

/**
 * A value of the graph that is made.
 *
 * @param name in the file
 * @param shape of a sample; the file's has the batch before it
 * @param isIndices whether the file has whole numbers here; else floats
 */
record Wire(String name, Shape shape, boolean isIndices) {

    /** Makes a value of floats. */
    Wire(String name, Shape shape) {
        this(name, shape, false);
    }

    /** Returns how many axes the value has in the file, the batch included. */
    int rank() {
        return shape.rank() + 1;
    }
}
