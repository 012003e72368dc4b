package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;

import java.util.Arrays;
import java.util.function.Consumer;

/** The passes of a graph's nodes: any number of inputs and outputs. */
final class GraphPass {

    private final BoundNode[] nodes;
    private final Matrix[] values;
    private final int[] outputs;
    private final GradientSums sums;
    private final GradientOrder order;
    private final Matrix[] results;
    private final Matrix[] inputGradients;

    GraphPass(BoundNode[] nodes, int inputs, int slots, int[] outputs, GradientSums sums) {
        this.nodes = nodes;
        this.values = new Matrix[slots];
        this.outputs = outputs;
        this.sums = sums;
        this.order = new GradientOrder(Arrays.stream(nodes).map(BoundNode::layer).toList());
        this.results = new Matrix[outputs.length];
        this.inputGradients = new Matrix[inputs];
    }

    /** Sets who is told of gradients that are complete; null for nobody. */
    void onGradient(Consumer<Param> listener) {
        order.listener(listener);
    }

    Matrix[] forward(Matrix[] inputs) {
        System.arraycopy(inputs, 0, values, 0, inputs.length);
        for (BoundNode node : nodes) {
            node.forward(values);
        }
        for (int i = 0; i < outputs.length; i++) {
            results[i] = values[outputs[i]];
        }
        return results;
    }

    /** Returns the gradient of each input; null where it is not wanted. */
    Matrix[] backward(Matrix[] outputGradients) {
        sums.clear();
        for (int i = 0; i < outputs.length; i++) {
            sums.add(outputs[i], outputGradients[i]);
        }
        for (int i = nodes.length - 1; i >= 0; i--) {
            nodes[i].backward(sums);
            order.passed(i);
        }
        for (int i = 0; i < inputGradients.length; i++) {
            inputGradients[i] = sums.take(i);
        }
        return inputGradients;
    }
}
