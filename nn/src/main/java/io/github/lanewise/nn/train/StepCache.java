package io.github.lanewise.nn.train;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.LossPass;

import java.util.ArrayList;
import java.util.List;

/** Keeps the steps of a model for the last few input shapes and batch sizes. */
final class StepCache {

    /**
     * Training and inference, each with a full and a last partial batch, which in shards have two
     * sizes each, and room for two more.
     */
    private static final int CAPACITY = 8;

    /** Samples that a loss is bound for to be checked: some compare those of a batch. */
    private static final int CHECKED = 2;

    private final Layer model;
    private final Loss loss;
    private final RecentlyUsed<Key, Step> steps = new RecentlyUsed<>(CAPACITY);

    /**
     * @param lengths padded steps of each input, 0 where all count; none if all inputs' do
     */
    private record Key(Shape shape, int batch, boolean training, List<Integer> lengths) {

        // Those that the JVM makes for a record load some 45 classes more before the first step.
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && batch == key.batch
                    && training == key.training
                    && shape.equals(key.shape)
                    && lengths.equals(key.lengths);
        }

        @Override
        public int hashCode() {
            return 31 * shape.hashCode() + batch;
        }
    }

    StepCache(Layer model, Loss loss) {
        this.model = model;
        this.loss = loss;
    }

    Layer model() {
        return model;
    }

    Loss loss() {
        return loss;
    }

    /** Returns the features of the model's outputs. */
    int outputWidth(Shape input) {
        return model.outputShape(input).features();
    }

    /** Makes room for steps of so many buckets. */
    void makeRoom(int buckets) {
        steps.limit(CAPACITY + 2 * buckets);
    }

    /**
     * Returns whether the model can take samples of this shape; the passes of a graph of fixed
     * shape cannot, though sequences might be padded less far.
     */
    boolean takes(Shape input) {
        try {
            model.outputShape(input);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Checks that the model takes the samples of a dataset, and all its targets if they are known.
     *
     * @throws IllegalArgumentException if it does not, or a target is out of range
     */
    void check(Dataset dataset) {
        requireOrder(dataset);
        Workspace workspace = Workspace.inference(Math.min(CHECKED, dataset.size()));
        LossPass pass = Step.bind(loss, model, dataset.shape(), workspace);
        if (dataset.targets() != null) {
            pass.check(dataset.targets());
        }
    }

    /**
     * Checks that datasets side by side are in the order of the inputs: in another they would do,
     * for together they have as many features.
     */
    void requireOrder(Dataset dataset) {
        List<Shape> inputs = model instanceof Model graph ? graph.inputShapes() : List.of();
        List<Shape> given = dataset.shapes();
        boolean several = inputs.size() > 1 && given.size() == inputs.size();
        for (int i = 0; several && i < given.size(); i++) {
            if (given.get(i).features() != inputs.get(i).features()) {
                throw new IllegalArgumentException(
                        "Model: input %s takes %s, the dataset has %s there; zip in the order of inputs"
                                .formatted(i, inputs.get(i), given.get(i)));
            }
        }
    }

    Step training(Batch batch) {
        return training(batch.shape(), batch.size(), batch.lengths());
    }

    /**
     * @param like lengths of the kind that the inputs have; null if all steps count
     */
    Step training(Shape input, int batch, Lengths like) {
        return steps.computeIfAbsent(
                new Key(input, batch, true, kind(like)),
                key -> {
                    Workspace workspace = Workspace.training(batch).inputGradient(false);
                    return new Step(model, loss, input, withLengths(workspace, like));
                });
    }

    Step inference(Batch batch) {
        Lengths like = batch.lengths();
        return steps.computeIfAbsent(
                new Key(batch.shape(), batch.size(), false, kind(like)),
                key -> {
                    Workspace workspace = Workspace.inference(batch.size());
                    return new Step(model, loss, batch.shape(), withLengths(workspace, like));
                });
    }

    private static Workspace withLengths(Workspace workspace, Lengths like) {
        return like == null ? workspace : workspace.lengths(like.like(workspace.batch()));
    }

    private static List<Integer> kind(Lengths like) {
        if (like == null) {
            return List.of();
        }
        List<Integer> kind = new ArrayList<>();
        for (int i = 0; i < like.parts(); i++) {
            kind.add(like.part(i) == null ? 0 : like.part(i).steps());
        }
        return kind;
    }
}
