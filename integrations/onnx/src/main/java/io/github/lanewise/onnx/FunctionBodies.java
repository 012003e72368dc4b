package io.github.lanewise.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts what a model's own operators do in the place of their calls. */
final class FunctionBodies {

    private static final int MOST_DEEP = 32;
    private static final int MOST_NODES = 1 << 20;

    private final Map<String, OnnxFunction> functions = new HashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private int calls;

    private FunctionBodies(List<OnnxFunction> all) {
        all.forEach(function -> functions.put(key(function.domain(), function.name()), function));
    }

    private static String key(String domain, String name) {
        return domain + '\n' + name;
    }

    /** Returns the graph of a model without calls of the model's own operators. */
    static OnnxGraph inlined(OnnxModel model) {
        OnnxGraph graph = model.graph();
        if (model.functions().isEmpty()) {
            return graph;
        }
        FunctionBodies bodies = new FunctionBodies(model.functions());
        graph.nodes().forEach(node -> bodies.add(node, 0));
        return new OnnxGraph(
                graph.name(),
                graph.inputs(),
                graph.outputs(),
                bodies.nodes,
                graph.initializers(),
                graph.values());
    }

    private void add(OnnxNode node, int depth) {
        OnnxFunction function = functions.get(key(node.domain(), node.operator()));
        if (function == null) {
            if (nodes.size() == MOST_NODES) {
                throw new IllegalArgumentException("the model's own operators make too many nodes");
            }
            nodes.add(node);
            return;
        }
        if (depth == MOST_DEEP) {
            throw new IllegalArgumentException(
                    "operator %s calls itself".formatted(node.operator()));
        }
        String prefix = "%s/%s/".formatted(node.operator(), calls++);
        Map<String, String> names = new HashMap<>();
        for (int i = 0; i < function.inputs().size(); i++) {
            names.put(
                    function.inputs().get(i), i < node.inputs().size() ? node.inputs().get(i) : "");
        }
        for (int i = 0; i < Math.min(node.outputs().size(), function.outputs().size()); i++) {
            names.put(function.outputs().get(i), node.outputs().get(i));
        }
        for (OnnxNode inner : function.nodes()) {
            add(
                    new OnnxNode(
                            inner.name().isEmpty() ? "" : prefix + inner.name(),
                            inner.domain(),
                            inner.operator(),
                            renamed(inner.inputs(), names, prefix),
                            renamed(inner.outputs(), names, prefix),
                            inner.attributes()),
                    depth + 1);
        }
    }

    private static List<String> renamed(
            List<String> values, Map<String, String> names, String prefix) {
        return values.stream()
                .map(value -> value.isEmpty() ? value : names.getOrDefault(value, prefix + value))
                .toList();
    }
}
