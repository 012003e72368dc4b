package io.github.lanewise.spark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Writes the features of rows into a file, and keeps their labels and weights. */
final class RowWriter {

    private static final int BUFFER = 1 << 20;

    private final FileChannel file;
    private final TrainingPlan plan;
    private final ByteBuffer buffer;
    private final float[] row;
    private final float[] labels;
    private final float[] weights;
    private final Moments moments;
    private int rows;

    RowWriter(FileChannel file, TrainingPlan plan) {
        this.file = file;
        this.plan = plan;
        this.row = new float[plan.features()];
        this.buffer =
                ByteBuffer.allocateDirect(Math.max(BUFFER, Float.BYTES * row.length))
                        .order(ByteOrder.nativeOrder());
        this.labels = new float[plan.rows()];
        this.weights = new float[plan.weighted() ? plan.rows() : 0];
        this.moments = new Moments(row.length);
    }

    void write(byte[] encoded) throws IOException {
        if (rows == labels.length) {
            throw changed("more");
        }
        RowCodec.features(encoded, row);
        labels[rows] = RowCodec.label(encoded);
        if (weights.length > 0) {
            weights[rows] = RowCodec.weight(encoded);
        }
        moments.add(row, labels[rows]);
        rows++;
        if (buffer.remaining() < Float.BYTES * row.length) {
            flush();
        }
        for (float value : row) {
            buffer.putFloat(value);
        }
    }

    void end() throws IOException {
        flush();
        if (rows < labels.length) {
            throw changed(rows + "");
        }
    }

    private IOException changed(String found) {
        return new IOException(
                "%s rows were counted, and %s came; rows that change when they are read again must be cached or written first"
                        .formatted(labels.length, found));
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    float[] labels() {
        return labels;
    }

    float[] weights() {
        return weights;
    }

    Moments moments() {
        return moments;
    }
}
