package io.github.lanewise.nn.random;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.nn.Workspace;

/**
 * Prints what random graphs compute, a line for each: run in several JVMs, with other kernels,
 * vectors and threads, which must all print the same. Arguments: the first seed, how many.
 */
final class GraphHashes {

    private static final int STEPS = 2;

    private GraphHashes() {}

    public static void main(String[] arguments) {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        System.out.printf("kernels %s %d%n", Engine.kernelSet(), Engine.vectorBits());
        for (long seed = first; seed < first + count; seed++) {
            System.out.println(line(RandomGraph.of(seed)));
        }
    }

    static String line(RandomGraph graph) {
        graph.model().initialize(3);
        long inference = Bits.ofInference(graph, graph.model(), Workspace.inference(graph.batch()));
        long training =
                Bits.ofTraining(graph, graph.model(), Workspace.training(graph.batch()), STEPS);
        long special = graph.integers() > 0 ? 0 : Bits.ofSpecialValues(graph, graph.model());
        return "seed %d %016x %016x %016x".formatted(graph.seed(), inference, training, special);
    }
}
