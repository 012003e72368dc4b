package io.github.lanewise.onnx;

import java.util.List;
import java.util.Objects;

/**
 * A graph: which operator takes what.
 *
 * @param name of the graph; empty if it has none
 * @param inputs what comes from outside
 * @param outputs what goes outside
 * @param nodes calls of operators, each after what it takes
 * @param initializers constant arrays by name, such as weights
 * @param values what is declared of the values between
 */
public record OnnxGraph(
        String name,
        List<OnnxValueInfo> inputs,
        List<OnnxValueInfo> outputs,
        List<OnnxNode> nodes,
        List<OnnxTensor> initializers,
        List<OnnxValueInfo> values) {

    /** Copies the lists. */
    public OnnxGraph {
        Objects.requireNonNull(name, "name");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        initializers = List.copyOf(initializers);
        values = List.copyOf(values);
    }
}
