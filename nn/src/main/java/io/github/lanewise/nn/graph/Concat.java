package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Parallel branches: each layer takes the inputs, and what they make stands side by side along the
 * first dimension (features of vectors, channels of images), as in Szegedy et al., "Going deeper
 * with convolutions", 2015.
 *
 * <p>Backward: each branch gets its part of dOutputs; dInputs is the sum of what the branches
 * return, the last branch first.
 */
public final class Concat extends GraphLayer {

    private final Graph branches;

    /**
     * Makes a layer of these branches.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Concat(Layer... branches) {
        this(branchesOf(Sequential.copyOf(branches)));
    }

    private Concat(Graph branches) {
        super(joined(branches), branches.nodes().size());
        this.branches = branches;
    }

    private static Graph branchesOf(List<Layer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("Concat: no branches; give at least one layer");
        }
        List<Graph.Node> nodes =
                layers.stream().map(layer -> new Graph.Node(layer, List.of(0))).toList();
        List<Integer> made = IntStream.rangeClosed(1, nodes.size()).boxed().toList();
        return new Graph("Concat", 1, nodes, made, 0);
    }

    private static Graph joined(Graph branches) {
        List<Graph.Node> nodes = new ArrayList<>(branches.nodes());
        nodes.add(new Graph.Node(new Concatenate(), branches.outputs()));
        return new Graph(branches.name(), 1, nodes, List.of(nodes.size()), 0);
    }

    @Override
    public Shape outputShape(Shape input) {
        List<Shape> made = Arrays.asList(branches.shapes(List.of(input)));
        return Concatenate.outputShape("Concat", made.subList(1, made.size()));
    }
}
