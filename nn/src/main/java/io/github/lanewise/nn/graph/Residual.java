package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;

import java.util.ArrayList;
import java.util.List;

/**
 * A residual block (He et al., "Deep residual learning for image recognition", 2016): outputs =
 * inputs + f(inputs), where f is the layers inside, one after another. They must make the shape
 * that they take.
 *
 * <p>Backward: dInputs = dOutputs + what comes back through f, added in this order.
 */
public final class Residual extends GraphLayer {

    private final Graph inside;

    /** Makes a block of these layers. */
    public Residual(Layer... layers) {
        this(Graph.chain("Residual", Sequential.copyOf(layers)));
    }

    private Residual(Graph inside) {
        super(withSum(inside), inside.nodes().size());
        this.inside = inside;
    }

    private static Graph withSum(Graph inside) {
        List<Graph.Node> nodes = new ArrayList<>(inside.nodes());
        int made = nodes.size();
        nodes.add(new Graph.Node(new Elementwise(Combination.ADD), List.of(0, made)));
        return new Graph(inside.name(), 1, nodes, List.of(made + 1), 0);
    }

    @Override
    public Shape outputShape(Shape input) {
        Shape made = inside.shapes(List.of(input))[inside.outputs().getFirst()];
        if (!made.equals(input)) {
            throw new IllegalArgumentException(
                    ("Residual: input is %s, the layers make %s of it;"
                                    + " both must be equal to be added")
                            .formatted(input, made));
        }
        return made;
    }
}
