package io.github.lanewise.nn.schedule;

import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.util.function.LongConsumer;

/** Sets numbers of an optimizer before each epoch; epochs count from its first use on. */
final class EpochCallback implements TrainerCallback {

    private final LongConsumer setter;
    private long epoch;

    EpochCallback(LongConsumer setter) {
        this.setter = setter;
    }

    @Override
    public void onEpochBegin(Progress progress) {
        setter.accept(epoch++);
    }

    @Override
    public void save(StateWriter out) {
        out.put("epoch", epoch);
    }

    @Override
    public void load(StateReader in) throws IOException {
        epoch = in.get("epoch").asLong();
    }
}
