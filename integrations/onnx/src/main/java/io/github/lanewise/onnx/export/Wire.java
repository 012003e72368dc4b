package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Shape;

/**
 * A value of the graph that is made.
 *
 * @param name in the file
 * @param shape of a sample; the file's has the batch before it
 */
record Wire(String name, Shape shape) {

    /** Returns how many axes the value has in the file, the batch included. */
    int rank() {
        return shape.rank() + 1;
    }
}
