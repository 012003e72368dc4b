package io.github.lanewise.nn.callback;

import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Stops after the batch in which a time is over, counted from the beginning of the call of fit. */
public final class StopAfter implements TrainerCallback {

    private final long nanos;
    private long begin;

    /** Makes it for so much time. */
    public StopAfter(Duration time) {
        nanos = TimeUnit.NANOSECONDS.convert(Objects.requireNonNull(time, "time"));
    }

    @Override
    public void onTrainBegin(Progress progress) {
        begin = System.nanoTime();
    }

    @Override
    public void onBatchEnd(Progress progress) {
        if (System.nanoTime() - begin >= nanos) {
            progress.stop();
        }
    }
}
