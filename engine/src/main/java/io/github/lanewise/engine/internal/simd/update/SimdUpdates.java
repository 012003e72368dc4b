package io.github.lanewise.engine.internal.simd.update;

import static io.github.lanewise.engine.internal.simd.support.Lanes.FLOATS;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.UpdateKernels;
import io.github.lanewise.engine.internal.scalar.ScalarUpdates;

/** Whole vectors here; what is left at the end of a span goes to {@link ScalarUpdates}. */
public final class SimdUpdates implements UpdateKernels {

    private final ScalarUpdates tail = new ScalarUpdates();

    @Override
    public void update(Update rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        int done = FLOATS.loopBound(n);
        if (done > 0) {
            updateVectors(rule, p, g, states, row, from, done);
        }
        tail.update(rule, p, g, states, row, from + done, n - done);
    }

    /** Takes one vector or more: a loop that often has none makes C2 think its body cold. */
    private static void updateVectors(
            Update rule, Matrix p, Matrix g, Matrix[] states, int row, int from, int n) {
        switch (rule) {
            case Update.Sgd sgd -> SimdDescent.sgd(sgd, p, g, states, row, from, n);
            case Update.Lion lion -> SimdDescent.lion(lion, p, g, states[0], row, from, n);
            case Update.Adam adam -> SimdAdam.step(adam, p, g, states, row, from, n);
            case Update.RmsProp rms -> SimdRmsProp.step(rms, p, g, states, row, from, n);
            case Update.Adagrad adagrad -> SimdAdagrad.step(adagrad, p, g, states[0], row, from, n);
            case Update.Adadelta adadelta ->
                    SimdAdagrad.delta(adadelta, p, g, states, row, from, n);
        }
    }

    /** Returns where in its array an element lies. */
    static int at(Matrix x, int row, int col) {
        return x.offset() + row * x.ld() + col;
    }
}
