package io.github.lanewise.nn.train;

/** Watches {@link Trainer#fit}, and may end it with {@link Progress#stop()}. */
public interface TrainerCallback {

    /** Comes before the first batch of an epoch. */
    default void onEpochBegin(Progress progress) {}

    /** Comes after each batch; keep it short. */
    default void onBatchEnd(Progress progress) {}

    /** Comes after the last batch of an epoch and the validation, if there is one. */
    default void onEpochEnd(Progress progress) {}
}
