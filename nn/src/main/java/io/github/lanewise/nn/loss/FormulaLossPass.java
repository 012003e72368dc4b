package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import java.util.function.DoubleBinaryOperator;

/** The pass of a loss that has a formula for each prediction and its target. */
final class FormulaLossPass extends PlainLossPass {

    private final Loss loss;
    private final DoubleBinaryOperator formula;
    private final DoubleBinaryOperator slope;
    private final int features;
    private Matrix targets;

    /**
     * @param formula f(x, t) of a prediction and its target
     * @param slope its derivative df/dx
     */
    FormulaLossPass(
            Loss loss,
            DoubleBinaryOperator formula,
            DoubleBinaryOperator slope,
            Reduction reduction,
            Shape predictions,
            Workspace workspace) {
        super(loss, reduction, predictions, predictions.features(), workspace);
        this.loss = loss;
        this.formula = formula;
        this.slope = slope;
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
            double value = formula.applyAsDouble(x[at + j], target);
            put(i, j, value);
            sum += value;
            dx[to + j] = (float) (scale * slope.applyAsDouble(x[at + j], target));
        }
        return sum;
    }
}
