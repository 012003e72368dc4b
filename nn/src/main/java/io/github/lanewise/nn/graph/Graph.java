package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.layer.Nonlinearity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Which layer takes what: the inputs, then nodes, each after all that it takes.
 *
 * <p>A <i>slot</i> is a value in it: slots 0, 1, ... are the inputs, and node i makes slot {@code
 * inputs + i}. A {@link Sequential} is a graph whose node i takes slot i.
 *
 * @param name of the layer that the graph belongs to, for messages
 * @param inputs how many values come from outside
 * @param nodes the layers and what they take
 * @param outputs the slots that go outside
 * @param firstNumber what users call node 0: 0, or the number of inputs where these are numbered
 */
record Graph(String name, int inputs, List<Node> nodes, List<Integer> outputs, int firstNumber) {

    /**
     * A call of a layer.
     *
     * @param layer a {@link Merge} if it takes other than one slot
     * @param takes slots
     */
    record Node(Layer layer, List<Integer> takes) {

        Shape outputShape(List<Shape> inputs) {
            return inputs.size() == 1
                    ? layer.outputShape(inputs.getFirst())
                    : ((Merge) layer).outputShape(inputs);
        }

        /** Returns the lengths of what the layer makes; null if all steps count. */
        Lengths outputLengths(List<Shape> inputs, Lengths lengths) {
            if (lengths == null) {
                return null;
            }
            return inputs.size() == 1
                    ? layer.outputLengths(inputs.getFirst(), lengths)
                    : ((Merge) layer).outputLengths(inputs, lengths);
        }
    }

    /** Makes a graph of layers that take one from the other. */
    static Graph chain(String name, List<Layer> layers) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            nodes.add(new Node(layers.get(i), List.of(i)));
        }
        return new Graph(name, 1, nodes, List.of(layers.size()), 0);
    }

    /** Returns the number of slots. */
    int slots() {
        return inputs + nodes.size();
    }

    /** Returns the node that makes a slot, or null for an input. */
    Node maker(int slot) {
        return slot < inputs ? null : nodes.get(slot - inputs);
    }

    /** Returns what users call the node that makes a slot. */
    int number(int slot) {
        return slot - inputs + firstNumber;
    }

    /** Returns the layers of the first {@code count} nodes by their number. */
    SequencedMap<String, Layer> children(int count) {
        SequencedMap<String, Layer> children = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            children.put(Integer.toString(firstNumber + i), nodes.get(i).layer());
        }
        return Collections.unmodifiableSequencedMap(children);
    }

    /**
     * Returns the shapes in all slots.
     *
     * @throws IllegalArgumentException if a layer cannot take what it is given; says which
     */
    Shape[] shapes(List<Shape> inputShapes) {
        Shape[] shapes = inputShapes.toArray(new Shape[slots()]);
        for (int slot = inputs; slot < shapes.length; slot++) {
            Node node = maker(slot);
            List<Shape> taken = node.takes().stream().map(from -> shapes[from]).toList();
            try {
                shapes[slot] = node.outputShape(taken);
            } catch (IllegalArgumentException e) {
                throw located(slot, e, taken);
            }
        }
        return shapes;
    }

    /**
     * Returns the lengths in all slots, null where all steps count.
     *
     * @param shapes in all slots
     * @param ofInputs of the inputs
     * @throws IllegalArgumentException if a layer would mix padding with what counts; says which
     */
    Lengths[] lengths(Shape[] shapes, Lengths ofInputs) {
        Lengths[] lengths = new Lengths[slots()];
        for (int slot = 0; slot < inputs && ofInputs != null; slot++) {
            lengths[slot] = ofInputs.part(slot);
            requireSteps(slot, shapes[slot], lengths[slot]);
        }
        for (int slot = inputs; slot < lengths.length && ofInputs != null; slot++) {
            Node node = maker(slot);
            List<Shape> taken = node.takes().stream().map(from -> shapes[from]).toList();
            try {
                lengths[slot] = node.outputLengths(taken, taken(slot, lengths));
            } catch (IllegalArgumentException e) {
                throw located(name, number(slot), e, null, null);
            }
        }
        return lengths;
    }

    private void requireSteps(int input, Shape shape, Lengths lengths) {
        if (lengths != null && lengths.steps() != shape.dimension(0)) {
            throw new IllegalArgumentException(
                    ("%s: lengths are of %s steps, input %s is %s; those of several inputs come"
                         + " with Dataset.zip of sequences, in fit, evaluate and predict of a"
                         + " Trainer")
                            .formatted(name, lengths.steps(), input, shape));
        }
    }

    /** Returns the lengths of what a node takes, side by side if it is more than one. */
    Lengths taken(int slot, Lengths[] lengths) {
        List<Integer> takes = maker(slot).takes();
        return takes.size() == 1
                ? lengths[takes.getFirst()]
                : Lengths.several(
                        takes.stream().map(from -> lengths[from]).toArray(Lengths[]::new));
    }

    private IllegalArgumentException located(
            int slot, IllegalArgumentException e, List<Shape> taken) {
        Layer maker = taken.size() == 1 ? substantial(maker(slot).takes().getFirst()) : null;
        return located(name, number(slot), e, maker, taken.getFirst());
    }

    /** Returns the layer that makes a slot, or the last before it that is not a nonlinearity. */
    private Layer substantial(int slot) {
        Node node = maker(slot);
        while (node != null && node.layer() instanceof Nonlinearity) {
            node = maker(node.takes().getFirst());
        }
        return node == null ? null : node.layer();
    }

    /** Adds to a layer's complaint where it stands and who made its input, or null. */
    static IllegalArgumentException located(
            String name, int number, IllegalArgumentException e, Layer maker, Shape input) {
        String origin =
                maker == null
                        ? ""
                        : "; the layer before it, %s, makes %s"
                                .formatted(Passes.brief(maker), input);
        return new IllegalArgumentException(
                "%s[%s] %s%s".formatted(name, number, e.getMessage(), origin), e);
    }

    /** Lists layers, one a line, as PyTorch prints them. */
    static String listing(String name, SequencedMap<String, Layer> layers) {
        StringBuilder text = new StringBuilder(name).append("(\n");
        layers.forEach(
                (key, layer) ->
                        text.append("  (")
                                .append(key)
                                .append("): ")
                                .append(layer.toString().replace("\n", "\n  "))
                                .append('\n'));
        return text.append(')').toString();
    }
}
