package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import java.util.Objects;

/** Samples that are whole numbers, such as words, made floats while a batch is gathered. */
record IntDataset(int[] numbers, Shape shape, Targets targets) implements Dataset {

    /** From here on, not every whole number is a float. */
    private static final int MOST = 1 << 24;

    IntDataset {
        Objects.requireNonNull(numbers, "numbers");
        Objects.requireNonNull(shape, "shape");
        if (numbers.length % shape.features() != 0) {
            throw new IllegalArgumentException(
                    "Dataset: %s numbers for samples of shape %s; they must be a multiple of %s"
                            .formatted(numbers.length, shape, shape.features()));
        }
        TargetRows.requireSize(targets, numbers.length / shape.features());
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] > MOST || numbers[i] < -MOST) {
                throw new IllegalArgumentException(
                        ("Dataset: sample %s has the number %s; layers compute in floats, which"
                                        + " hold whole numbers up to %s exactly: number what it"
                                        + " stands for anew, from 0")
                                .formatted(i / shape.features(), numbers[i], MOST));
            }
        }
    }

    /** Joins equally long rows. */
    static Dataset join(int[][] rows, Targets targets) {
        Objects.requireNonNull(rows, "rows");
        if (rows.length == 0 || Objects.requireNonNull(rows[0], "rows[0]").length == 0) {
            throw new IllegalArgumentException(
                    "Dataset: no numbers; give at least one row of one number");
        }
        int length = rows[0].length;
        int[] all = new int[Math.multiplyExact(rows.length, length)];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                throw new NullPointerException("Dataset: rows[%s] is null".formatted(i));
            }
            if (rows[i].length != length) {
                throw new IllegalArgumentException(
                        ("Dataset: rows differ in length: row 0 has %s, row %s has %s; fill the"
                                        + " shorter ones with a padding index")
                                .formatted(length, i, rows[i].length));
            }
            System.arraycopy(rows[i], 0, all, i * length, length);
        }
        return new IntDataset(all, new Shape(length), targets);
    }

    @Override
    public int size() {
        return numbers.length / shape.features();
    }

    @Override
    public Targets targetBuffer(int batch) {
        return TargetRows.buffer(targets, batch);
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets into) {
        int features = shape.features();
        for (int i = 0; i < inputs.rows(); i++) {
            int from = Objects.checkIndex(rows[i], size()) * features;
            int to = inputs.offset() + i * inputs.ld();
            for (int j = 0; j < features; j++) {
                inputs.data()[to + j] = numbers[from + j];
            }
        }
        TargetRows.gather(targets, rows, into);
    }
}
