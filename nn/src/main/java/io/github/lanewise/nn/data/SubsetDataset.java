package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import java.util.Arrays;
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
        int count = inputs.rows();
        int[] mapped = Arrays.copyOf(chosen, Math.max(count, 0));
        for (int i = 0; i < count; i++) {
            mapped[i] = rows[chosen[i]];
        }
        whole.gather(mapped, epoch, inputs, into);
    }
}
