package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.internal.ObjectPool;
import io.github.lanewise.nn.internal.RowCopy;

/** Samples of a dataset with other targets: given ones, or the samples themselves. */
final class RelabelledDataset extends WrappedDataset {

    private final Targets targets;

    /** What the source writes its own targets into, by batch size. */
    private final ObjectPool<Room> unread = new ObjectPool<>(Room::new);

    private static final class Room {
        private Targets buffer;

        Targets of(Dataset source, int batch) {
            if (buffer == null || buffer.size() != batch) {
                buffer = source.targetBuffer(batch);
            }
            return buffer;
        }
    }

    /**
     * @param targets null for the samples themselves
     */
    RelabelledDataset(Dataset source, Targets targets) {
        super(source);
        this.targets = targets;
        if (targets != null) {
            TargetRows.requireSize(targets, source.size());
        }
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public Targets targetBuffer(int batch) {
        return targets == null
                ? Targets.values(Matrix.zeros(batch, shape().features()))
                : TargetRows.buffer(targets, batch);
    }

    @Override
    public void gather(int[] rows, long epoch, Matrix inputs, Targets into) {
        Room room = unread.take();
        source.gather(rows, epoch, inputs, room.of(source, inputs.rows()));
        unread.give(room);
        if (targets != null) {
            TargetRows.gather(targets, rows, into);
            return;
        }
        RowCopy.copy(inputs, ((Targets.Values) into).rows());
    }
}
