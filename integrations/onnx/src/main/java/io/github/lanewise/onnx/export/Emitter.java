package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;

/** Adds the nodes that do what a layer of one input does. */
@FunctionalInterface
interface Emitter<L extends Layer> {

    /** Adds the nodes, and returns what they make. */
    Wire emit(GraphBuilder graph, L layer, Wire input);
}
