package io.github.lanewise.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What of a graph leads to the outputs, in an order in which it can be computed.
 *
 * @param nodes each after what it takes
 * @param inputs those that are taken, be it for their shape alone
 * @param flowing names of the values whose numbers, not only their shapes, lead to the outputs
 * @param outputs by name, the value that it is: of a map of probabilities those themselves
 * @param wanted names of all values that are taken
 * @param takers by name of a value, the nodes that take it; an output has one more, of its own
 * @param labels names of the classes, where the graph has them
 */
record GraphOrder(
        List<OnnxNode> nodes,
        List<OnnxValueInfo> inputs,
        Set<String> flowing,
        SequencedMap<String, String> outputs,
        Set<String> wanted,
        Map<String, List<OnnxNode>> takers,
        List<String> labels) {

    private static final Set<String> OF_SHAPES = Set.of("Shape", "Size");
    private static final OnnxNode OUTSIDE = OnnxNode.of("outside", List.of(), List.of());

    /**
     * Orders a graph.
     *
     * @param chosen values that are the outputs, in place of its own, if there are any
     * @throws IllegalArgumentException if a value is made twice or by nobody, or in a circle
     */
    static GraphOrder of(OnnxGraph graph, List<String> chosen) {
        Walk walk = new Walk(graph);
        SequencedMap<String, String> outputs =
                chosen.isEmpty() ? walk.ownOutputs() : walk.chosen(chosen);
        outputs.values().forEach(walk::reach);
        Map<String, List<OnnxNode>> takers = new HashMap<>();
        walk.order.forEach(
                node ->
                        node.inputs()
                                .forEach(
                                        input ->
                                                takers.computeIfAbsent(
                                                                input, x -> new ArrayList<>())
                                                        .add(node)));
        outputs.values()
                .forEach(
                        output ->
                                takers.computeIfAbsent(output, x -> new ArrayList<>())
                                        .add(OUTSIDE));
        Set<String> flowing = walk.flowing(outputs.values());
        List<OnnxValueInfo> inputs =
                graph.inputs().stream()
                        .filter(i -> walk.isInput(i.name()) && walk.wanted.contains(i.name()))
                        .toList();
        return new GraphOrder(
                walk.order, inputs, flowing, outputs, walk.wanted, takers, walk.labels);
    }

    /** Goes over a graph from its outputs. */
    private static final class Walk {

        private final OnnxGraph graph;
        private final Map<String, OnnxNode> makers = new HashMap<>();
        private final Set<String> initializers = new HashSet<>();
        private final Set<String> given = new HashSet<>();
        private final List<OnnxNode> order = new ArrayList<>();
        private final Set<String> wanted = new HashSet<>();
        private final Map<String, Boolean> done = new HashMap<>();
        private List<String> labels = List.of();

        Walk(OnnxGraph graph) {
            this.graph = graph;
            for (OnnxTensor tensor : graph.initializers()) {
                if (!initializers.add(tensor.name())) {
                    throw twice(tensor.name());
                }
            }
            graph.inputs().forEach(input -> given.add(input.name()));
            given.addAll(initializers);
            for (OnnxNode node : graph.nodes()) {
                for (String output : node.outputs()) {
                    if (!output.isEmpty()
                            && (given.contains(output) || makers.put(output, node) != null)) {
                        throw twice(output);
                    }
                }
            }
        }

        private static IllegalArgumentException twice(String value) {
            return new IllegalArgumentException("value %s is made twice".formatted(value));
        }

        boolean isInput(String name) {
            return !initializers.contains(name);
        }

        SequencedMap<String, String> chosen(List<String> names) {
            SequencedMap<String, String> outputs = new LinkedHashMap<>();
            names.forEach(name -> outputs.put(name, name));
            return outputs;
        }

        SequencedMap<String, String> ownOutputs() {
            SequencedMap<String, String> outputs = new LinkedHashMap<>();
            for (OnnxValueInfo output : graph.outputs()) {
                OnnxNode maker = makers.get(output.name());
                if (maker != null && "ZipMap".equals(maker.operator())) {
                    outputs.put(output.name(), maker.inputs().getFirst());
                    labels = labels(maker);
                } else if (output.type() == OnnxType.FLOAT
                        || output.type() == OnnxType.DOUBLE
                        || output.type() == OnnxType.FLOAT16
                        || output.type() == OnnxType.BFLOAT16) {
                    outputs.put(output.name(), output.name());
                }
            }
            if (outputs.isEmpty()) {
                throw new IllegalArgumentException(
                        "no output is an array of floats: %s; choose a value by outputs(name)"
                                .formatted(graph.outputs()));
            }
            return outputs;
        }

        private static List<String> labels(OnnxNode zipMap) {
            for (OnnxAttribute attribute : zipMap.attributes()) {
                if (attribute.value() instanceof List<?> list) {
                    return list.stream().map(String::valueOf).toList();
                }
            }
            return List.of();
        }

        /** Puts into order what leads to a value; the graph may be deeper than the stack. */
        void reach(String value) {
            wanted.add(value);
            Deque<OnnxNode> path = new ArrayDeque<>();
            Deque<Integer> at = new ArrayDeque<>();
            enter(value, path, at);
            while (!path.isEmpty()) {
                OnnxNode node = path.peek();
                int next = at.pop();
                if (next == node.inputs().size()) {
                    path.pop();
                    order.add(node);
                    node.outputs().forEach(output -> done.put(output, true));
                    continue;
                }
                at.push(next + 1);
                String input = node.inputs().get(next);
                if (!input.isEmpty()) {
                    wanted.add(input);
                    enter(input, path, at);
                }
            }
        }

        private void enter(String value, Deque<OnnxNode> path, Deque<Integer> at) {
            if (given.contains(value)) {
                return;
            }
            OnnxNode maker = makers.get(value);
            if (maker == null) {
                throw new IllegalArgumentException(
                        "value %s is made by no node and is no input".formatted(value));
            }
            Boolean state = done.get(value);
            if (state == null) {
                maker.outputs().forEach(output -> done.put(output, false));
                path.push(maker);
                at.push(0);
            } else if (!state) {
                throw new IllegalArgumentException("node %s leads back to itself".formatted(maker));
            }
        }

        /** Returns the values whose numbers, and not only their shapes, the outputs depend on. */
        Set<String> flowing(Iterable<String> outputs) {
            Set<String> flowing = new HashSet<>();
            Deque<String> open = new ArrayDeque<>();
            outputs.forEach(open::push);
            while (!open.isEmpty()) {
                String value = open.pop();
                OnnxNode maker = makers.get(value);
                if (flowing.add(value) && maker != null && !OF_SHAPES.contains(maker.operator())) {
                    maker.inputs().forEach(open::push);
                }
            }
            return flowing;
        }
    }
}
