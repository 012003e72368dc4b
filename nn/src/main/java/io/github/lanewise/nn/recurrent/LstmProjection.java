package io.github.lanewise.nn.recurrent;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.TimeSteps;

import java.util.Arrays;

/**
 * The product that makes hidden states of what the cells of an {@link LSTM} give, after each step
 * (Sak, Senior and Beaufays, "Long short-term memory based recurrent neural network architectures",
 * 2014).
 */
final class LstmProjection {

    private final DirectionPlan plan;
    private final Matrix raw;
    private final Matrix dRaw;

    /**
     * @param raw what the cells give, time-major
     * @param dRaw its gradient; null for inference
     */
    LstmProjection(DirectionPlan plan, Matrix raw, Matrix dRaw) {
        this.plan = plan;
        this.raw = raw;
        this.dRaw = dRaw;
    }

    TimeSteps.Projection forward() {
        Matrix[] from = new Matrix[plan.steps()];
        Matrix[] to = new Matrix[plan.steps()];
        Arrays.setAll(from, s -> plan.at(raw, plan.time(s)));
        Arrays.setAll(to, s -> plan.at(plan.after(plan.hidden()), plan.time(s)));
        return new TimeSteps.Projection(from, plan.weights().projection().value(), to);
    }

    TimeSteps.Projection backward() {
        int last = plan.steps() - 1;
        Matrix[] from = new Matrix[plan.steps()];
        Matrix[] to = new Matrix[plan.steps()];
        Arrays.setAll(from, s -> plan.at(plan.after(plan.dHidden()), plan.time(last - s)));
        Arrays.setAll(to, s -> plan.at(dRaw, plan.time(last - s)));
        return new TimeSteps.Projection(from, plan.weights().projection().value(), to);
    }
}
