package io.github.lanewise.nn.loss;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.engine.PointwiseLoss;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;

/** The pass of a loss of yes and no: a score above 0 says yes, as does a target above 1/2. */
final class BinaryLossPass extends PointwiseLossPass {

    private static final float HALF = 0.5f;

    BinaryLossPass(
            BCEWithLogitsLoss loss,
            PointwiseLoss function,
            Shape predictions,
            Workspace workspace) {
        super(loss, function, loss.weight(), loss.reduction(), predictions, workspace);
    }

    @Override
    public int judged(Targets targets) {
        return targets instanceof Targets.Values values ? values.rows().size() : NO_ACCURACY;
    }

    @Override
    public int right(Matrix predictions, Targets targets) {
        if (!(targets instanceof Targets.Values values)) {
            return NO_ACCURACY;
        }
        int right = 0;
        for (int i = 0; i < predictions.rows(); i++) {
            int x = predictions.offset() + i * predictions.ld();
            int t = values.rows().offset() + i * values.rows().ld();
            for (int j = 0; j < predictions.cols(); j++) {
                float score = predictions.data()[x + j];
                boolean yes = values.rows().data()[t + j] > HALF;
                right += yes && score > 0 || !yes && score <= 0 ? 1 : 0;
            }
        }
        return right;
    }
}
