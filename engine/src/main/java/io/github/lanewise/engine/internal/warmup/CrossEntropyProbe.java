package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.columns;
import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.internal.KernelSet;

import java.util.List;

/** Softmax with cross-entropy, of rows shorter than a vector and of longer ones. */
final class CrossEntropyProbe implements FamilyProbe {

    private static final int ROWS = 21;

    private final Matrix x = operand(ROWS, 512);
    private final Matrix dx = operand(ROWS, 512);
    private final Matrix losses = operand(1, ROWS);
    private final int[] labels = new int[ROWS];

    @Override
    public List<Kernel> kernels() {
        // Together: of a few short rows alone the plain loop is the faster one.
        return List.of(
                (set, length) -> {
                    descend(set, 5);
                    descend(set, 5 + length * 8);
                });
    }

    private void descend(KernelSet set, int cols) {
        set.rows()
                .softmaxCrossEntropy(
                        columns(x, cols), labels, 0.5f, losses, columns(dx, cols), 0, ROWS);
    }
}
