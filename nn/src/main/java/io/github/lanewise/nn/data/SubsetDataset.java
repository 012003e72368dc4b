package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Some samples of a dataset, in an order of their own. */
final class SubsetDataset implements Dataset {

    private final Dataset whole;
    private final int[] rows;
    private final Targets targets;

    SubsetDataset(Dataset whole, int[] rows) {
        this.whole = Objects.requireNonNull(whole, "whole");
        Dataset.requireRandomAccess("subset", whole);
        this.rows = rows.clone();
        for (int row : rows) {
            Objects.checkIndex(row, whole.size());
        }
        this.targets = whole.targets() == null ? null : gathered();
    }

    private Targets gathered() {
        Targets buffer = whole.targetBuffer(rows.length);
        TargetRows.gather(whole.targets(), rows, buffer);
        return buffer;
    }

    @Override
    public int size() {
        return rows.length;
    }

    @Override
    public Shape shape() {
        return whole.shape();
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
        whole.gather(mapped(chosen, inputs.rows()), epoch, inputs, into);
    }

    private int[] mapped(int[] chosen, int count) {
        int[] mapped = Arrays.copyOf(chosen, Math.max(count, 0));
        for (int i = 0; i < count; i++) {
            mapped[i] = rows[chosen[i]];
        }
        return mapped;
    }

    @Override
    public Lengths lengthBuffer(int batch) {
        return whole.lengthBuffer(batch);
    }

    @Override
    public void gatherLengths(int[] chosen, Lengths lengths) {
        whole.gatherLengths(mapped(chosen, chosen.length), lengths);
    }

    @Override
    public List<Dataset> buckets() {
        return whole.buckets().size() == 1
                ? List.of(this)
                : whole.buckets().stream()
                        .<Dataset>map(bucket -> new SubsetDataset(bucket, rows))
                        .toList();
    }

    @Override
    public int bucket(int sample) {
        return whole.bucket(rows[sample]);
    }
}
