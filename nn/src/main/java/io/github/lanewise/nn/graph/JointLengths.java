package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;

import java.util.List;

/** The lengths of what is made of several inputs, step by step. */
final class JointLengths {

    private JointLengths() {}

    /**
     * Returns the only lengths that some of the inputs have.
     *
     * @param layer for the message
     * @throws IllegalArgumentException if inputs have different ones, or one without has steps of
     *     its own that would be combined with padding
     */
    static Lengths of(Merge layer, List<Shape> inputs, Lengths lengths) {
        Lengths joint = null;
        for (int i = 0; i < inputs.size(); i++) {
            Lengths one = lengths.part(i);
            if (one != null && joint != null && one != joint) {
                throw new IllegalArgumentException(
                        ("%s: inputs are sequences of different lengths, %s and others of %s steps;"
                             + " make one row of each first, by a mean or the last output")
                                .formatted(layer, inputs.get(i), joint.steps()));
            }
            joint = one != null ? one : joint;
        }
        return joint;
    }
}
