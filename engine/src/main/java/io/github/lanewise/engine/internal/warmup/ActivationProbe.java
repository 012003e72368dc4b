package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.FamilyProbe.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.internal.Family;

import java.util.List;
import java.util.stream.Stream;

/**
 * A family's activations and their gradients on a short and a longer span, no multiple of any
 * vector.
 */
final class ActivationProbe implements FamilyProbe {

    private final List<Activation> functions;
    private final float[] x = operand(1, 512).data();
    private final float[] y = operand(1, 512).data();

    ActivationProbe(Family family) {
        functions =
                Stream.of(Activation.Kind.values())
                        .filter(kind -> Family.of(kind) == family)
                        .map(kind -> new Activation(kind, 0.5f, 2f))
                        .toList();
    }

    @Override
    public List<Kernel> kernels() {
        return functions.stream().flatMap(f -> Stream.of(value(f), gradient(f))).toList();
    }

    private Kernel value(Activation f) {
        Kernel kernel =
                (set, length) -> {
                    set.pointwise().activate(f, x, 0, y, 0, 3);
                    set.pointwise().activate(f, x, 0, y, 0, 3 + length * 8);
                };
        return kernel.repeated();
    }

    private Kernel gradient(Activation f) {
        Kernel kernel =
                (set, length) -> {
                    set.pointwise().activateGradient(f, x, 0, y, 0, y, 0, 3);
                    set.pointwise().activateGradient(f, x, 0, y, 0, y, 0, 3 + length * 8);
                };
        return kernel.repeated();
    }
}
