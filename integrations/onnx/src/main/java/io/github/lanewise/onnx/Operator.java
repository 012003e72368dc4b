package io.github.lanewise.onnx;

import java.util.List;

/** What is made of a node. */
@FunctionalInterface
interface Operator {

    /**
     * Makes the outputs, in order; those at the end that nobody wants may be left out.
     *
     * @throws IllegalArgumentException if the node cannot be imported; says why
     */
    List<Imported> apply(Call call);
}
