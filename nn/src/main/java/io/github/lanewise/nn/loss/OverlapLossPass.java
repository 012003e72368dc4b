package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

import java.util.Arrays;

/** How much of each sample's mask the predictions miss: 1 - Tversky's index. */
final class OverlapLossPass extends PlainLossPass {

    private final Loss loss;
    private final double alpha;
    private final double beta;
    private final double smooth;
    private final int features;
    private Matrix targets;

    OverlapLossPass(
            Loss loss,
            double[] alphaBetaSmooth,
            Reduction reduction,
            Shape predictions,
            Workspace workspace) {
        super(loss, reduction, predictions, 1, workspace);
        this.loss = loss;
        this.alpha = alphaBetaSmooth[0];
        this.beta = alphaBetaSmooth[1];
        this.smooth = alphaBetaSmooth[2];
        this.features = predictions.features();
    }

    @Override
    void begin(Matrix predictions, Targets given) {
        targets = LossChecks.values(loss, given, predictions);
    }

    @Override
    double sample(int i, float[] x, int at, double scale, float[] dx, int to) {
        float[] t = targets.data();
        int from = targets.offset() + i * targets.ld();
        double hit = smooth;
        double wrong = 0;
        for (int j = 0; j < features; j++) {
            double p = x[at + j];
            double y = t[from + j];
            hit += p * y;
            wrong += alpha * p * (1 - y) + beta * (1 - p) * y;
        }
        double all = hit + wrong;
        if (all == 0) {
            Arrays.fill(dx, to, to + features, 0);
            return 0; // nothing was to be found, and nothing was
        }
        for (int j = 0; j < features; j++) {
            double y = t[from + j];
            double ofAll = y + alpha * (1 - y) - beta * y;
            dx[to + j] = (float) (-scale * (y * all - hit * ofAll) / (all * all));
        }
        return 1 - hit / all;
    }
}
