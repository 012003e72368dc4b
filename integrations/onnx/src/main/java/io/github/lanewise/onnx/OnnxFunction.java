package io.github.lanewise.onnx;

import java.util.List;
import java.util.Objects;

/**
 * An operator that a model defines by others.
 *
 * @param domain of the operator
 * @param name of the operator; nodes call it by domain and name
 * @param inputs names of its inputs in the nodes
 * @param outputs names of its outputs in the nodes
 * @param nodes what it does
 */
public record OnnxFunction(
        String domain,
        String name,
        List<String> inputs,
        List<String> outputs,
        List<OnnxNode> nodes) {

    /** Copies the lists. */
    public OnnxFunction {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(name, "name");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
    }
}
