package io.github.lanewise.spark;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;

/**
 * A worker's rows, in a file of its own that is mapped into memory: as many as the disk holds, and
 * none of them on the heap but labels and weights. The file has no name any more once it is open.
 */
final class RowFile implements Dataset, AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final MemorySegment values;
    private final int rows;
    private final int features;
    private final Shape shape;
    private final Targets targets;
    private final Moments moments;

    private RowFile(
            FileChannel file, TrainingPlan plan, float[] labels, float[] weights, Moments moments)
            throws IOException {
        this.values = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
        this.rows = labels.length;
        this.features = plan.features();
        this.shape = plan.shape();
        this.moments = moments;
        Targets plain = plan.classes() ? classes(labels) : numbers(labels, moments, plan);
        this.targets = plan.weighted() ? Targets.weighted(plain, weights) : plain;
    }

    /**
     * Writes the rows.
     *
     * @param folder where there is room
     * @param source the rows in order
     * @throws IOException if the disk is full, or there are not as many rows as were counted
     */
    static RowFile of(Path folder, TrainingPlan plan, Iterator<byte[]> source) throws IOException {
        Path path = Files.createTempFile(folder, "lanewise-rows", ".floats");
        try (FileChannel file =
                FileChannel.open(
                        path,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
            RowWriter writer = new RowWriter(file, plan);
            while (source.hasNext()) {
                writer.write(source.next());
            }
            writer.end();
            return new RowFile(file, plan, writer.labels(), writer.weights(), writer.moments());
        } catch (IOException e) {
            throw new IOException(
                    "%s: the rows cannot be kept in %s: %s"
                            .formatted(plan.estimator(), folder, e.getMessage()),
                    e);
        }
    }

    private static Targets classes(float[] labels) {
        int[] classes = new int[labels.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = (int) labels[i];
        }
        return Targets.labels(classes);
    }

    private static Targets numbers(float[] labels, Moments moments, TrainingPlan plan) {
        for (int i = 0; plan.standardization() && i < labels.length; i++) {
            labels[i] =
                    (float) ((labels[i] - (double) moments.labelMean()) / moments.labelDeviation());
        }
        return Targets.values(Matrix.of(labels, labels.length, 1));
    }

    /** Returns means and variances, added up in the order of the rows. */
    Moments moments() {
        return moments;
    }

    @Override
    public int size() {
        return rows;
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
        return switch (targets) {
            case Targets.Weighted weighted ->
                    Targets.weighted(buffer(weighted.targets(), batch), new float[batch]);
            default -> buffer(targets, batch);
        };
    }

    private static Targets buffer(Targets plain, int batch) {
        return plain instanceof Targets.Labels
                ? Targets.labels(new int[batch])
                : Targets.values(Matrix.zeros(batch, 1));
    }

    @Override
    public void gather(int[] numbers, Matrix inputs, Targets into) {
        for (int i = 0; i < inputs.rows(); i++) {
            long from = (long) numbers[i] * features * Float.BYTES;
            int place = inputs.offset() + i * inputs.ld();
            MemorySegment.copy(
                    values, ValueLayout.JAVA_FLOAT, from, inputs.data(), place, features);
        }
        gather(targets, numbers, into);
    }

    private static void gather(Targets from, int[] numbers, Targets into) {
        switch (into) {
            case Targets.Labels labels -> {
                int[] all = ((Targets.Labels) from).classes();
                for (int i = 0; i < labels.size(); i++) {
                    labels.classes()[i] = all[numbers[i]];
                }
            }
            case Targets.Values values -> {
                float[] all = ((Targets.Values) from).rows().data();
                Matrix rows = values.rows();
                for (int i = 0; i < rows.rows(); i++) {
                    rows.data()[rows.offset() + i * rows.ld()] = all[numbers[i]];
                }
            }
            case Targets.Weighted weighted -> {
                Targets.Weighted all = (Targets.Weighted) from;
                gather(all.targets(), numbers, weighted.targets());
                for (int i = 0; i < weighted.weights().length; i++) {
                    weighted.weights()[i] = all.weights()[numbers[i]];
                }
            }
            default -> throw new IllegalStateException("no such targets: " + into);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
