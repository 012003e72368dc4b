package io.github.lanewise.engine.internal.plain;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.Fma;
import io.github.lanewise.engine.internal.UpdateKernels;
import io.github.lanewise.engine.internal.scalar.ScalarUpdates;

/**
 * Gradient descent in loops that C2 turns into vectors, as {@link PanelProduct} explains; all other
 * rules, and operands that do not begin at one index, are the reference's.
 */
final class PlainUpdates implements UpdateKernels {

    private final UpdateKernels reference = new ScalarUpdates();

    @Override
    public void update(Update rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        int at = start(p, row);
        if (rule instanceof Update.Sgd sgd && isOn(sgd) && start(g, row) == at) {
            if (sgd.momentum() == 0) {
                descend(sgd, p.data(), g.data(), at + from, at + from + n);
                return;
            }
            if (!sgd.first() && !sgd.nesterov() && start(states[0], row) == at) {
                momentum(sgd, p.data(), g.data(), states[0].data(), at + from, at + from + n);
                return;
            }
        }
        reference.update(rule, p, g, states, row, from, n);
    }

    /** Whether all terms count: the reference leaves out those whose factor is 0. */
    private static boolean isOn(Update.Sgd rule) {
        return rule.learningRate() != 0 && rule.dampening() != 1;
    }

    private static int start(Matrix x, int row) {
        return x.offset() + row * x.ld();
    }

    private static void descend(Update.Sgd rule, float[] p, float[] g, int from, int to) {
        float minusRate = -rule.learningRate();
        float weightDecay = rule.weightDecay();
        for (int j = from; j < to; j++) {
            p[j] =
                    Fma.fma(
                            minusRate,
                            weightDecay == 0 ? g[j] : Fma.fma(weightDecay, p[j], g[j]),
                            p[j]);
        }
    }

    private static void momentum(
            Update.Sgd rule, float[] p, float[] g, float[] v, int from, int to) {
        float minusRate = -rule.learningRate();
        float weightDecay = rule.weightDecay();
        float momentum = rule.momentum();
        float undamped = 1f - rule.dampening();
        for (int j = from; j < to; j++) {
            float d = weightDecay == 0 ? g[j] : Fma.fma(weightDecay, p[j], g[j]);
            float velocity = Fma.fma(momentum, v[j], undamped * d);
            v[j] = velocity;
            p[j] = Fma.fma(minusRate, velocity, p[j]);
        }
    }
}
