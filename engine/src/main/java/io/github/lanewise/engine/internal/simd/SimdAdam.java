package io.github.lanewise.engine.internal.simd;

import static io.github.lanewise.engine.internal.simd.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.SimdUpdates.at;

import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.LE;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

import jdk.incubator.vector.FloatVector;

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
        FloatVector rest1 = broadcast(FLOATS, 1f - rule.beta1());
        FloatVector beta2 = broadcast(FLOATS, rule.beta2());
        FloatVector rest2 = broadcast(FLOATS, 1f - rule.beta2());
        FloatVector stepSize = broadcast(FLOATS, rule.stepSize());
        FloatVector scale = broadcast(FLOATS, rule.scale());
        FloatVector epsilon = broadcast(FLOATS, rule.epsilon());
        FloatVector weightDecay = broadcast(FLOATS, rule.weightDecay());
        FloatVector decay = broadcast(FLOATS, rule.decay());
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = decay.mul(fromArray(FLOATS, pData, pAt + j));
            FloatVector d = weightDecay.fma(value, fromArray(FLOATS, gData, gAt + j));
            FloatVector first = fromArray(FLOATS, mData, mAt + j);
            first = rest1.fma(d.sub(first), first);
            first.intoArray(mData, mAt + j);
            FloatVector second = rest2.mul(d).fma(d, beta2.mul(fromArray(FLOATS, vData, vAt + j)));
            second.intoArray(vData, vAt + j);
            if (amsgrad) {
                FloatVector largest = fromArray(FLOATS, sData, sAt + j);
                second = second.blend(largest, second.compare(LE, largest));
                second.intoArray(sData, sAt + j);
            }
            FloatVector denominator = second.sqrt().fma(scale, epsilon);
            value.sub(stepSize.mul(first).div(denominator)).intoArray(pData, pAt + j);
        }
    }
}
