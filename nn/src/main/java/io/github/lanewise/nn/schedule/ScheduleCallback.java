package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.optim.Optimizer;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Sets numbers of an optimizer before each of its steps. */
final class ScheduleCallback implements TrainerCallback {

    private final Optimizer optimizer;
    private final LongConsumer setter;
    private long begin;

    /** Counts steps from now on. */
    ScheduleCallback(Optimizer optimizer, LongConsumer setter) {
        this.optimizer = optimizer;
        this.setter = setter;
        this.begin = optimizer.steps();
    }

    @Override
    public void onEpochBegin(Progress progress) {
        setter.accept(optimizer.steps() - begin);
    }

    @Override
    public void onBatchEnd(Progress progress) {
        setter.accept(optimizer.steps() - begin);
    }

    @Override
    public void save(StateWriter out) {
        out.put("begin", begin);
    }

    @Override
    public void load(StateReader in) throws IOException {
        begin = in.get("begin").asLong();
        setter.accept(optimizer.steps() - begin);
    }
}
