package io.github.lanewise.engine.internal.dispatch;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.Update;
import io.github.lanewise.engine.internal.BlockEnd;
import io.github.lanewise.engine.internal.KernelSet;

/** Applies an optimizer step to each block of a parameter as soon as its gradient is computed. */
final class ParameterUpdate implements BlockEnd {

    private KernelSet kernels;
    private Update rule;
    private Matrix value;
    private Matrix gradient;
    private Matrix[] states;
    private boolean contiguous;

    void set(KernelSet kernels, Update rule, Matrix value, Matrix gradient, Matrix[] states) {
        this.kernels = kernels;
        this.rule = rule;
        this.value = value;
        this.gradient = gradient;
        this.states = states;
        contiguous = value.isContiguous() && gradient.isContiguous();
        for (int s = 0; s < rule.states(); s++) {
            contiguous &= states[s].isContiguous();
        }
    }

    /** Lets go of the operands. */
    void release() {
        value = null;
        gradient = null;
        states = null;
    }

    @Override
    public void done(int i, int j, int m, int n) {
        if (contiguous && n == value.cols()) {
            // Whole rows that lie one after another count as one.
            kernels.updates().update(rule, value, gradient, states, i, 0, m * n);
            return;
        }
        for (int row = i; row < i + m; row++) {
            kernels.updates().update(rule, value, gradient, states, row, j, n);
        }
    }
}
