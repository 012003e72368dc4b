package io.github.lanewise.engine.internal.scalar;

import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.UpdateKernels;

/** One loop for each optimizer, as {@link Update} writes it down. */
public final class ScalarUpdates implements UpdateKernels {

    @Override
    public void sgd(
            Update.Sgd rule,
            float[] p,
            int pOffset,
            float[] g,
            int gOffset,
            float[] v,
            int vOffset,
            int n) {
        float undamped = 1f - rule.dampening();
        for (int j = 0; j < n; j++) {
            float d = Math.fma(rule.weightDecay(), p[pOffset + j], g[gOffset + j]);
            if (rule.momentum() != 0) {
                float velocity =
                        rule.first() ? d : Math.fma(rule.momentum(), v[vOffset + j], undamped * d);
                v[vOffset + j] = velocity;
                d = rule.nesterov() ? Math.fma(rule.momentum(), velocity, d) : velocity;
            }
            p[pOffset + j] = Math.fma(-rule.learningRate(), d, p[pOffset + j]);
        }
    }

    @Override
    public void adam(
            Update.Adam rule,
            float[] p,
            int pOffset,
            float[] g,
            int gOffset,
            float[] m,
            int mOffset,
            float[] v,
            int vOffset,
            float[] s,
            int sOffset,
            int n) {
        float rest1 = 1f - rule.beta1();
        float rest2 = 1f - rule.beta2();
        for (int j = 0; j < n; j++) {
            float value = rule.decay() * p[pOffset + j];
            float d = Math.fma(rule.weightDecay(), value, g[gOffset + j]);
            float first = Math.fma(rest1, d - m[mOffset + j], m[mOffset + j]);
            float second = Math.fma(rest2 * d, d, rule.beta2() * v[vOffset + j]);
            m[mOffset + j] = first;
            v[vOffset + j] = second;
            if (rule.amsgrad()) {
                second = second <= s[sOffset + j] ? s[sOffset + j] : second;
                s[sOffset + j] = second;
            }
            // Math.sqrt of a float in double, rounded back, is the float square root.
            float root = (float) Math.sqrt(second);
            float denominator = Math.fma(root, rule.scale(), rule.epsilon());
            p[pOffset + j] = value - rule.stepSize() * first / denominator;
        }
    }
}
