package io.github.lanewise.nn.train;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.loss.Loss;

import java.util.Map;

/** Keeps the steps of a model for the last few input shapes and batch sizes. */
final class StepCache {

    /**
     * Training and inference, each with a full and a last partial batch, which in shards have two
     * sizes each, and room for two more.
     */
    private static final int KEPT = 8;

    private final Layer model;
    private final Loss loss;
    private final Map<Key, Step> steps = new RecentlyUsed<>(KEPT);

    private record Key(Shape shape, int batch, boolean training) {}

    StepCache(Layer model, Loss loss) {
        this.model = model;
        this.loss = loss;
    }

    Layer model() {
        return model;
    }

    /** Returns the features of the model's outputs. */
    int outputWidth(Shape input) {
        return model.outputShape(input).features();
    }

    Step training(Shape input, int batch) {
        return steps.computeIfAbsent(
                new Key(input, batch, true), key -> Step.training(model, loss, input, batch));
    }

    Step inference(Shape input, int batch) {
        return steps.computeIfAbsent(
                new Key(input, batch, false),
                key -> new Step(model, loss, input, Workspace.inference(batch)));
    }
}
