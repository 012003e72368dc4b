package io.github.lanewise.nn.graph;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.internal.Axes;
import io.github.lanewise.nn.internal.ChainPass;
import io.github.lanewise.nn.internal.LastDimensions;
import io.github.lanewise.nn.internal.Options;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.TimeDistributed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The logarithms of the probabilities of very many classes, the frequent ones first (Grave et al.,
 * "Efficient softmax approximation for GPUs", 2017).
 *
 * <p>A head gives those of the most frequent classes and of each cluster of rarer ones; within a
 * cluster a narrower pair of linear layers gives those of its classes, to which that of the cluster
 * is added. So a rare class has fewer weights. Before an {@code NLLLoss} that is PyTorch's {@code
 * AdaptiveLogSoftmaxWithLoss}: parameters, their names and numbers are its own. It computes all
 * clusters of each sample, as {@code log_prob} does, since a layer does not know the targets.
 *
 * <p>Inputs are features, or any number of steps x features; outputs classes in their place.
 */
public final class AdaptiveLogSoftmax implements Layer {

    private static final float USUAL_DIV_VALUE = 4;

    private final int features;
    private final int[] cutoffs;
    private final Options options = new Options();
    private float divValue = USUAL_DIV_VALUE;
    private boolean headBias;
    private SequencedMap<String, Layer> children;
    private Model graph;
    private TimeDistributed ofSteps;

    /**
     * Makes a layer.
     *
     * @param features of a sample
     * @param classes how many
     * @param cutoffs the first class of each cluster, rising, from 1 to classes - 1
     * @throws IllegalArgumentException if they do not rise, or a number is out of range
     */
    public AdaptiveLogSoftmax(int features, int classes, int... cutoffs) {
        this.features = features;
        this.cutoffs = Arrays.copyOf(cutoffs, cutoffs.length + 1);
        this.cutoffs[cutoffs.length] = classes;
        boolean rises = cutoffs.length > 0 && cutoffs[0] > 0;
        for (int i = 0; i < cutoffs.length; i++) {
            rises &= cutoffs[i] < this.cutoffs[i + 1];
        }
        if (features < 1 || !rises) {
            throw new IllegalArgumentException(
                    ("AdaptiveLogSoftmax: %s features, %s classes, cutoffs %s; features must be 1"
                                    + " or more, cutoffs rise from 1 on and stay below the classes")
                            .formatted(features, classes, Arrays.toString(cutoffs)));
        }
    }

    /**
     * Sets by how much each cluster is narrower than the one before; 4 unless set.
     *
     * @throws IllegalArgumentException if it is not above 0, or leaves a cluster without features
     */
    public AdaptiveLogSoftmax divValue(float number) {
        options.requireOpen(this, "divValue");
        float before = divValue;
        divValue = number;
        if (!(number > 0) || width(cutoffs.length - 2) < 1) {
            divValue = before;
            throw new IllegalArgumentException(
                    "AdaptiveLogSoftmax: div value is %s; it must be above 0, and leave each of"
                                    .formatted(number)
                            + " %s clusters one of %s features"
                                    .formatted(cutoffs.length - 1, features));
        }
        return this;
    }

    /** Gives the head a bias, which it has not unless told so. */
    public AdaptiveLogSoftmax headBias() {
        options.requireOpen(this, "headBias");
        headBias = true;
        return this;
    }

    /** Returns the features inside a cluster, as PyTorch computes them. */
    private int width(int cluster) {
        return (int) Math.floor(features / StrictMath.pow(divValue, cluster + 1));
    }

    /** Wires the layers; parameters are placed afterwards, so that outer models win. */
    private synchronized void make() {
        options.close();
        if (graph != null) {
            return;
        }
        int clusters = cutoffs.length - 1;
        if (width(clusters - 1) < 1) {
            throw new IllegalStateException(
                    "AdaptiveLogSoftmax: %s features, divided by %s for each of %s clusters, leave"
                                    .formatted(features, divValue, clusters)
                            + " the last without any; set a smaller divValue");
        }
        children = new LinkedHashMap<>();
        Linear head = new Linear(features, cutoffs[0] + clusters);
        children.put("head", headBias ? head : head.withoutBias());
        Input x = new Input(features);
        Value first = x.then(head, new LogSoftmax());
        List<Value> all = new ArrayList<>(List.of(first.slice(0, 0, cutoffs[0])));
        for (int i = 0; i < clusters; i++) {
            Layer tail =
                    new Sequential(
                            new Linear(features, width(i)).withoutBias(),
                            new Linear(width(i), cutoffs[i + 1] - cutoffs[i]).withoutBias());
            children.put("tail." + i, tail);
            int cluster = cutoffs[0] + i;
            Value within = x.then(tail, new LogSoftmax());
            all.add(within.plus(first.slice(0, cluster, cluster + 1)));
        }
        graph = new Model(x, Value.concat(0, all.toArray(Value[]::new)));
        ofSteps = new TimeDistributed(graph);
        place();
    }

    /** Returns the same as a graph of simpler layers, with these parameters. */
    public Model graph() {
        make();
        return graph;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        make();
        return children;
    }

    @Override
    public Shape outputShape(Shape input) {
        make();
        LastDimensions.require(this, input, new Shape(features));
        return Axes.resized(input, input.rank() - 1, cutoffs[cutoffs.length - 1]);
    }

    @Override
    public Lengths outputLengths(Shape input, Lengths lengths) {
        return input.rank() > 1 ? lengths : Layer.super.outputLengths(input, lengths);
    }

    @Override
    public Pass bind(Shape input, Workspace workspace) {
        Shape output = outputShape(input);
        if (input.rank() == 1) {
            return graph.bind(input, workspace);
        }
        if (input.rank() == 2) {
            return ofSteps.bind(input, workspace);
        }
        Layer rows = new Reshape(input.features() / features, features);
        return ChainPass.bind(input, workspace, rows, ofSteps, new Reshape(output));
    }

    @Override
    public SequencedMap<String, Object> options() {
        SequencedMap<String, Object> all = new LinkedHashMap<>();
        int clusters = cutoffs.length - 1;
        all.put("inFeatures", features);
        all.put("nClasses", cutoffs[clusters]);
        all.put("cutoffs", Arrays.stream(cutoffs).limit(clusters).boxed().toList());
        all.put("divValue", divValue);
        all.put("headBias", headBias);
        return all;
    }

    @Override
    public String toString() {
        return "AdaptiveLogSoftmax(%s -> %s, cutoffs %s)"
                .formatted(
                        features,
                        cutoffs[cutoffs.length - 1],
                        Arrays.toString(Arrays.copyOf(cutoffs, cutoffs.length - 1)));
    }
}
