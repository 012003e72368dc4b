package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Named;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Combines two inputs a and b number by number, as NumPy and PyTorch do with shapes that differ:
 * they are laid upon each other from the last axis on, and where one has dimension 1 or no axis,
 * its numbers serve for all of the other's.
 *
 * <p>Backward: as for equal shapes, da = dy or dy b or dy / b, db = dy or -dy or dy a or -dy y / b;
 * a number that served several has the sum, in double, in ascending order.
 *
 * @param how what is made of two numbers
 */
public record Broadcast(Operation how) implements Merge {

    /** Makes the layer. */
    public Broadcast {
        Objects.requireNonNull(how, "how");
    }

    /** What is made of two numbers. */
    public enum Operation {
        /** a + b. */
        ADD,
        /** a - b. */
        SUBTRACT,
        /** a b. */
        MULTIPLY,
        /** a / b. */
        DIVIDE
    }

    /** Returns the joint shape, or null if two shapes cannot be laid upon each other. */
    static Shape joint(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] dimensions = new int[rank];
        for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
            int first = dimension(a, fromEnd);
            int second = dimension(b, fromEnd);
            if (first != second && Math.min(first, second) != 1) {
                return null;
            }
            dimensions[rank - fromEnd] = Math.max(first, second);
        }
        return new Shape(dimensions);
    }

    private static int dimension(Shape shape, int fromEnd) {
        return fromEnd > shape.rank() ? 1 : shape.dimension(shape.rank() - fromEnd);
    }

    /** Returns for each element of the joint shape which element of an input serves it. */
    static int[] sources(Shape input, Shape joint) {
        int[] sources = new int[joint.features()];
        for (int j = 0; j < sources.length; j++) {
            int rest = j;
            int stride = 1;
            for (int fromEnd = 1; fromEnd <= joint.rank(); fromEnd++) {
                int size = dimension(input, fromEnd);
                int place = rest % dimension(joint, fromEnd);
                sources[j] += size == 1 ? 0 : place * stride;
                rest /= dimension(joint, fromEnd);
                stride *= size;
            }
        }
        return sources;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw new IllegalArgumentException(
                    "%s: %s inputs; it takes two".formatted(this, inputs.size()));
        }
        Shape joint = joint(inputs.get(0), inputs.get(1));
        if (joint == null) {
            throw new IllegalArgumentException(
                    "%s: shapes differ: %s and %s; from the last axis on, each must be equal or 1"
                            .formatted(this, inputs.get(0), inputs.get(1)));
        }
        return joint;
    }

    @Override
    public Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
        Lengths joint = JointLengths.of(this, inputs, lengths);
        boolean sameSteps = true;
        for (int i = 0; i < inputs.size(); i++) {
            boolean whole = inputs.get(i).rank() == outputShape(inputs).rank();
            sameSteps &= lengths.part(i) == null || whole && inputs.get(i).dimension(0) > 1;
        }
        return sameSteps ? joint : Merge.super.outputLengths(inputs, lengths);
    }

    @Override
    public MergePass bind(List<Shape> inputs, Workspace workspace) {
        return new BroadcastPass(this, inputs, outputShape(inputs), workspace);
    }

    @Override
    public SequencedMap<String, Object> options() {
        return Named.of("how", how.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        String name = how.name().charAt(0) + how.name().substring(1).toLowerCase(Locale.ROOT);
        return name + "(broadcasting)";
    }
}
