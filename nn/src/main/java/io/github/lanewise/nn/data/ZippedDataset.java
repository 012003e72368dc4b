package io.github.lanewise.nn.data;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.internal.Columns;
import io.github.lanewise.nn.internal.ObjectPool;

import java.util.Arrays;
import java.util.List;

/** Samples of several datasets side by side; each writes into its window of the batch. */
final class ZippedDataset implements Dataset {

    private static final Targets NOTHING = Targets.none(0);

    private final List<Dataset> parts;
    private final Dataset labelled;
    private final List<Shape> shapes;
    private final Shape shape;

    /** Windows onto the last batches, so that the next ones make none. */
    private final ObjectPool<Columns> columns;

    ZippedDataset(Dataset... parts) {
        this.parts = List.of(parts);
        requireSameSize();
        this.labelled = onlyLabelled();
        this.shapes = Arrays.stream(parts).map(Dataset::shape).toList();
        this.shape = shapes.size() == 1 ? shapes.getFirst() : new Shape(features());
        this.columns = new ObjectPool<>(() -> new Columns(shapes));
    }

    private int features() {
        return new Columns(shapes).features();
    }

    private void requireSameSize() {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("Dataset: nothing to zip; give at least one");
        }
        for (Dataset part : parts) {
            if (part.size() != parts.getFirst().size()) {
                throw new IllegalArgumentException(
                        "Dataset: %s and %s samples side by side; there must be as many of each"
                                .formatted(parts.getFirst().size(), part.size()));
            }
        }
    }

    private Dataset onlyLabelled() {
        List<Dataset> found =
                parts.stream()
                        .filter(part -> !(part.targetBuffer(1) instanceof Targets.None))
                        .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    ("Dataset: %s of %s datasets side by side have targets; give all targets to one"
                                    + " of them, Targets.none(%s) to the others")
                            .formatted(found.size(), parts.size(), size()));
        }
        return found.getFirst();
    }

    @Override
    public int size() {
        return parts.getFirst().size();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public List<Shape> shapes() {
        return shapes;
    }

    @Override
    public Targets targets() {
        return labelled.targets();
    }

    @Override
    public Targets targetBuffer(int batch) {
        return labelled.targetBuffer(batch);
    }

    @Override
    public boolean isSequential() {
        return parts.stream().anyMatch(Dataset::isSequential);
    }

    @Override
    public Lengths lengthBuffer(int batch) {
        return Lengths.several(
                parts.stream().map(part -> part.lengthBuffer(batch)).toArray(Lengths[]::new));
    }

    @Override
    public void gatherLengths(int[] rows, Lengths lengths) {
        for (int i = 0; i < parts.size(); i++) {
            if (lengths.part(i) != null) {
                parts.get(i).gatherLengths(rows, lengths.part(i));
            }
        }
    }

    @Override
    public void gather(int[] rows, Matrix inputs, Targets targets) {
        gather(rows, NO_EPOCH, inputs, targets);
    }

    @Override
    public void gather(int[] rows, long epoch, Matrix inputs, Targets targets) {
        Columns mine = columns.take();
        Matrix[] windows = mine.split(inputs);
        for (int i = 0; i < windows.length; i++) {
            Dataset part = parts.get(i);
            part.gather(rows, epoch, windows[i], part == labelled ? targets : NOTHING);
        }
        columns.give(mine);
    }
}
