package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;

import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/** A layer that is a graph of other layers. */
abstract class GraphLayer implements Layer {

    private final Graph graph;
    private final SequencedMap<String, Layer> children;

    /**
     * Makes it, and places the parameters: those that nobody has looked at draw their first values
     * from seed 0 and their path in it.
     *
     * @param childCount how many of the nodes, from the first on, users know of
     */
    GraphLayer(Graph graph, int childCount) {
        this.graph = graph;
        this.children = graph.children(childCount);
        place();
    }

    final Graph graph() {
        return graph;
    }

    /** Returns how many of the nodes, from the first on, users know of. */
    final int childCount() {
        return children.size();
    }

    @Override
    public final SequencedMap<String, Layer> children() {
        return children;
    }

    /** Returns the shape that one of the layers at the input takes, if any takes only one. */
    @Override
    public Shape inputShape() {
        for (Graph.Node node : graph.nodes()) {
            boolean first = node.takes().equals(List.of(0));
            Shape only = first ? node.layer().inputShape() : null; // asked once: blocks may nest
            if (only != null) {
                return only;
            }
        }
        return null;
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("layers", List.copyOf(children.values()));
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape[] shapes = graph.shapes(List.of(Objects.requireNonNull(input, "input")));
        return shapes[graph.outputs().getFirst()];
    }

    /** Returns the lengths of the outputs, side by side if they are several. */
    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return lengthsOfOutputs(List.of(input), lengths);
    }

    final Lengths lengthsOfOutputs(List<Shape> inputs, Lengths lengths) {
        Lengths[] all = graph.lengths(graph.shapes(inputs), lengths);
        List<Integer> outputs = graph.outputs();
        return outputs.size() == 1
                ? all[outputs.getFirst()]
                : Lengths.several(outputs.stream().map(slot -> all[slot]).toArray(Lengths[]::new));
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        outputShape(input);
        return new PackedPass(graph, List.of(input), workspace);
    }

    /** Returns the layers, one a line, as PyTorch prints them. */
    @Override
    public String toString() {
        return Graph.listing(graph.name(), children);
    }
}
