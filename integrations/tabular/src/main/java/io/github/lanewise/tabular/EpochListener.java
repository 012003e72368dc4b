package io.github.lanewise.tabular;

/** Is told of each epoch of training. */
@FunctionalInterface
public interface EpochListener {

    /**
     * Comes after an epoch.
     *
     * @param epoch what it did
     * @param epochs how many there are to be
     */
    void onEpoch(TrainingHistory.Epoch epoch, int epochs);
}
