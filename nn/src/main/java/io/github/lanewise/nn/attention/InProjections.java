package io.github.lanewise.nn.attention;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Projection;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes queries, keys and values of one source, two or three: parts that come from one source by
 * one weight are one product.
 */
final class InProjections {

    private static final int PARTS = 3;

    private final AttentionWeights weights;
    private final AttentionSource[] sources;
    private final List<Product> products = new ArrayList<>();
    private final boolean training;

    /**
     * Parts that are made at once.
     *
     * @param source from which
     * @param first of the parts
     * @param parts how many
     */
    private record Product(int source, int first, int parts, Param weight, Projection projection) {}

    /**
     * @param workspaces one for each source
     */
    InProjections(AttentionWeights weights, AttentionSource[] sources, Workspace[] workspaces) {
        this.weights = weights;
        this.sources = sources;
        training = workspaces[0].training();
        for (int part = 0; part < PARTS; part = end(part)) {
            int source = source(part);
            int parts = end(part) - part;
            int cols = 0;
            for (int p = part; p < part + parts; p++) {
                cols += weights.width(p);
            }
            Projection projection =
                    new Projection(
                            weights.weight(part),
                            weights.bias(part),
                            cols,
                            sources[source].count(),
                            workspaces[source]);
            products.add(new Product(source, part, parts, weights.weight(part).of(), projection));
        }
    }

    /** Returns the source of a part: of two, queries have the first, keys and values the second. */
    private int source(int part) {
        return Math.min(part, sources.length - 1);
    }

    /** Returns the first part after this one that is not made in the same product. */
    private int end(int part) {
        int end = part + 1;
        while (end < PARTS && weights.isJoint() && source(end) == source(part)) {
            end++;
        }
        return end;
    }

    /** Returns the windows of queries (0), keys (1) or values (2). */
    HeadWindows windows(int part, int steps, int heads) {
        for (Product p : products) {
            if (part < p.first + p.parts) {
                int from = weights.from(part) - weights.from(p.first);
                int cols = weights.width(part);
                Projection projection = p.projection;
                Matrix gradients =
                        training
                                ? Projection.columns(projection.outputGradients(), from, cols)
                                : null;
                Matrix values = Projection.columns(projection.outputs(), from, cols);
                return new HeadWindows(values, gradients, steps, heads);
            }
        }
        throw new IllegalArgumentException("part is " + part);
    }

    void forward() {
        for (int i = 0; i < products.size(); i++) {
            Product p = products.get(i);
            p.projection.forward(sources[p.source].rows());
        }
    }

    void backward() {
        Param bias = weights.inBias();
        float biasBeta = bias == null ? 0 : bias.accumulator().nextBeta();
        float weightBeta = 0;
        for (int i = 0; i < products.size(); i++) {
            Product p = products.get(i);
            if (i == 0 || !weights.isJoint()) {
                weightBeta = p.weight.accumulator().nextBeta();
            }
            AttentionSource source = sources[p.source];
            Matrix gradients = p.projection.outputGradients();
            p.projection.backward(source.rows(), gradients, weightBeta, biasBeta);
            if (source.gradientRows() != null) {
                boolean again = i > 0 && products.get(i - 1).source == p.source;
                p.projection.backwardToInputs(gradients, again ? 1 : 0, source.gradientRows());
            }
        }
    }
}
