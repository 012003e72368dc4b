package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.ObjectPool;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Samples of a dataset, of each of which a function makes another. */
final class TransformedDataset extends WrappedDataset {

    private final Shape shape;
    private final SampleFunction function;
    private final ObjectPool<Room> rooms = new ObjectPool<>(Room::new);

    /** What one thread needs: the samples as they were, and one as an array of its own. */
    private final class Room {
        Matrix batch = Matrix.zeros(1, source.shape().features());
        final float[] sample = new float[source.shape().features()];
        final float[] made = new float[shape.features()];

        Matrix batch(int rows) {
            if (batch.rows() != rows) {
                batch = Matrix.zeros(rows, sample.length);
            }
            return batch;
        }
    }

    TransformedDataset(Dataset source, Shape shape, SampleFunction function) {
        super(source);
        this.shape = Objects.requireNonNull(shape, "shape");
        this.function = Objects.requireNonNull(function, "function");
        boolean sameSteps = shape.dimension(0) == source.shape().dimension(0);
        if (source.lengthBuffer(1) != null && !sameSteps) {
            throw new IllegalArgumentException(
                    "map: from %s to %s; sequences of unequal length must keep their steps"
                            .formatted(source.shape(), shape));
        }
    }

    @Override
    public Shape shape() {
        return shape;
    }

    /** Returns one: the function may have put what lay side by side in another order. */
    @Override
    public List<Shape> shapes() {
        return List.of(shape);
    }

    @Override
    public void gather(int[] rows, long epoch, Matrix inputs, Targets targets) {
        Room room = rooms.take();
        Matrix batch = room.batch(inputs.rows());
        source.gather(rows, epoch, batch, targets);
        for (int i = 0; i < batch.rows(); i++) {
            System.arraycopy(batch.data(), i * batch.cols(), room.sample, 0, batch.cols());
            Arrays.fill(room.made, 0);
            function.apply(room.sample, room.made);
            int to = inputs.offset() + i * inputs.ld();
            System.arraycopy(room.made, 0, inputs.data(), to, room.made.length);
        }
        rooms.give(room);
    }
}
