package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.internal.Family;
import io.github.lanewise.engine.internal.PointwiseKernels;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;

/** A family's pointwise kernels, on a short and a longer span, neither a multiple of any vector. */
final class SpanProbe implements FamilyProbe {

    private static final int SHORT = 3;

    private final float[] x = operand(1, 512).data();
    private final float[] y = operand(1, 512).data();
    private final byte[] bytes = new byte[512];
    private final List<Kernel> kernels = new ArrayList<>();

    SpanProbe(Family family) {
        switch (family) {
            case BYTES -> add(16, (all, n) -> all.unpackBytes(bytes, 0, 0.5f, 0.25f, y, 0, n));
            case DROPOUT -> add(8, (all, n) -> all.dropout(1, 0.5f, 0, x, 0, y, 0, n));
            case POINTWISE -> addArithmetic();
            default -> addActivations(family);
        }
    }

    private void addArithmetic() {
        for (Combination how : Combination.values()) {
            add(8, (all, n) -> all.combine(how, x, 0, y, 0, y, 0, n));
        }
        add(8, (all, n) -> all.axpy(0.5f, x, 0, y, 0, n));
        add(8, (all, n) -> all.scale(0.5f, y, 0, n));
    }

    private void addActivations(Family family) {
        for (Activation.Kind kind : Activation.Kind.values()) {
            if (Family.of(kind) == family) {
                Activation f = new Activation(kind, 0.5f, 2f);
                add(8, (all, n) -> all.activate(f, x, 0, y, 0, n));
                add(8, (all, n) -> all.activateGradient(f, x, 0, y, 0, y, 0, n));
            }
        }
    }

    /** Adds a kernel, whose longer span has so many elements a turn. */
    private void add(int elements, ObjIntConsumer<PointwiseKernels> span) {
        Kernel kernel =
                (set, length) -> {
                    span.accept(set.pointwise(), SHORT);
                    span.accept(set.pointwise(), SHORT + length * elements);
                };
        kernels.add(kernel.repeated());
    }

    @Override
    public List<Kernel> kernels() {
        return kernels;
    }
}
