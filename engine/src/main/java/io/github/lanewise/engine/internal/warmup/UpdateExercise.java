package io.github.lanewise.engine.internal.warmup;

import static io.github.lanewise.engine.internal.warmup.Exercise.operand;

import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.KernelSet;
import io.github.lanewise.engine.internal.UpdateKernels;

import java.util.List;

/** Every variant of the optimizer steps, on a span that is no multiple of any vector. */
final class UpdateExercise implements Exercise {

    private static final List<Update.Sgd> SGD =
            List.of(
                    new Update.Sgd(0.01f, 0, 0, false, 0.01f, false),
                    new Update.Sgd(0.01f, 0.5f, 0, false, 0.01f, true),
                    new Update.Sgd(0.01f, 0.5f, 0, false, 0.01f, false),
                    new Update.Sgd(0.01f, 0.5f, 0, true, 0.01f, false));

    private static final List<Update.Adam> ADAM =
            List.of(
                    new Update.Adam(0.01f, 0.9f, 0.99f, 1, 0.01f, 0.01f, 1, false),
                    new Update.Adam(0.01f, 0.9f, 0.99f, 1, 0.01f, 0.01f, 1, true));

    private final float[] p = operand(1, 512).data();
    private final float[] g = operand(1, 512).data();
    private final float[] m = operand(1, 512).data();
    private final float[] v = operand(1, 512).data();
    private final float[] s = operand(1, 512).data();

    @Override
    public void run(KernelSet set, int length) {
        UpdateKernels kernels = set.updates();
        int n = 3 + length * 8;
        for (Update.Sgd rule : SGD) {
            kernels.sgd(rule, p, 0, g, 0, rule.states() == 0 ? null : v, 0, n);
        }
        for (Update.Adam rule : ADAM) {
            kernels.adam(rule, p, 0, g, 0, m, 0, v, 0, rule.amsgrad() ? s : null, 0, n);
        }
    }
}
