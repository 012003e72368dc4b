package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.internal.PointwiseKernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/**
 * Every pointwise kernel but activations and dropout, on a short and a longer span, neither a
 * multiple of any vector.
 */
final class PointwiseProbe implements FamilyProbe {

    private final float[] x = operand(1, 512).data();
    private final float[] y = operand(1, 512).data();

    @Override
    public List<Kernel> kernels() {
        List<Kernel> kernels = new ArrayList<>();
        for (Combination how : Combination.values()) {
            kernels.add(each((all, n) -> all.combine(how, x, 0, y, 0, y, 0, n)));
        }
        kernels.add(each((all, n) -> all.axpy(0.5f, x, 0, y, 0, n)));
        kernels.add(each((all, n) -> all.scale(0.5f, y, 0, n)));
        return kernels;
    }

    /** Makes one of a span of any length. */
    private static Kernel each(ObjIntConsumer<PointwiseKernels> span) {
        Kernel kernel =
                (set, length) -> {
                    span.accept(set.pointwise(), 3);
                    span.accept(set.pointwise(), 3 + length * 8);
                };
        return kernel.repeated();
    }
}
