package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Activation;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.PointwiseKernels;

import java.util.List;
import java.util.Set;

/** Activations and their gradients on a short and a longer span, no multiple of any vector. */
final class ActivationExercise implements Exercise {

    private final List<Activation> functions;
    private final float[] x = operand(1, 512).data();
    private final float[] y = operand(1, 512).data();

    ActivationExercise(Set<Activation.Kind> kinds) {
        functions = kinds.stream().map(kind -> new Activation(kind, 0.5f, 2f)).toList();
    }

    @Override
    public void run(KernelSet set, int length) {
        for (int turn = 0; turn < TURNS; turn++) {
            run(set.pointwise(), 3);
            run(set.pointwise(), 3 + length * 8);
        }
    }

    private void run(PointwiseKernels kernels, int n) {
        for (Activation f : functions) {
            kernels.activate(f, x, 0, y, 0, n);
            kernels.activateGradient(f, x, 0, y, 0, y, 0, n);
        }
    }
}
