package io.github.lanewise.engine.internal.simd.update;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOAT_VECTOR;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;
import static io.github.lanewise.engine.internal.simd.update.SimdUpdates.at;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Adagrad and Adadelta, over whole vectors. */
final class SimdAdagrad {

    private SimdAdagrad() {}

    static void step(Update.Adagrad rule, Matrix p, Matrix g, Matrix v, int row, int from, int n) {
        float[] pData = p.data();
        float[] gData = g.data();
        float[] vData = v.data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        int vAt = at(v, row, from);
        FloatVector weightDecay = ZERO.broadcast(rule.weightDecay());
        VectorMask<Float> undecayed = weightDecay.compare(EQ, 0f);
        FloatVector rate = ZERO.broadcast(rule.learningRate());
        VectorMask<Float> still = rate.compare(EQ, 0f);
        FloatVector eps = ZERO.broadcast(rule.eps());
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = FLOAT_VECTOR.cast(fromArray(FLOATS, pData, pAt + j));
            FloatVector gradient = fromArray(FLOATS, gData, gAt + j);
            FloatVector d = weightDecay.fma(value, gradient).blend(gradient, undecayed);
            FloatVector sum = d.fma(d, fromArray(FLOATS, vData, vAt + j));
            sum.intoArray(vData, vAt + j);
            FloatVector step = rate.mul(d).div(sum.sqrt().add(eps));
            value.sub(step).blend(value, still).intoArray(pData, pAt + j);
        }
    }

    static void delta(
            Update.Adadelta rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        float[] pData = p.data();
        float[] gData = g.data();
        float[] vData = states[0].data();
        float[] uData = states[1].data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        int vAt = at(states[0], row, from);
        int uAt = at(states[1], row, from);
        FloatVector weightDecay = ZERO.broadcast(rule.weightDecay());
        VectorMask<Float> undecayed = weightDecay.compare(EQ, 0f);
        FloatVector rho = ZERO.broadcast(rule.rho());
        VectorMask<Float> forgetful = rho.compare(EQ, 0f);
        FloatVector rest = ZERO.broadcast(1f - rule.rho());
        FloatVector eps = ZERO.broadcast(rule.eps());
        FloatVector minusRate = ZERO.broadcast(-rule.learningRate());
        VectorMask<Float> still = minusRate.compare(EQ, 0f);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, pData, pAt + j);
            FloatVector gradient = fromArray(FLOATS, gData, gAt + j);
            FloatVector d = weightDecay.fma(value, gradient).blend(gradient, undecayed);
            FloatVector old = fromArray(FLOATS, vData, vAt + j);
            FloatVector square = rest.mul(d).fma(d, rho.mul(old).blend(0f, forgetful));
            square.intoArray(vData, vAt + j);
            FloatVector last = FLOAT_VECTOR.cast(fromArray(FLOATS, uData, uAt + j));
            FloatVector root = last.add(eps).sqrt();
            FloatVector step = root.div(square.add(eps).sqrt()).mul(d);
            FloatVector decayed = rho.mul(last).blend(0f, forgetful);
            rest.mul(step).fma(step, decayed).intoArray(uData, uAt + j);
            minusRate.fma(step, value).blend(value, still).intoArray(pData, pAt + j);
        }
    }
}
