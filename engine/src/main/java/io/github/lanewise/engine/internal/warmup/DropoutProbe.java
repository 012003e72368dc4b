package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import java.util.List;

/** Dropout of a short and a longer span. */
final class DropoutProbe implements FamilyProbe {

    private final float[] x = operand(1, 512).data();
    private final float[] y = operand(1, 512).data();

    @Override
    public List<Kernel> kernels() {
        Kernel dropout =
                (set, length) -> {
                    set.pointwise().dropout(1, 0.5f, 0, x, 0, y, 0, 3);
                    set.pointwise().dropout(1, 0.5f, 0, x, 0, y, 0, 3 + length * 8);
                };
        return List.of(dropout.repeated());
    }
}
