package io.github.lanewise.engine.internal.simd.update;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;
import static io.github.lanewise.engine.internal.simd.update.SimdUpdates.at;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Steps without a quotient: gradient descent and Lion, over whole vectors. */
final class SimdDescent {

    private SimdDescent() {}

    static void sgd(
            Update.Sgd rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        if (rule.momentum() == 0) {
            descend(rule, p, g, row, from, n);
        } else if (rule.first()) {
            firstMomentum(rule, p, g, states[0], row, from, n);
        } else {
            momentum(rule, p, g, states[0], row, from, n);
        }
    }

    private static void descend(Update.Sgd rule, Matrix p, Matrix g, int row, int from, int n) {
        float[] pData = p.data();
        float[] gData = g.data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        FloatVector weightDecay = ZERO.broadcast(rule.weightDecay());
        VectorMask<Float> undecayed = weightDecay.compare(EQ, 0f);
        FloatVector minusRate = ZERO.broadcast(-rule.learningRate());
        VectorMask<Float> still = minusRate.compare(EQ, 0f);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, pData, pAt + j);
            FloatVector gradient = FLOAT_VECTOR.cast(fromArray(FLOATS, gData, gAt + j));
            FloatVector d = weightDecay.fma(value, gradient).blend(gradient, undecayed);
            minusRate.fma(d, value).blend(value, still).intoArray(pData, pAt + j);
        }
    }

    private static void firstMomentum(
            Update.Sgd rule, Matrix p, Matrix g, Matrix v, int row, int from, int n) {
        float[] pData = p.data();
        float[] gData = g.data();
        float[] vData = v.data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        int vAt = at(v, row, from);
        FloatVector weightDecay = ZERO.broadcast(rule.weightDecay());
        VectorMask<Float> undecayed = weightDecay.compare(EQ, 0f);
        FloatVector momentum = ZERO.broadcast(rule.momentum());
        FloatVector minusRate = ZERO.broadcast(-rule.learningRate());
        VectorMask<Float> still = minusRate.compare(EQ, 0f);
        boolean nesterov = rule.nesterov();
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, pData, pAt + j);
            FloatVector gradient = FLOAT_VECTOR.cast(fromArray(FLOATS, gData, gAt + j));
            FloatVector d = weightDecay.fma(value, gradient).blend(gradient, undecayed);
            d.intoArray(vData, vAt + j);
            FloatVector step = nesterov ? momentum.fma(d, d) : d;
            minusRate.fma(step, value).blend(value, still).intoArray(pData, pAt + j);
        }
    }

    private static void momentum(
            Update.Sgd rule, Matrix p, Matrix g, Matrix v, int row, int from, int n) {
        float[] pData = p.data();
        float[] gData = g.data();
        float[] vData = v.data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        int vAt = at(v, row, from);
        FloatVector weightDecay = ZERO.broadcast(rule.weightDecay());
        VectorMask<Float> undecayed = weightDecay.compare(EQ, 0f);
        FloatVector momentum = ZERO.broadcast(rule.momentum());
        FloatVector undamped = ZERO.broadcast(1f - rule.dampening());
        VectorMask<Float> dampened = undamped.compare(EQ, 0f);
        FloatVector minusRate = ZERO.broadcast(-rule.learningRate());
        VectorMask<Float> still = minusRate.compare(EQ, 0f);
        boolean nesterov = rule.nesterov();
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, pData, pAt + j);
            FloatVector gradient = FLOAT_VECTOR.cast(fromArray(FLOATS, gData, gAt + j));
            FloatVector d = weightDecay.fma(value, gradient).blend(gradient, undecayed);
            FloatVector old = fromArray(FLOATS, vData, vAt + j);
            FloatVector velocity = momentum.fma(old, undamped.mul(d).blend(0f, dampened));
            velocity.intoArray(vData, vAt + j);
            FloatVector step = nesterov ? momentum.fma(velocity, d) : velocity;
            minusRate.fma(step, value).blend(value, still).intoArray(pData, pAt + j);
        }
    }

    static void lion(Update.Lion rule, Matrix p, Matrix g, Matrix m, int row, int from, int n) {
        float[] pData = p.data();
        float[] gData = g.data();
        float[] mData = m.data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        int mAt = at(m, row, from);
        FloatVector rest1 = ZERO.broadcast(1f - rule.beta1());
        FloatVector rest2 = ZERO.broadcast(1f - rule.beta2());
        VectorMask<Float> all1 = rest1.compare(EQ, 1f);
        VectorMask<Float> all2 = rest2.compare(EQ, 1f);
        FloatVector minusRate = ZERO.broadcast(-rule.learningRate());
        VectorMask<Float> still = minusRate.compare(EQ, 0f);
        FloatVector decay = ZERO.broadcast(rule.decay());
        for (int j = 0; j < n; j += COUNT) {
            FloatVector old = fromArray(FLOATS, mData, mAt + j);
            FloatVector gradient = FLOAT_VECTOR.cast(fromArray(FLOATS, gData, gAt + j));
            FloatVector difference = gradient.sub(old);
            FloatVector c = rest1.fma(difference, old).blend(gradient, all1);
            FloatVector sign = c.blend(1f, c.compare(GT, 0f)).blend(-1f, c.compare(LT, 0f));
            FloatVector value = decay.mul(fromArray(FLOATS, pData, pAt + j));
            minusRate.fma(sign, value).blend(value, still).intoArray(pData, pAt + j);
            rest2.fma(difference, old).blend(gradient, all2).intoArray(mData, mAt + j);
        }
    }
}
