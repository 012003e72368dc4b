package io.github.lanewise.engine.internal.simd.update;

import static io.github.lanewise.engine.internal.simd.support.Lanes.COUNT;
import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;
import static io.github.lanewise.engine.internal.simd.support.Lanes.ZERO;
import static io.github.lanewise.engine.internal.simd.update.SimdUpdates.at;

import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LT;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** RMSprop, over whole vectors. */
final class SimdRmsProp {

    private SimdRmsProp() {}

    static void step(
            Update.RmsProp rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        boolean centered = rule.centered();
        boolean moving = rule.momentum() != 0;
        // without mean or momentum these two are never touched
        Matrix a = states[centered ? 1 : 0];
        Matrix b = states[rule.states() - 1];
        float[] pData = p.data();
        float[] gData = g.data();
        float[] vData = states[0].data();
        float[] aData = a.data();
        float[] bData = b.data();
        int pAt = at(p, row, from);
        int gAt = at(g, row, from);
        int vAt = at(states[0], row, from);
        int aAt = at(a, row, from);
        int bAt = at(b, row, from);
        FloatVector weightDecay = ZERO.broadcast(rule.weightDecay());
        VectorMask<Float> undecayed = weightDecay.compare(EQ, 0f);
        FloatVector alpha = ZERO.broadcast(rule.alpha());
        VectorMask<Float> forgetful = alpha.compare(EQ, 0f);
        FloatVector rest = ZERO.broadcast(1f - rule.alpha());
        VectorMask<Float> all = rest.compare(EQ, 1f);
        FloatVector eps = ZERO.broadcast(rule.eps());
        FloatVector momentum = ZERO.broadcast(rule.momentum());
        FloatVector minusRate = ZERO.broadcast(-rule.learningRate());
        VectorMask<Float> still = minusRate.compare(EQ, 0f);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector value = fromArray(FLOATS, pData, pAt + j);
            FloatVector gradient = fromArray(FLOATS, gData, gAt + j);
            FloatVector d = weightDecay.fma(value, gradient).blend(gradient, undecayed);
            FloatVector old = fromArray(FLOATS, vData, vAt + j);
            FloatVector square = rest.mul(d).fma(d, alpha.mul(old).blend(0f, forgetful));
            square.intoArray(vData, vAt + j);
            if (centered) {
                FloatVector mean = fromArray(FLOATS, aData, aAt + j);
                mean = rest.fma(d.sub(mean), mean).blend(d, all);
                mean.intoArray(aData, aAt + j);
                square = mean.neg().fma(mean, square);
                square = square.blend(0f, square.compare(LT, 0f));
            }
            d = d.div(square.sqrt().add(eps));
            if (moving) {
                d = momentum.fma(fromArray(FLOATS, bData, bAt + j), d);
                d.intoArray(bData, bAt + j);
            }
            minusRate.fma(d, value).blend(value, still).intoArray(pData, pAt + j);
        }
    }
}
