package io.github.lanewise.engine.internal.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;

import io.github.lanewise.engine.internal.simd.support.Lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Computes with vectors of another width than ours, as another library in the same JVM may: from
 * then on FloatVector has two subclasses, and the profiles of its methods, which all callers share,
 * have seen both.
 */
public final class AnotherLibrary {

    /** As often as makes profiles, and no more: C2 shall not be busy with these loops. */
    private static final int CALLS = 3_000;

    private AnotherLibrary() {}

    /** Runs some of everything that our kernels do. */
    public static void run() {
        VectorShape shape =
                Lanes.BITS == 128 ? VectorShape.S_256_BIT : VectorShape.forBitSize(Lanes.BITS / 2);
        float[] x = new float[64];
        for (int i = 0; i < CALLS; i++) {
            compute(VectorSpecies.of(float.class, shape), VectorSpecies.of(int.class, shape), x);
        }
    }

    private static void compute(
            VectorSpecies<Float> floats, VectorSpecies<Integer> ints, float[] x) {
        VectorShuffle<Float> reversed = VectorShuffle.iota(floats, floats.length() - 1, -1, true);
        FloatVector sum = FloatVector.broadcast(floats, 0.5f);
        for (int j = 0; j < x.length; j += floats.length()) {
            FloatVector v = FloatVector.fromArray(floats, x, j);
            VectorMask<Float> larger = v.compare(GT, sum).or(v.compare(GT, 0f));
            sum = sum.add(v).mul(0.5f).sub(v.abs()).add(1f).blend(v, larger).blend(0f, larger);
            sum = sum.fma(v, sum).div(sum.neg()).max(v).min(1f).add(v, larger).add(sum.sqrt());
            sum = sum.rearrange(reversed);
            IntVector bits = sum.reinterpretAsInts().lanewise(LSHL, 1).and(7).add(1);
            bits = bits.sub(bits).blend(j, larger.cast(ints)).add(bits);
            sum = bits.reinterpretAsFloats().add(sum);
            sum.intoArray(x, j);
        }
        x[0] = sum.reduceLanes(VectorOperators.MAX) + sum.lane(0);
    }
}
