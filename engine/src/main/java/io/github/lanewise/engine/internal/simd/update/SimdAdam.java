package io.github.lanewise.engine.internal.simd.update;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;
import static io.github.lanewise.engine.internal.simd.update.SimdUpdates.at;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Adam and its relatives, over whole vectors. */
final class SimdAdam {

    private SimdAdam() {}

    static void step(
            Update.Adam rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        float[] pData = p.data();
        float[] gData = g.data();
        float[] mData = states[0].data();
        float[] vData = states[1].data();
        boolean amsgrad = rule.amsgrad();
        // without amsgrad never touched
        Matrix s = states[amsgrad ? 2 : 1];
        float[] sData = s.data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        int mAt = at(states[0], row, from);
        int vAt = at(states[1], row, from);
        int sAt = at(s, row, from);
        FloatVector rest1 = ZERO.broadcast(1f - rule.beta1());
        VectorMask<Float> all = rest1.compare(EQ, 1f);
        FloatVector beta2 = ZERO.broadcast(rule.beta2());
        VectorMask<Float> forgetful = beta2.compare(EQ, 0f);
        FloatVector rest2 = ZERO.broadcast(1f - rule.beta2());
        FloatVector stepSize = ZERO.broadcast(rule.stepSize());
        VectorMask<Float> still = stepSize.compare(EQ, 0f);
        FloatVector scale = ZERO.broadcast(rule.scale());
        FloatVector eps = ZERO.broadcast(rule.eps());
        FloatVector weightDecay = ZERO.broadcast(rule.weightDecay());
        VectorMask<Float> undecayed = weightDecay.compare(EQ, 0f);
        FloatVector decay = ZERO.broadcast(rule.decay());
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = decay.mul(fromArray(FLOATS, pData, pAt + j));
            FloatVector gradient = fromArray(FLOATS, gData, gAt + j);
            FloatVector d = weightDecay.fma(value, gradient).blend(gradient, undecayed);
            FloatVector first = fromArray(FLOATS, mData, mAt + j);
            first = rest1.fma(d.sub(first), first).blend(d, all);
            first.intoArray(mData, mAt + j);
            FloatVector old = fromArray(FLOATS, vData, vAt + j);
            FloatVector second = rest2.mul(d).fma(d, beta2.mul(old).blend(0f, forgetful));
            second.intoArray(vData, vAt + j);
            if (amsgrad) {
                FloatVector largest = fromArray(FLOATS, sData, sAt + j);
                second = second.blend(largest, second.compare(LE, largest));
                second.intoArray(sData, sAt + j);
            }
            FloatVector denominator = second.sqrt().fma(scale, eps);
            FloatVector step = stepSize.mul(first).div(denominator);
            value.sub(step).blend(value, still).intoArray(pData, pAt + j);
        }
    }
}
