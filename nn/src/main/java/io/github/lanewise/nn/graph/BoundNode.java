package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;

/** A node's pass with the slots that it reads and writes. */
final class BoundNode {

    private final Layer layer;
    private final MergePass pass;
    private final int[] takes;
    private final int makes;
    private final boolean needed;
    private final Matrix[] inputs;

    BoundNode(Layer layer, MergePass pass, int[] takes, int makes, boolean needed) {
        this.layer = layer;
        this.pass = pass;
        this.takes = takes;
        this.makes = makes;
        this.needed = needed;
        this.inputs = new Matrix[takes.length];
    }

    Layer layer() {
        return layer;
    }

    void forward(Matrix[] values) {
        for (int i = 0; i < takes.length; i++) {
            inputs[i] = values[takes[i]];
        }
        values[makes] = pass.forward(inputs);
    }

    /** Says which gradients backward will add to. */
    void announce(GradientSums sums) {
        if (needed) {
            for (int slot : takes) {
                sums.announce(slot);
            }
        }
    }

    void backward(GradientSums sums) {
        if (needed) {
            Matrix[] gradients = pass.backward(sums.take(makes));
            for (int i = 0; i < takes.length; i++) {
                sums.add(takes[i], gradients[i]);
            }
        }
    }
}
