package io.github.lanewise.examples;

import io.github.lanewise.tabular.EpochListener;
import io.github.lanewise.tabular.TrainingHistory;
import io.github.lanewise.tensorboard.SummaryWriter;

import java.nio.file.Path;

/** Writes what the networks of a table's training do for TensorBoard, each as a run of its own. */
final class FitBoard implements EpochListener, AutoCloseable {

    private final Path folder;
    private int networks;
    private SummaryWriter writer;

    FitBoard(Path folder) {
        this.folder = folder;
    }

    @Override
    public void onEpoch(TrainingHistory.Epoch epoch, int epochs) {
        if (epoch.number() == 1) {
            close();
            networks++;
            writer = new SummaryWriter(folder.resolve("network-" + networks));
        }
        writer.addScalar("epoch/loss", epoch.loss(), epoch.number());
        writer.addScalar("epoch/validation", epoch.validation(), epoch.number());
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
