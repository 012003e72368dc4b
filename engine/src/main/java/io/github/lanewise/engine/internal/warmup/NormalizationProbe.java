package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.columns;
import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.RowNorm;
import io.github.lanewise.engine.internal.NormalizationKernels;

import java.util.List;

/** Every normalization, with and without its options, on rows shorter and longer than a vector. */
final class NormalizationProbe implements FamilyProbe {

    private static final int ROWS = 3;
    private static final RowNorm CENTERED = new RowNorm(true, 1e-5f);
    private static final RowNorm NOT_CENTERED = new RowNorm(false, 1e-5f);

    private final Matrix x = operand(ROWS, 512);
    private final Matrix y = operand(ROWS, 512);
    private final Matrix normalized = operand(ROWS, 512);
    private final Matrix weight = operand(2, 512);
    private final Matrix scales = operand(1, ROWS);
    private final Matrix sums = operand(1, 512);

    @Override
    public List<Kernel> kernels() {
        return List.of(
                each(
                        (kernels, in, out, saved, w) -> {
                            kernels.normalize(CENTERED, in, w, w, saved, scales, out, 0, ROWS);
                            kernels.normalize(
                                    NOT_CENTERED, in, w, null, saved, scales, out, 0, ROWS);
                            kernels.normalize(
                                    NOT_CENTERED, in, null, null, saved, scales, out, 0, ROWS);
                        }),
                each(
                        (kernels, in, out, saved, w) -> {
                            kernels.normalizeGradient(CENTERED, saved, scales, w, in, out, 0, ROWS);
                            kernels.normalizeGradient(
                                    NOT_CENTERED, saved, scales, null, in, out, 0, ROWS);
                        }),
                each(
                        (kernels, in, out, saved, w) -> {
                            kernels.columnDots(
                                    in, saved, 0, columns(sums, in.cols()), 0, in.cols());
                            kernels.columnDots(
                                    in, saved, 1, columns(sums, in.cols()), 0, in.cols());
                        }));
    }

    /** What to do with operands of some width. */
    private interface Step {
        void run(NormalizationKernels kernels, Matrix in, Matrix out, Matrix saved, Matrix w);
    }

    private Kernel each(Step step) {
        return (set, length) -> {
            for (int cols = 5; cols < 256; cols += 5 + length * 2) {
                Matrix in = columns(x, cols);
                Matrix out = columns(y, cols);
                Matrix saved = columns(normalized, cols);
                step.run(set.normalizations(), in, out, saved, columns(weight, cols));
            }
        };
    }
}
