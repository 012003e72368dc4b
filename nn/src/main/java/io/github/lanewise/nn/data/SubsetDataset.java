package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.ObjectPool;

import java.util.List;
import java.util.Objects;

/** Some samples of a dataset, in an order of their own, or those of a range. */
final class SubsetDataset implements Dataset {

    private final Dataset whole;
    private final int[] rows;
    private final int first;
    private final int size;
    private final Targets targets;
    private final ObjectPool<Room> rooms = new ObjectPool<>(Room::new);

    /** The numbers of a batch in the whole. */
    private static final class Room {
        private int[] rows = {};

        int[] rows(int count) {
            if (rows.length != count) {
                rows = new int[count];
            }
            return rows;
        }
    }

    /** Takes chosen samples. */
    SubsetDataset(Dataset whole, int[] rows) {
        this(whole, rows.clone(), 0, rows.length);
    }

    /** Takes a range, which needs no list of numbers. */
    SubsetDataset(Dataset whole, int from, int to) {
        this(whole, null, from, to - from);
    }

    private SubsetDataset(Dataset whole, int[] rows, int first, int size) {
        this.whole = Objects.requireNonNull(whole, "whole");
        Dataset.requireRandomAccess("subset", whole);
        this.rows = rows;
        this.first = first;
        this.size = size;
        if (rows != null) {
            for (int i = 0; i < rows.length; i++) {
                requireSample(i, rows[i], whole.size());
            }
        }
        this.targets = whole.targets() == null ? null : copied();
    }

    private static void requireSample(int at, int number, int size) {
        if (number < 0 || number >= size) {
            throw new IndexOutOfBoundsException(
                    "subset: number %s at position %s; the dataset has samples 0 to %s"
                            .formatted(number, at, size - 1));
        }
    }

    private int row(int sample) {
        return rows == null ? first + Objects.checkIndex(sample, size) : rows[sample];
    }

    private Targets copied() {
        Targets buffer = whole.targetBuffer(size);
        for (int i = 0; i < size; i++) {
            TargetRows.copy(whole.targets(), row(i), buffer, i);
        }
        return buffer;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Shape shape() {
        return whole.shape();
    }

    @Override
    public List<Shape> shapes() {
        return whole.shapes();
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public Targets targetBuffer(int batch) {
        return whole.targetBuffer(batch);
    }

    @Override
    public void gather(int[] chosen, Matrix inputs, Targets into) {
        gather(chosen, NO_EPOCH, inputs, into);
    }

    @Override
    public void gather(int[] chosen, long epoch, Matrix inputs, Targets into) {
        Room room = rooms.take();
        whole.gather(mapped(chosen, room.rows(inputs.rows())), epoch, inputs, into);
        rooms.give(room);
    }

    private int[] mapped(int[] chosen, int[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = row(chosen[i]);
        }
        return into;
    }

    @Override
    public Lengths lengthBuffer(int batch) {
        return whole.lengthBuffer(batch);
    }

    @Override
    public void gatherLengths(int[] chosen, Lengths lengths) {
        Room room = rooms.take();
        whole.gatherLengths(mapped(chosen, room.rows(chosen.length)), lengths);
        rooms.give(room);
    }

    @Override
    public List<Dataset> buckets() {
        return whole.buckets().size() == 1
                ? List.of(this)
                : whole.buckets().stream()
                        .<Dataset>map(bucket -> new SubsetDataset(bucket, rows, first, size))
                        .toList();
    }

    @Override
    public int bucket(int sample) {
        return whole.bucket(row(sample));
    }
}
