package io.github.lanewise.nn.augment;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.data.WrappedDataset;
import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.internal.ObjectPool;

import java.util.List;

/**
 * A dataset whose samples are made anew for each epoch of training.
 *
 * <pre>{@code
 * Dataset train = new AugmentedDataset(digits, seed, new RandomCrop(2), new RandomErasing(0.25));
 * trainer.prefetch(4).fit(train, 15, 64);
 * }</pre>
 *
 * <p>What becomes of a sample is a function of (seed, epoch, number of the sample): the same in any
 * order, on any number of threads and machines, and after a checkpoint. Outside of training, for
 * {@code evaluate}, {@code predict} and validation, samples are as they are.
 */
public final class AugmentedDataset extends WrappedDataset {

    private final RandomStream stream;
    private final List<Augmentation> augmentations;
    private final ObjectPool<Room> rooms = new ObjectPool<>(Room::new);

    /** A sample before and after. */
    private final class Room {
        private float[] from = new float[source.shape().features()];
        private float[] to = new float[source.shape().features()];

        private void swap() {
            float[] kept = from;
            from = to;
            to = kept;
        }
    }

    /**
     * Makes a dataset.
     *
     * @param augmentations applied in this order
     * @throws IllegalArgumentException if one cannot take such samples
     */
    public AugmentedDataset(Dataset source, long seed, Augmentation... augmentations) {
        super(source);
        this.stream = new RandomStream(seed).stream("augmentation");
        this.augmentations = List.of(augmentations);
        this.augmentations.forEach(augmentation -> augmentation.check(source.shape()));
    }

    @Override
    public void gather(int[] rows, long epoch, Matrix inputs, Targets targets) {
        source.gather(rows, epoch, inputs, targets);
        if (epoch == NO_EPOCH) {
            return;
        }
        RandomStream ofEpoch = stream.stream(epoch);
        Room room = rooms.take();
        for (int i = 0; i < inputs.rows(); i++) {
            int at = inputs.offset() + i * inputs.ld();
            System.arraycopy(inputs.data(), at, room.from, 0, inputs.cols());
            augment(room, ofEpoch.stream(rows[i]));
            System.arraycopy(room.from, 0, inputs.data(), at, inputs.cols());
        }
        rooms.give(room);
    }

    private void augment(Room room, RandomStream ofSample) {
        for (int i = 0; i < augmentations.size(); i++) {
            augmentations.get(i).apply(shape(), room.from, room.to, ofSample.stream(i));
            room.swap();
        }
    }
}
