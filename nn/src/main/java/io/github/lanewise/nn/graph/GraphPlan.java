package io.github.lanewise.nn.graph;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.nn.Fusible;
import io.github.lanewise.nn.Fusion;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Passes;
import io.github.lanewise.nn.layer.Nonlinearity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Binds the nodes of a graph, in order, giving each activation to its neighbours where they take
 * it.
 *
 * <p>A {@link Fusible} layer whose value goes to one {@link Nonlinearity} and nowhere else applies
 * it at once. The activation is then <i>open</i> until somebody takes its gradient: the next layer
 * in its input gradient, if that is the only consumer and {@link Fusible}, else a pass of its own.
 * An activation whose gradient needs its input cannot be opened for training, as the input is
 * overwritten.
 */
final class GraphPlan {

    private final Graph graph;
    private final Workspace workspace;
    private final Shape[] shapes;
    private final Lengths[] lengths;

    /** Whether a slot's gradient leads to a parameter or is wanted outside. */
    private final boolean[] needed;

    /** Where the value of a slot lies: in the slot itself or in one before it. */
    private final int[] place;

    /** How many nodes and outputs take a slot, and the last such node. */
    private final int[] takers;

    private final int[] lastTaker;

    /** By slot: what the node before it has applied for its node. */
    private final Activation[] applied;

    /** By slot: the activation whose gradient its only taker owes. */
    private final Activation[] open;

    private final List<BoundNode> bound = new ArrayList<>();

    GraphPlan(Graph graph, List<Shape> inputs, Workspace workspace) {
        this.graph = graph;
        this.workspace = workspace;
        this.shapes = graph.shapes(inputs);
        this.lengths = graph.lengths(shapes, workspace.lengths());
        int slots = graph.slots();
        this.needed = new boolean[slots];
        this.place = new int[slots];
        this.takers = new int[slots];
        this.lastTaker = new int[slots];
        this.applied = new Activation[slots];
        this.open = new Activation[slots];
        Arrays.setAll(place, slot -> slot);
        Arrays.fill(needed, 0, graph.inputs(), workspace.inputGradient());
        countTakers();
        for (int slot = graph.inputs(); slot < slots; slot++) {
            bindLocated(slot);
        }
    }

    private void bindLocated(int slot) {
        try {
            bind(slot);
        } catch (IllegalArgumentException e) {
            throw Graph.located(graph.name(), graph.number(slot), e, null, null);
        }
    }

    private void countTakers() {
        for (int slot = graph.inputs(); slot < graph.slots(); slot++) {
            for (int from : graph.maker(slot).takes()) {
                takers[from]++;
                lastTaker[from] = slot;
            }
        }
        for (int slot : graph.outputs()) {
            takers[slot]++;
            lastTaker[slot] = -1;
        }
    }

    GraphPass pass() {
        int[] outputs = graph.outputs().stream().mapToInt(slot -> place[slot]).toArray();
        GradientSums sums = new GradientSums(needed, workspace.kernels());
        if (workspace.training()) {
            bound.forEach(node -> node.announce(sums));
            Arrays.stream(outputs).forEach(sums::announce);
            sums.allocate(slot -> workspace.buffer(shapes[slot]));
        }
        BoundNode[] nodes = bound.toArray(BoundNode[]::new);
        return new GraphPass(nodes, graph.inputs(), graph.slots(), outputs, sums);
    }

    private void bind(int slot) {
        Graph.Node node = graph.maker(slot);
        boolean wanted = node.takes().stream().anyMatch(from -> needed[from]);
        needed[slot] = workspace.training() && (wanted || Passes.isTrainable(node.layer()));
        Workspace own = workspace.inputGradient(wanted);
        if (workspace.lengths() != null) {
            own = own.lengths(graph.taken(slot, lengths));
        }
        if (applied[slot] != null) {
            finish(slot, applied[slot], own);
        } else if (node.layer() instanceof Fusible fusible) {
            bindFusible(slot, fusible, own);
        } else if (node.takes().size() == 1) {
            add(slot, new PassAsMerge(node.layer().bind(inputShape(slot), own)));
        } else {
            List<Shape> inputs = node.takes().stream().map(from -> shapes[from]).toList();
            add(slot, ((Merge) node.layer()).bind(inputs, own));
        }
    }

    private void bindFusible(int slot, Fusible layer, Workspace own) {
        Activation before = open[graph.maker(slot).takes().getFirst()];
        Activation after = activationAfter(slot);
        Fusion fusion =
                new Fusion(
                        before == null ? Activation.IDENTITY : before,
                        after == null ? Activation.IDENTITY : after);
        add(slot, new PassAsMerge(layer.bind(inputShape(slot), own, fusion)));
        if (after != null) {
            applied[lastTaker[slot]] = after;
        }
    }

    private Activation activationAfter(int slot) {
        if (onlyTaker(slot) instanceof Nonlinearity next) {
            Activation function = next.function();
            if (!workspace.training() || function.saved() == Activation.Saved.OUTPUT) {
                return function;
            }
        }
        return null;
    }

    /** Returns the only layer that takes a slot; null if several do, or it goes outside. */
    private Layer onlyTaker(int slot) {
        return takers[slot] == 1 && lastTaker[slot] >= 0
                ? graph.maker(lastTaker[slot]).layer()
                : null;
    }

    /** Sees to the gradient of a function that the node before has applied. */
    private void finish(int slot, Activation function, Workspace own) {
        if (!workspace.training()) {
            place[slot] = place[graph.maker(slot).takes().getFirst()];
        } else if (onlyTaker(slot) instanceof Fusible) {
            place[slot] = place[graph.maker(slot).takes().getFirst()];
            open[slot] = function;
        } else {
            Pass pass =
                    new OpenActivationPass(
                            function, own.inputGradientBuffer(shapes[slot]), workspace);
            add(slot, new PassAsMerge(pass));
        }
    }

    private Shape inputShape(int slot) {
        return shapes[graph.maker(slot).takes().getFirst()];
    }

    private void add(int slot, MergePass pass) {
        Graph.Node node = graph.maker(slot);
        int[] from = node.takes().stream().mapToInt(s -> place[s]).toArray();
        bound.add(new BoundNode(node.layer(), pass, from, slot, needed[slot]));
    }
}
