package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.columns;
import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.RowKernels;

import java.util.List;

/**
 * Softmax or its logarithm on rows shorter than a vector, longer, and longer than 64 partial sums.
 */
final class RowProbe implements FamilyProbe {

    private static final int ROWS = 5;

    private final Matrix x = operand(ROWS, 512);
    private final Matrix y = operand(ROWS, 512);
    private final Matrix dx = operand(ROWS, 512);

    private final boolean logarithm;

    RowProbe(boolean logarithm) {
        this.logarithm = logarithm;
    }

    @Override
    public List<Kernel> kernels() {
        if (logarithm) {
            return List.of(
                    each((rows, a, b, c) -> rows.logSoftmax(a, b, 0, ROWS)),
                    each((rows, a, b, c) -> rows.logSoftmaxGradient(b, a, c, 0, ROWS)));
        }
        return List.of(
                each((rows, a, b, c) -> rows.softmax(a, b, 0, ROWS)),
                each((rows, a, b, c) -> rows.softmaxGradient(b, a, c, 0, ROWS)));
    }

    /** What to do with operands of some width. */
    private interface Step {
        void run(RowKernels rows, Matrix x, Matrix y, Matrix dx);
    }

    private Kernel each(Step step) {
        return (set, length) -> {
            run(step, set, 5);
            run(step, set, 69 + length * 3);
            run(step, set, 101 + length * 3);
        };
    }

    private void run(Step step, KernelSet set, int cols) {
        step.run(set.rows(), columns(x, cols), columns(y, cols), columns(dx, cols));
    }
}
