package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Engine;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.MappedArray;
import io.github.lanewise.nn.internal.ObjectPool;

import java.util.Arrays;
import java.util.Objects;

/** Samples that are rows of an array in a file; targets in memory, or rows of another file. */
final class MappedDataset implements Dataset {

    private final MappedArray samples;
    private final Shape shape;
    private final float scale;
    private final float shift;
    private final Targets targets;
    private final MappedArray targetRows;
    private final ObjectPool<Room> rooms = new ObjectPool<>(Room::new);

    /** The bytes of a batch, and the numbers of its rows in them. */
    private static final class Room {
        private byte[] bytes = {};
        private int[] rows = {};

        void resize(int count, int features) {
            if (rows.length != count) {
                rows = new int[count];
                Arrays.setAll(rows, i -> i);
                bytes = new byte[Math.multiplyExact(count, features)];
            }
        }
    }

    /**
     * @param targets null if they are rows of a file
     * @param targetRows null if they are in memory
     */
    MappedDataset(
            MappedArray samples,
            float scale,
            float shift,
            Targets targets,
            MappedArray targetRows) {
        this.samples = Objects.requireNonNull(samples, "samples");
        this.scale = scale;
        this.shift = shift;
        this.targets = targets;
        this.targetRows = targetRows;
        if (samples.rows() == 0) {
            throw new IllegalArgumentException(
                    "Dataset: %s has no rows; give at least one".formatted(samples));
        }
        this.shape =
                samples.rowShape().isEmpty()
                        ? new Shape(1)
                        : new Shape(
                                samples.rowShape().stream().mapToInt(Math::toIntExact).toArray());
        if (targetRows == null) {
            TargetRows.requireSize(targets, samples.rows());
        } else if (targetRows.rows() != samples.rows()) {
            throw new IllegalArgumentException(
                    "Dataset: %s targets for %s samples; give one for each"
                            .formatted(targetRows.rows(), samples.rows()));
        }
    }

    @Override
    public int size() {
        return samples.rows();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public Targets targets() {
        return targets;
    }

    @Override
    public Targets targetBuffer(int batch) {
        if (targetRows == null) {
            return TargetRows.buffer(targets, batch);
        }
        int width = targetRows.width();
        return targetRows.dtype().isInteger()
                ? new Targets.Labels(new int[Math.multiplyExact(batch, width)], width)
                : Targets.values(Matrix.zeros(batch, width));
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets into) {
        if (samples.dtype() == DType.U8) {
            gatherBytes(rows, inputs);
        } else {
            gatherFloats(rows, inputs);
        }
        if (targetRows == null) {
            TargetRows.gather(targets, rows, into);
        } else {
            gatherTargets(rows, into);
        }
    }

    /** By the kernel that gathers bytes in memory, so that the bits are the same. */
    private void gatherBytes(int[] rows, Matrix inputs) {
        Room room = rooms.take();
        room.resize(inputs.rows(), samples.width());
        for (int i = 0; i < inputs.rows(); i++) {
            samples.readBytes(rows[i], room.bytes, i * samples.width());
        }
        Engine.singleThreadKernels().gatherRows(room.bytes, room.rows, scale, shift, inputs);
        rooms.give(room);
    }

    private void gatherFloats(int[] rows, Matrix inputs) {
        for (int i = 0; i < inputs.rows(); i++) {
            int to = inputs.offset() + i * inputs.ld();
            samples.readFloats(rows[i], inputs.data(), to);
            for (int j = 0; (scale != 1 || shift != 0) && j < inputs.cols(); j++) {
                inputs.data()[to + j] = Math.fma(inputs.data()[to + j], scale, shift);
            }
        }
    }

    private void gatherTargets(int[] rows, Targets into) {
        int width = targetRows.width();
        for (int i = 0; i < into.size(); i++) {
            if (into instanceof Targets.Labels labels) {
                targetRows.readInts(rows[i], labels.classes(), i * width);
            } else {
                Matrix values = ((Targets.Values) into).rows();
                targetRows.readFloats(rows[i], values.data(), values.offset() + i * values.ld());
            }
        }
    }
}
