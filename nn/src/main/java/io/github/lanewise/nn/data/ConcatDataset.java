package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.ObjectPool;

import java.util.Arrays;
import java.util.List;

/** The samples of several datasets, one dataset after the other. */
final class ConcatDataset implements Dataset {

    private final List<Dataset> parts;
    private final int[] starts;
    private final Targets targets;

    /** Rooms for one sample of each part, so that the next batches make none. */
    private final ObjectPool<Room> rooms = new ObjectPool<>(Room::new);

    private final class Room {
        final int[] row = new int[1];
        final Lengths lengths = lengthBuffer(1);
        final Matrix inputs = Matrix.zeros(1, shape().features());
        final Targets[] targets =
                parts.stream().map(part -> part.targetBuffer(1)).toArray(Targets[]::new);
    }

    ConcatDataset(Dataset... parts) {
        this.parts = List.of(parts);
        if (parts.length == 0) {
            throw new IllegalArgumentException("concat: no datasets; give at least one");
        }
        this.starts = new int[parts.length + 1];
        Targets like = parts[0].targetBuffer(1);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].shape().equals(parts[0].shape())) {
                throw new IllegalArgumentException(
                        "concat: samples of dataset 0 are %s, of dataset %s %s; they must be alike"
                                .formatted(parts[0].shape(), i, parts[i].shape()));
            }
            Dataset.requireRandomAccess("concat", parts[i]);
            TargetRows.requireAlike("concat", "dataset", like, parts[i].targetBuffer(1), i);
            if ((parts[i].lengthBuffer(1) == null) != (parts[0].lengthBuffer(1) == null)) {
                throw new IllegalArgumentException(
                        "concat: samples of dataset 0 or of dataset %s are sequences of unequal length, of the other not; they must be alike"
                                .formatted(i));
            }
            starts[i + 1] = Math.addExact(starts[i], parts[i].size());
        }
        boolean known = this.parts.stream().allMatch(part -> part.targets() != null);
        this.targets = known ? joined() : null;
    }

    private Targets joined() {
        Targets all = parts.getFirst().targetBuffer(size());
        for (int i = 0; i < parts.size(); i++) {
            Targets part = parts.get(i).targets();
            for (int j = 0; j < part.size(); j++) {
                TargetRows.copy(part, j, all, starts[i] + j);
            }
        }
        return all;
    }

    @Override
    public int size() {
        return starts[parts.size()];
    }

    @Override
    public Shape shape() {
        return parts.getFirst().shape();
    }

    @Override
    public List<Shape> shapes() {
        return parts.getFirst().shapes();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public Targets targetBuffer(int batch) {
        return parts.getFirst().targetBuffer(batch);
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets into) {
        gather(rows, NO_EPOCH, inputs, into);
    }

    @Override
    public void gather(int[] rows, long epoch, Matrix inputs, Targets into) {
        Room room = rooms.take();
        for (int i = 0; i < inputs.rows(); i++) {
            int part = part(rows[i]);
            room.row[0] = rows[i] - starts[part];
            Targets one = room.targets[part];
            parts.get(part).gather(room.row, epoch, room.inputs, one);
            System.arraycopy(
                    room.inputs.data(),
                    0,
                    inputs.data(),
                    inputs.offset() + i * inputs.ld(),
                    inputs.cols());
            TargetRows.copy(one, 0, into, i);
        }
        rooms.give(room);
    }

    @Override
    public Lengths lengthBuffer(int batch) {
        return parts.getFirst().lengthBuffer(batch);
    }

    @Override
    public void gatherLengths(int[] rows, Lengths into) {
        Room room = rooms.take();
        for (int i = 0; i < into.batch(); i++) {
            int part = part(rows[i]);
            room.row[0] = rows[i] - starts[part];
            parts.get(part).gatherLengths(room.row, room.lengths);
            for (int p = 0; p < into.parts(); p++) {
                if (into.part(p) != null) {
                    into.part(p).set(i, room.lengths.part(p).at(0));
                }
            }
        }
        rooms.give(room);
    }

    private int part(int row) {
        int found = Arrays.binarySearch(starts, row);
        return found >= 0 ? lastAt(found) : -found - 2;
    }

    /** Empty parts start where the next does. */
    private int lastAt(int found) {
        int part = found;
        while (part + 1 < parts.size() && starts[part + 1] == starts[part]) {
            part++;
        }
        return part;
    }
}
