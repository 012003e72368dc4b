package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

/** The pass of a loss of pairs of numbers: the first half of a sample with the second. */
abstract class PairLossPass extends PlainLossPass {

    private final Loss loss;
    private final int pairs;
    private double slopeOfFirst;
    private double slopeOfSecond;

    PairLossPass(Loss loss, Reduction reduction, Shape predictions, Workspace workspace) {
        super(loss, reduction, predictions, predictions.features() / 2, workspace);
        this.loss = loss;
        this.pairs = predictions.features() / 2;
    }

    static void requirePairs(Loss loss, Shape predictions, String words) {
        if (predictions.rank() < 2 || predictions.dimension(0) != 2) {
            throw new IllegalArgumentException(
                    "%s: predictions are %s; they must be 2 x features: %s"
                            .formatted(loss.getClass().getSimpleName(), predictions, words));
        }
    }

    /** Returns the rows of targets that must be one number for each pair. */
    final Matrix targetRows(Targets targets, int batch) {
        boolean fits =
                targets instanceof Targets.Values values
                        && values.rows().rows() == batch
                        && values.rows().cols() == pairs;
        if (!fits) {
            String given =
                    targets instanceof Targets.Values values
                            ? values.rows().shape()
                            : "no rows of numbers";
            throw new IllegalArgumentException(
                    "%s: targets are %s; they must be %sx%s"
                            .formatted(loss.getClass().getSimpleName(), given, batch, pairs));
        }
        return ((Targets.Values) targets).rows();
    }

    /** Returns the loss of pair j of sample i; it calls {@link #slopes}. */
    abstract double pair(int i, int j, double first, double second);

    final void slopes(double ofFirst, double ofSecond) {
        slopeOfFirst = ofFirst;
        slopeOfSecond = ofSecond;
    }

    @Override
    final double sample(int i, float[] x, int at, double scale, float[] dx, int to) {
        double sum = 0;
        for (int j = 0; j < pairs; j++) {
            double value = pair(i, j, x[at + j], x[at + pairs + j]);
            put(i, j, value);
            sum += value;
            dx[to + j] = (float) (scale * slopeOfFirst);
            dx[to + pairs + j] = (float) (scale * slopeOfSecond);
        }
        return sum;
    }
}
