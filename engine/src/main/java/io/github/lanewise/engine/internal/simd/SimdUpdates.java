package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.UpdateKernels;
import io.github.lanewise.engine.internal.scalar.ScalarUpdates;

import jdk.incubator.vector.FloatVector;

/** Whole vectors here; what is left at the end of a span goes to {@link ScalarUpdates}. */
public final class SimdUpdates implements UpdateKernels {

    private final ScalarUpdates tail = new ScalarUpdates();

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
        int done = FLOATS.loopBound(n);
        if (rule.momentum() == 0) {
            descend(rule, p, pOffset, g, gOffset, done);
        } else if (rule.first()) {
            firstMomentum(rule, p, pOffset, g, gOffset, v, vOffset, done);
        } else {
            momentum(rule, p, pOffset, g, gOffset, v, vOffset, done);
        }
        tail.sgd(rule, p, pOffset + done, g, gOffset + done, v, vOffset + done, n - done);
    }

    private static void descend(
            Update.Sgd rule, float[] p, int pOffset, float[] g, int gOffset, int n) {
        FloatVector weightDecay = broadcast(FLOATS, rule.weightDecay());
        FloatVector minusRate = broadcast(FLOATS, -rule.learningRate());
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, p, pOffset + j);
            FloatVector d = weightDecay.fma(value, fromArray(FLOATS, g, gOffset + j));
            minusRate.fma(d, value).intoArray(p, pOffset + j);
        }
    }

    private static void firstMomentum(
            Update.Sgd rule,
            float[] p,
            int pOffset,
            float[] g,
            int gOffset,
            float[] v,
            int vOffset,
            int n) {
        FloatVector weightDecay = broadcast(FLOATS, rule.weightDecay());
        FloatVector momentum = broadcast(FLOATS, rule.momentum());
        FloatVector minusRate = broadcast(FLOATS, -rule.learningRate());
        boolean nesterov = rule.nesterov();
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, p, pOffset + j);
            FloatVector d = weightDecay.fma(value, fromArray(FLOATS, g, gOffset + j));
            d.intoArray(v, vOffset + j);
            FloatVector step = nesterov ? momentum.fma(d, d) : d;
            minusRate.fma(step, value).intoArray(p, pOffset + j);
        }
    }

    private static void momentum(
            Update.Sgd rule,
            float[] p,
            int pOffset,
            float[] g,
            int gOffset,
            float[] v,
            int vOffset,
            int n) {
        FloatVector weightDecay = broadcast(FLOATS, rule.weightDecay());
        FloatVector momentum = broadcast(FLOATS, rule.momentum());
        FloatVector undamped = broadcast(FLOATS, 1f - rule.dampening());
        FloatVector minusRate = broadcast(FLOATS, -rule.learningRate());
        boolean nesterov = rule.nesterov();
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, p, pOffset + j);
            FloatVector d = weightDecay.fma(value, fromArray(FLOATS, g, gOffset + j));
            FloatVector velocity = momentum.fma(fromArray(FLOATS, v, vOffset + j), undamped.mul(d));
            velocity.intoArray(v, vOffset + j);
            FloatVector step = nesterov ? momentum.fma(velocity, d) : velocity;
            minusRate.fma(step, value).intoArray(p, pOffset + j);
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
        FloatVector rest1 = broadcast(FLOATS, 1f - rule.beta1());
        FloatVector beta2 = broadcast(FLOATS, rule.beta2());
        FloatVector rest2 = broadcast(FLOATS, 1f - rule.beta2());
        FloatVector stepSize = broadcast(FLOATS, rule.stepSize());
        FloatVector scale = broadcast(FLOATS, rule.scale());
        FloatVector epsilon = broadcast(FLOATS, rule.epsilon());
        FloatVector weightDecay = broadcast(FLOATS, rule.weightDecay());
        FloatVector decay = broadcast(FLOATS, rule.decay());
        boolean amsgrad = rule.amsgrad();
        int done = FLOATS.loopBound(n);
        for (int j = 0; j < done; j += COUNT) {
            FloatVector value = decay.mul(fromArray(FLOATS, p, pOffset + j));
            FloatVector d = weightDecay.fma(value, fromArray(FLOATS, g, gOffset + j));
            FloatVector first = fromArray(FLOATS, m, mOffset + j);
            first = rest1.fma(d.sub(first), first);
            first.intoArray(m, mOffset + j);
            FloatVector second = rest2.mul(d).fma(d, beta2.mul(fromArray(FLOATS, v, vOffset + j)));
            second.intoArray(v, vOffset + j);
            if (amsgrad) {
                FloatVector largest = fromArray(FLOATS, s, sOffset + j);
                second = second.blend(largest, second.compare(LE, largest));
                second.intoArray(s, sOffset + j);
            }
            FloatVector denominator = second.sqrt().fma(scale, epsilon);
            value.sub(stepSize.mul(first).div(denominator)).intoArray(p, pOffset + j);
        }
        tail.adam(
                rule,
                p,
                pOffset + done,
                g,
                gOffset + done,
                m,
                mOffset + done,
                v,
                vOffset + done,
                s,
                sOffset + done,
                n - done);
    }
}
