package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.columns;
import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.RowKernels;

import java.util.List;
import java.util.function.BiConsumer;

/** Sums and dot products, and a row added to each, for narrow and for wide matrices. */
final class SumProbe implements FamilyProbe {

    private static final int ROWS = 19;

    private final Matrix x = operand(ROWS, 512);
    private final Matrix row = operand(1, 512);

    @Override
    public List<Kernel> kernels() {
        return List.of(
                each((rows, window) -> rows.columnSums(window, 0, ROWS, 0, row, 0, window.cols())),
                each((rows, window) -> rows.columnSums(window, 0, ROWS, 1, row, 0, window.cols())),
                each((rows, window) -> rows.addRow(row, window, 0, ROWS)),
                each((rows, window) -> rows.sum(x.data(), 0, window.cols())),
                each((rows, window) -> rows.dot(x.data(), 0, row.data(), 0, window.cols())),
                each(
                        (rows, window) ->
                                rows.weightedSum(x.data(), 0, row.data(), 0, window.cols())));
    }

    /** Makes one of a narrow window and a wide one. */
    private Kernel each(BiConsumer<RowKernels, Matrix> step) {
        Kernel kernel =
                (set, length) -> {
                    step.accept(set.rows(), columns(x, 10));
                    step.accept(set.rows(), columns(x, 5 + length * 16));
                    step.accept(set.rows(), x);
                };
        return kernel.repeated();
    }
}
