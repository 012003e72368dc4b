package io.github.lanewise.spark;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.loss.Loss;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.optim.AdamW;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.schedule.LinearLR;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import org.apache.spark.BarrierTaskContext;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The training of one worker, once it has its rows and has met the others. */
final class Learning {

    /** The metadata of a model file that holds the loss of each epoch. */
    static final String LOSSES = "trainingLoss";

    private static final float MOMENTUM = 0.9f;

    private final TrainingPlan plan;
    private final RowFile rows;
    private final Collective workers;
    private final BarrierTaskContext context;

    /** Ends training alike on all workers: they all see the same loss. */
    private static final class Diverged extends RuntimeException {
        private static final long serialVersionUID = 1;

        Diverged(String message) {
            super(message);
        }
    }

    Learning(TrainingPlan plan, RowFile rows, Collective workers, BarrierTaskContext context) {
        this.plan = plan;
        this.rows = rows;
        this.workers = workers;
        this.context = context;
    }

    /**
     * @param from the checkpoint to go on from, or null
     */
    Outcome run(CheckpointStore checkpoints, Path from) throws IOException {
        Layer network = Networks.scaled(Networks.of(plan), plan, rows.moments());
        Loss loss = plan.classes() ? new SoftmaxCrossEntropy() : new MSELoss();
        Optimizer optimizer = optimizer();
        Trainer trainer =
                new Trainer(network, loss, optimizer)
                        .seed(plan.seed())
                        .collective(workers)
                        .checkpoints(checkpoints.checkpoints());
        if (from != null) {
            trainer.resume(from);
        }
        try {
            History history =
                    trainer.fit(
                            rows,
                            plan.epochs(),
                            plan.batchSize(),
                            callbacks(optimizer, checkpoints).toArray(TrainerCallback[]::new));
            if (workers.rank() != 0) {
                return new Outcome(null, null, report());
            }
            checkpoints.forget();
            return new Outcome(file(network, history), null, report());
        } catch (Diverged e) {
            return new Outcome(null, workers.rank() == 0 ? e.getMessage() : null, report());
        }
    }

    private Optimizer optimizer() {
        float rate = (float) plan.learningRate();
        float decay = (float) plan.weightDecay();
        Optimizer optimizer =
                switch (plan.optimizer()) {
                    case "sgd" -> new SGD(rate).momentum(MOMENTUM);
                    case "adamw" -> new AdamW(rate);
                    default -> new Adam(rate);
                };
        return optimizer.weightDecay(decay);
    }

    private List<TrainerCallback> callbacks(Optimizer optimizer, CheckpointStore checkpoints) {
        List<TrainerCallback> all = new ArrayList<>();
        long steps = (long) plan.epochs() * Math.ceilDiv(plan.rows(), plan.batchSize());
        if (plan.schedule().equals("linear")) {
            all.add(new LinearLR((float) plan.learningRate(), 1, 0, steps).perStep(optimizer));
        }
        all.add(new Watch());
        if (workers.rank() == 0) {
            all.add(checkpoints);
        }
        return all;
    }

    /** Gives up when Spark wants the task to end, or the loss is no number any more. */
    private final class Watch implements TrainerCallback {

        @Override
        public void onBatchEnd(Progress progress) {
            context.killTaskIfInterrupted();
            if (!Float.isFinite(progress.batchLoss())) {
                throw new Diverged(
                        "training has diverged: the loss is %s at batch %s of epoch %s; lower learningRate (%s)%s"
                                .formatted(
                                        progress.batchLoss(),
                                        progress.batch(),
                                        progress.epoch(),
                                        plan.learningRate(),
                                        plan.standardization()
                                                ? ""
                                                : ", or set standardization to true"));
            }
        }
    }

    private byte[] file(Layer network, History history) throws IOException {
        Layer whole = Networks.unscaled(network, plan, rows.moments());
        List<Double> losses = history.epochs().stream().map(History.Epoch::loss).toList();
        return ModelBytes.of(
                new ModelFile(whole).inputShape(plan.shape()).metadata(LOSSES, Json.of(losses)));
    }

    private String report() {
        return workers.report().toString();
    }
}
