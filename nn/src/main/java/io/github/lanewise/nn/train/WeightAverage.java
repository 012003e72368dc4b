package io.github.lanewise.nn.train;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Kernels;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.State;
import io.github.lanewise.nn.Stochastic;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Batch;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.norm.RunningStatistics;
import io.github.lanewise.nn.optim.Adjustment;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Averages the weights of a model over its training, which often generalize better than the last.
 *
 * <pre>{@code
 * var average = WeightAverage.exponential(model, 0.999f);
 * optimizer.with(average);                                    // after each step
 * double accuracy = average.use(() -> trainer.evaluate(test).accuracy());
 * }</pre>
 *
 * <p>{@link #exponential} keeps a moving average a = a + (1 - decay) (p - a) (Polyak and Juditsky,
 * 1992), {@link #equal} the mean of all weights taken in, a = a + (p - a) / n (SWA: Izmailov et
 * al., "Averaging weights leads to wider optima and better generalization", 2018); in this form an
 * average of equal weights stays what they are. The first weights taken in are copied. What a model
 * saves but does not train, such as running statistics, is not averaged: it stays as it is, as
 * PyTorch's AveragedModel copies it by default, unless {@link #recomputing} says otherwise.
 */
public final class WeightAverage implements Adjustment {

    private final Kernels kernels = Engine.kernels();
    private final List<Param> parameters;
    private final Matrix[] averages;
    private final Matrix[] kept;
    private final Matrix[] differences;
    private final float decay;
    private final boolean equal;
    private final Layer model;
    private Dataset statisticsOf;
    private int statisticsBatch;
    private long taken;
    private boolean inUse;

    private WeightAverage(Layer model, float decay, boolean equal) {
        this.model = model;
        this.parameters = List.copyOf(model.parameters().values());
        this.decay = decay;
        this.equal = equal;
        this.averages = parameters.stream().map(WeightAverage::like).toArray(Matrix[]::new);
        this.kept = parameters.stream().map(WeightAverage::like).toArray(Matrix[]::new);
        int largest = parameters.stream().mapToInt(Param::size).max().orElse(0);
        float[] room = new float[largest];
        this.differences =
                parameters.stream().map(p -> window(room, p.value())).toArray(Matrix[]::new);
    }

    private static Matrix window(float[] room, Matrix like) {
        return new Matrix(room, 0, like.rows(), like.cols(), like.cols());
    }

    private static Matrix like(Param parameter) {
        return Matrix.zeros(parameter.value().rows(), parameter.value().cols());
    }

    /**
     * Makes a moving average.
     *
     * @param decay share of the average that stays with each update, from 0 to below 1; 0.999 is
     *     usual
     * @throws IllegalArgumentException if it is out of range
     */
    public static WeightAverage exponential(Layer model, float decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(
                    "WeightAverage: decay is %s; it must be from 0 to below 1".formatted(decay));
        }
        return new WeightAverage(model, decay, false);
    }

    /** Makes a mean in which all updates count the same; update it after each epoch or cycle. */
    public static WeightAverage equal(Layer model) {
        return new WeightAverage(model, 0, true);
    }

    /**
     * Lets {@link #use} and {@link #apply} compute the running statistics of batch normalizations
     * anew for the averaged weights, as the mean over the full batches of a dataset in order;
     * {@code use} puts the model's own back afterwards. Without it they are those of the last
     * weights.
     *
     * @param dataset what the model learns, or some of it
     * @param batchSize samples of a batch, as in training
     * @throws IllegalArgumentException if there is not one full batch
     */
    public WeightAverage recomputing(Dataset dataset, int batchSize) {
        if (batchSize < 1 || dataset.size() < batchSize) {
            throw new IllegalArgumentException(
                    "WeightAverage: batches of %s of %s samples; there must be a full one"
                            .formatted(batchSize, dataset.size()));
        }
        statisticsOf = dataset;
        statisticsBatch = batchSize;
        return this;
    }

    private void recompute() {
        if (statisticsOf == null || !RunningStatistics.areIn(model)) {
            return;
        }
        Batch batch = new Batch(statisticsOf, statisticsBatch);
        Workspace workspace = Workspace.training(statisticsBatch).inputGradient(false);
        Pass pass = model.bind(statisticsOf.shape(), workspace);
        Map<String, Stochastic> random = Stochastic.all(model);
        List<Long> draws = random.values().stream().map(Stochastic::draws).toList();
        int[] order = IntStream.range(0, statisticsOf.size()).toArray();
        RunningStatistics.recompute(
                model,
                statisticsOf.size() / statisticsBatch,
                i -> {
                    batch.load(order, i * statisticsBatch);
                    pass.forward(batch.inputs());
                });
        int i = 0;
        for (Stochastic layer : random.values()) {
            layer.draws(draws.get(i++));
        }
    }

    /** Takes the present weights in. */
    public void update() {
        float share = equal ? (float) (1 / (taken + 1.0)) : 1 - decay;
        for (int i = 0; i < averages.length; i++) {
            Matrix value = parameters.get(i).value();
            if (taken == 0 || share == 1) {
                copy(value, averages[i]);
            } else {
                kernels.combine(Combination.SUBTRACT, value, averages[i], differences[i]);
                kernels.axpy(share, differences[i], averages[i]);
            }
        }
        taken++;
    }

    /** Updates the average after each step of the optimizer that was given it. */
    @Override
    public boolean leavesZeros() {
        return true;
    }

    @Override
    public void afterStep(List<Param> all) {
        update();
    }

    /**
     * Returns a callback that updates the average at the end of each epoch.
     *
     * @param first epoch of the call that counts, from 1
     */
    public TrainerCallback perEpoch(int first) {
        return new TrainerCallback() {
            @Override
            public void onEpochEnd(Progress progress) {
                if (progress.epoch() >= first) {
                    update();
                }
            }

            @Override
            public void save(StateWriter out) {
                WeightAverage.this.save(out);
            }

            @Override
            public void load(StateReader in) throws IOException {
                WeightAverage.this.load(in);
            }
        };
    }

    /** Returns how often weights were taken in. */
    public long updates() {
        return taken;
    }

    /**
     * Does something with the averages in place of the model's weights, which come back afterwards.
     * Before the first update these are the weights. An action may use them again.
     */
    public <T> T use(Supplier<T> action) {
        if (taken == 0 || inUse) {
            return action.get();
        }
        for (int i = 0; i < averages.length; i++) {
            copy(parameters.get(i).value(), kept[i]);
            copy(averages[i], parameters.get(i).value());
        }
        List<float[]> statistics =
                model.states().values().stream()
                        .map(state -> state.value().data().clone())
                        .toList();
        inUse = true;
        try {
            recompute();
            return action.get();
        } finally {
            int at = 0;
            for (State state : model.states().values()) {
                float[] before = statistics.get(at++);
                System.arraycopy(before, 0, state.value().data(), 0, before.length);
            }
            for (int i = 0; i < averages.length; i++) {
                copy(kept[i], parameters.get(i).value());
            }
            inUse = false;
        }
    }

    /** Writes the averages into the model for good. */
    public void apply() {
        for (int i = 0; taken > 0 && i < averages.length; i++) {
            copy(averages[i], parameters.get(i).value());
        }
        if (taken > 0) {
            recompute();
        }
    }

    @Override
    public void save(StateWriter out) {
        out.put("taken", taken);
        for (int i = 0; taken > 0 && i < averages.length; i++) {
            out.put("average" + i, averages[i]);
        }
    }

    @Override
    public void load(StateReader in) throws IOException {
        taken = in.get("taken").asLong();
        for (int i = 0; taken > 0 && i < averages.length; i++) {
            in.read("average" + i, averages[i]);
        }
    }

    private void copy(Matrix from, Matrix to) {
        kernels.activate(Activation.IDENTITY, from, to);
    }
}
