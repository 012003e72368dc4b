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
    private boolean interrupted;

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

    /**
     * @param validation on what the model is measured after each epoch; null for nothing
     */
    History go(EpochSteps steps, Dataset validation) {
        try {
            noteInterruption();
            return goOn(steps, validation);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An interrupted thread can neither read nor write a file, so it is one again at the end. */
    private boolean noteInterruption() {
        boolean now = Thread.interrupted();
        interrupted |= now;
        return now;
    }

    private History goOn(EpochSteps steps, Dataset validation) {
        boolean inEpoch = settings.resumeFrom != null && resume();
        saved(() -> settings.checkpoints.begin());
        if (settings.collective != null) {
            checkpoint.requireSameBegin(settings.collective, trainer.loss());
            progress.stopByAgreement();
        }
        Throwable failure = null;
        int begun = 0;
        try {
            for (TrainerCallback callback : callbacks) {
                callback.onTrainBegin(progress);
                begun++;
            }
            while (inEpoch || progress.epoch() < progress.epochs() && !progress.stopped()) {
                steps.order(settings.shuffling(position.epoch), settings.shuffle, position.epoch);
                if (!inEpoch) {
                    progress.beginEpoch();
                    callbacks.forEach(callback -> callback.onEpochBegin(progress));
                }
                inEpoch = false;
                runEpoch(steps, validation);
                if (settings.collective != null && !progress.stopped()) {
                    agreeToStop();
                }
            }
            if (settings.collective != null) {
                checkpoint.requireSameEnd(settings.collective);
            }
            saved(() -> settings.checkpoints.end(checkpoint, false));
        } catch (Throwable e) {
            failure = e;
        }
        endAll(callbacks.subList(0, begun), failure);
        return new History(done);
    }

    /** Tells those that were told the beginning, whatever one throws, and throws the first. */
    private void endAll(List<TrainerCallback> begun, Throwable failure) {
        Throwable first = failure;
        for (TrainerCallback callback : begun) {
            try {
                callback.onTrainEnd(progress);
            } catch (Throwable e) {
                if (first == null) {
                    first = e;
                } else if (first != e) {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw Run.<RuntimeException>unchecked(first);
        }
    }

    /** Lets through what callbacks in other languages throw, checked exceptions included. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable any) throws T {
        throw (T) any;
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

    private void runEpoch(EpochSteps steps, Dataset validation) {
        while (progress.samples() < steps.samples() && !progress.stopped()) {
            steps.step(progress, callbacks);
            noteInterruption();
            if (interrupted) {
                progress.stop();
            }
            if (progress.samples() < steps.samples() && !progress.stopped()) {
                saved(() -> settings.checkpoints.afterStep(checkpoint));
            }
        }
        if (progress.samples() < steps.samples()) {
            saved(() -> settings.checkpoints.end(checkpoint, true));
        }
        progress.endTraining();
        Evaluation training = progress.training();
        double seconds = progress.seconds();
        position.epoch++;
        if (validation != null) {
            progress.validation(validate(validation));
            callbacks.forEach(callback -> callback.onValidationEnd(progress));
        }
        done.add(new History.Epoch(training, seconds, progress.validation()));
        callbacks.forEach(callback -> callback.onEpochEnd(progress));
        if (progress.samples() == steps.samples()) {
            saved(() -> settings.checkpoints.afterEpoch(checkpoint, done.getLast()));
        }
    }

    private Evaluation validate(Dataset validation) {
        return settings.average == null
                ? trainer.evaluate(validation)
                : settings.average.use(() -> trainer.evaluate(validation));
    }

    /** Writes checkpoints, if there are any to write: what an interruption breaks off, again. */
    private void saved(Writing writing) {
        boolean left = settings.checkpoints != null && settings.isWriter();
        while (left) {
            noteInterruption();
            try {
                writing.run();
                left = false;
            } catch (IOException e) {
                if (!noteInterruption()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
