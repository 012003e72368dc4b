package io.github.lanewise.onnx;

import java.util.List;
import java.util.Objects;

/**
 * A call of an operator.
 *
 * @param name of the node; empty if it has none
 * @param domain of the operator; empty for ONNX's own
 * @param operator such as {@code Gemm}
 * @param inputs names of the values that it takes; empty where an optional one is left out
 * @param outputs names of the values that it makes; empty where an optional one is left out
 * @param attributes its options
 */
public record OnnxNode(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        List<OnnxAttribute> attributes) {

    /** Copies the lists. */
    public OnnxNode {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(operator, "operator");
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    /** Makes a call of one of ONNX's own operators, named as its first output. */
    public static OnnxNode of(
            String operator,
            List<String> inputs,
            List<String> outputs,
            OnnxAttribute... attributes) {
        String name = outputs.isEmpty() ? "" : outputs.getFirst();
        return new OnnxNode(name, "", operator, inputs, outputs, List.of(attributes));
    }

    /** Returns operator and name, such as {@code Gemm node_3}. */
    @Override
    public String toString() {
        String full = domain.isEmpty() ? operator : domain + "." + operator;
        if (!name.isEmpty()) {
            return "%s %s".formatted(full, name);
        }
        return outputs.isEmpty() ? full : "%s that makes %s".formatted(full, outputs.getFirst());
    }
}
