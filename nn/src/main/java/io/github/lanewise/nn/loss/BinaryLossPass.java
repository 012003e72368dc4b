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
    boolean judges(Targets targets) {
        return targets instanceof Targets.Values;
    }

    @Override
    int judged(Targets targets, int sample, int part, int parts) {
        return ((Targets.Values) targets).rows().cols() / parts;
    }

    @Override
    int correct(Matrix predictions, Targets targets, int sample, int part, int parts) {
        Matrix rows = ((Targets.Values) targets).rows();
        int x = predictions.offset() + sample * predictions.ld();
        int t = rows.offset() + sample * rows.ld();
        int ofPart = predictions.cols() / parts;
        int right = 0;
        for (int j = part * ofPart; j < (part + 1) * ofPart; j++) {
            float score = predictions.data()[x + j];
            boolean yes = rows.data()[t + j] > HALF;
            right += yes && score > 0 || !yes && score <= 0 ? 1 : 0;
        }
        return right;
    }
}
