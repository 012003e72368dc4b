package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;

import java.util.List;

/** Adds the nodes that do what a layer of any number of inputs does. */
@FunctionalInterface
interface MergeEmitter<L extends Layer> {

    /** Adds the nodes, and returns what they make. */
    Wire emit(GraphBuilder graph, L layer, List<Wire> inputs);
}
