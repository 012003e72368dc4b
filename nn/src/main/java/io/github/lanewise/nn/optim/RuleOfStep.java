package io.github.lanewise.nn.optim;

import io.github.lanewise.engine.Update;

/** The rule of the last step, which serves all parameters that have step, rate and decay alike. */
final class RuleOfStep {

    private Update rule;
    private int phase;
    private int version;
    private float rate;
    private float decay;

    /** Returns the rule; asks the optimizer for a new one only if a number has changed. */
    Update get(Optimizer optimizer, int step, float rate, float decay) {
        int phase = optimizer.phase(step);
        boolean same =
                rule != null
                        && this.phase == phase
                        && this.version == optimizer.version()
                        && this.rate == rate
                        && this.decay == decay;
        if (!same) {
            rule = optimizer.rule(step, rate, decay);
            this.phase = phase;
            this.version = optimizer.version();
            this.rate = rate;
            this.decay = decay;
        }
        return rule;
    }
}
