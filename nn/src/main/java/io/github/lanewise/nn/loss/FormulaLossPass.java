package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

/** The pass of a loss that has a formula for each prediction and its target. */
final class FormulaLossPass extends PlainLossPass {

    /** A loss f(x, t) and its derivative df/dx. */
    interface Formula {

        double loss(double x, double t);

        double slope(double x, double t);
    }

    private final Loss loss;
    private final Formula formula;
    private final int features;
    private Matrix targets;

    FormulaLossPass(
            Loss loss,
            Formula formula,
            Reduction reduction,
            Shape predictions,
            Workspace workspace) {
        super(loss, reduction, predictions, predictions.features(), workspace);
        this.loss = loss;
        this.formula = formula;
        this.features = predictions.features();
    }

    @Override
    void begin(Matrix predictions, Targets given) {
        targets = LossChecks.values(loss, given, predictions);
    }

    @Override
    double sample(int i, float[] x, int at, double scale, float[] dx, int to) {
        int t = targets.offset() + i * targets.ld();
        double sum = 0;
        for (int j = 0; j < features; j++) {
            double target = targets.data()[t + j];
            double value = formula.loss(x[at + j], target);
            put(i, j, value);
            sum += value;
            dx[to + j] = (float) (scale * formula.slope(x[at + j], target));
        }
        return sum;
    }
}
