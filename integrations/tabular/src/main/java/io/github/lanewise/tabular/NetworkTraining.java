package io.github.lanewise.tabular;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.ParameterGroup;
import io.github.lanewise.nn.schedule.CosineLogLR;
import io.github.lanewise.nn.schedule.FlatCosine;
import io.github.lanewise.nn.schedule.Schedule;
import io.github.lanewise.nn.train.TrainingStep;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Trains a {@link RealMlp} by its {@link Recipe}, and keeps the values of the best epoch. */
final class NetworkTraining {

    private static final int CYCLES = 4;
    private static final float BIAS_RATE = 0.1f;
    private static final float ACTIVATION_RATE = 0.1f;
    private static final float SCALE_RATE = 6;
    private static final float PERIODIC_RATE = 0.1f;

    /** Phases are in turns here, in radians in the recipe. */
    private static final float PHASE_RATE = (float) (PERIODIC_RATE / (2 * Math.PI));

    private static final int INITIAL_ROWS = 2048;

    private final RealMlp network;
    private final Recipe recipe;
    private final AdamW optimizer = new AdamW(0);
    private final List<Decayed> decayed = new ArrayList<>();

    /** Parameters whose decay is scheduled; it is multiplied by their factor. */
    private record Decayed(ParameterGroup group, double factor) {}

    NetworkTraining(RealMlp network, Recipe recipe) {
        this.network = network;
        this.recipe = recipe;
        optimizer.betas(0.9f, 0.95f);
        for (Linear linear : network.linears()) {
            // A weight w = v / sqrt(in) with a rate of v's: NTK parametrisation without its product
            double root = Math.sqrt(linear.weight().value().rows());
            group(List.of(linear.weight()), (float) (1 / root), root);
            group(List.of(linear.bias()), BIAS_RATE, 0);
        }
        network.activations()
                .forEach(a -> group(List.of(a.weight()), ACTIVATION_RATE, ACTIVATION_RATE));
        network.embeddings().forEach(e -> group(List.of(e.weight()), 1, 1));
        group(List.of(network.scale().weight()), SCALE_RATE, SCALE_RATE);
        PeriodicEmbedding periodic = network.periodic();
        if (periodic != null) {
            group(
                    List.of(periodic.frequency(), periodic.weight(), periodic.bias()),
                    PERIODIC_RATE,
                    PERIODIC_RATE);
            group(
                    List.of(periodic.phase()),
                    PHASE_RATE,
                    PERIODIC_RATE * PERIODIC_RATE / PHASE_RATE);
        }
    }

    private void group(Collection<Param> parameters, float rate, double decay) {
        ParameterGroup group = ParameterGroup.of(parameters).rateFactor(rate).weightDecay(0);
        optimizer.group(group);
        decayed.add(new Decayed(group, decay));
    }

    /** Keeps the values of the epoch of the least measure. */
    private final class Best {
        private List<float[]> values;
        private int epoch;
        private double least = Double.POSITIVE_INFINITY;

        void offer(int number, double measure) {
            if (measure < least || values == null) {
                least = measure;
                values = network.copyValues();
                epoch = number;
            }
        }
    }

    /**
     * Trains.
     *
     * @param train rows to learn from
     * @param targets their targets: a label, or a scaled number
     * @param validation measures the network after each epoch
     * @param seed of the shuffling and of the first values
     * @param listener told of each epoch
     */
    TrainingHistory run(
            FeatureRows train,
            TrainingTargets targets,
            ValidationMeasure validation,
            long seed,
            EpochListener listener) {
        RandomStream shuffling = new RandomStream(seed).stream("shuffling");
        int[] order = new int[train.size()];
        shuffling.stream("initialization").permutation(order);
        initialize(train, order, seed);
        int batch = Math.min(recipe.batch(), train.size());
        Steps steps = new Steps(train, targets, batch);
        List<TrainingHistory.Epoch> history = new ArrayList<>();
        Best best = new Best();
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
            EpochEvent event = new EpochEvent();
            event.begin();
            shuffling.stream(epoch).permutation(order);
            double loss = steps.epoch(order);
            double measure = validation.of(network.model());
            best.offer(epoch, measure);
            TrainingHistory.Epoch done = new TrainingHistory.Epoch(epoch, loss, measure);
            history.add(done);
            steps.tell(event, done, recipe.epochs());
            listener.onEpoch(done, recipe.epochs());
        }
        network.setValues(best.values);
        network.fillUnknown();
        return new TrainingHistory(history, best.epoch);
    }

    private void initialize(FeatureRows train, int[] order, long seed) {
        Matrix first = Matrix.zeros(Math.min(INITIAL_ROWS, train.size()), train.width());
        train.gather(order, 0, first);
        DataInitialization.apply(network, first, seed);
    }

    /** The steps of all epochs, with what is scheduled. */
    private final class Steps {
        private final FeatureRows train;
        private final TrainingTargets targets;
        private final int batch;
        private final int ofEpoch;
        private final Schedule rate;
        private final Schedule decay;
        private final Schedule dropout;
        private final TrainingStep step;
        private final Matrix inputs;
        private final Targets buffer;
        private long done;

        Steps(FeatureRows train, TrainingTargets targets, int batch) {
            this.train = train;
            this.targets = targets;
            this.batch = batch;
            this.ofEpoch = train.size() / batch;
            long all = (long) ofEpoch * recipe.epochs();
            this.rate = new CosineLogLR(recipe.learningRate(), all, CYCLES);
            this.decay = new FlatCosine(recipe.weightDecay(), all);
            this.dropout = new FlatCosine(recipe.dropout(), all);
            this.step =
                    new TrainingStep(
                            network.model(), loss(targets), optimizer, network.inputShape(), batch);
            this.inputs = Matrix.zeros(batch, train.width());
            this.buffer = targets.buffer(batch);
        }

        void tell(EpochEvent event, TrainingHistory.Epoch done, int epochs) {
            event.epoch = done.number();
            event.epochs = epochs;
            event.rows = ofEpoch * batch;
            event.loss = done.loss();
            event.validation = done.validation();
            event.commit();
        }

        /** Goes over the rows in an order, and returns the mean loss of the batches. */
        double epoch(int[] order) {
            double sum = 0;
            for (int b = 0; b < ofEpoch; b++, done++) {
                set(rate.at(done), decay.at(done), (float) dropout.at(done));
                train.gather(order, b * batch, inputs);
                targets.gather(order, b * batch, buffer);
                sum += step.run(inputs, buffer);
            }
            return sum / ofEpoch;
        }
    }

    private Loss loss(TrainingTargets targets) {
        if (!targets.areLabels()) {
            return new MSELoss();
        }
        SoftmaxCrossEntropy loss =
                new SoftmaxCrossEntropy().labelSmoothing((float) recipe.labelSmoothing());
        return targets.weights() == null ? loss : loss.weight(targets.weights());
    }

    private void set(double rate, double decay, float dropout) {
        optimizer.learningRate((float) rate);
        for (int i = 0; i < decayed.size(); i++) {
            Decayed group = decayed.get(i);
            group.group().weightDecay((float) (decay * group.factor()));
        }
        network.dropouts().forEach(layer -> layer.p(dropout));
    }
}
