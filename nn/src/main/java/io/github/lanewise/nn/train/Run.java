package io.github.lanewise.nn.train;

import io.github.lanewise.nn.data.Dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One call of {@link Trainer#fit}: its epochs, callbacks and checkpoints. */
final class Run {

    private final Trainer trainer;
    private final RunSettings settings;
    private final RunPosition position;
    private final Progress progress;
    private final List<TrainerCallback> callbacks;
    private final List<History.Epoch> done = new ArrayList<>();
    private final Checkpoint checkpoint;

    Run(
            Trainer trainer,
            RunSettings settings,
            RunPosition position,
            Dataset dataset,
            int batchSize,
            Progress progress,
            List<TrainerCallback> callbacks) {
        this.trainer = trainer;
        this.settings = settings;
        this.position = position;
        this.progress = progress;
        this.callbacks = callbacks;
        this.checkpoint =
                new Checkpoint(settings, position, dataset, batchSize, progress, callbacks, done);
    }

    History go(Fitting fitting) {
        boolean inEpoch = settings.resumeFrom != null && resume();
        if (settings.collective != null) {
            checkpoint.requireSameBegin(settings.collective);
            progress.stopByAgreement();
        }
        callbacks.forEach(callback -> callback.onTrainBegin(progress));
        try {
            while (inEpoch || progress.epoch() < progress.epochs() && !progress.stopped()) {
                fitting.order(settings.shuffling(position.epoch), settings.shuffle, position.epoch);
                if (!inEpoch) {
                    progress.beginEpoch();
                    callbacks.forEach(callback -> callback.onEpochBegin(progress));
                }
                inEpoch = false;
                runEpoch(fitting);
                if (settings.collective != null && !progress.stopped()) {
                    agreeToStop();
                }
            }
            if (settings.collective != null) {
                checkpoint.requireSameEnd(settings.collective);
            }
            saved(() -> settings.checkpoints.end(checkpoint, false));
        } finally {
            callbacks.forEach(callback -> callback.onTrainEnd(progress));
        }
        return new History(done);
    }

    /** Between epochs; within one, workers tell each other with the next batch. */
    private void agreeToStop() {
        byte[] mine = {(byte) (progress.isToldToStop() ? 1 : 0)};
        for (byte[] one : settings.collective.gather(mine)) {
            if (one[0] != 0) {
                progress.agreeToStop();
            }
        }
    }

    /** Returns whether it is in the middle of an epoch. */
    private boolean resume() {
        try {
            return checkpoint.load(settings.resumeFrom);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            settings.resumeFrom = null;
        }
    }

    private void runEpoch(Fitting fitting) {
        while (progress.samples() < fitting.samples() && !progress.stopped()) {
            fitting.step(progress, callbacks);
            if (Thread.currentThread().isInterrupted()) {
                progress.stop();
            }
            if (progress.samples() < fitting.samples() && !progress.stopped()) {
                saved(() -> settings.checkpoints.afterStep(checkpoint));
            }
        }
        if (progress.samples() < fitting.samples()) {
            saved(() -> settings.checkpoints.end(checkpoint, true));
        }
        progress.endTraining();
        Evaluation training = progress.training();
        double seconds = progress.seconds();
        position.epoch++;
        if (settings.validation != null) {
            progress.validation(validate());
            callbacks.forEach(callback -> callback.onValidationEnd(progress));
        }
        done.add(new History.Epoch(training, seconds, progress.validation()));
        callbacks.forEach(callback -> callback.onEpochEnd(progress));
        if (progress.samples() == fitting.samples()) {
            saved(() -> settings.checkpoints.afterEpoch(checkpoint, done.getLast()));
        }
    }

    private Evaluation validate() {
        return settings.average == null
                ? trainer.evaluate(settings.validation)
                : settings.average.use(() -> trainer.evaluate(settings.validation));
    }

    /** Writes checkpoints, if there are any to write. */
    private void saved(Writing writing) {
        if (settings.checkpoints != null && settings.isWriter()) {
            try {
                writing.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
