package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.train.Evaluation;
import io.github.lanewise.nn.train.History;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.TrainerCallback;

import java.util.Map;

/** Gives up a training whose loss or weights are no numbers any more, or far from any use. */
final class Divergence implements TrainerCallback {

    // So many times the loss of guessing: no such network has learnt anything.
    private static final double DIVERGED = 100;

    private final DigitTraining.Plan plan;

    Divergence(DigitTraining.Plan plan) {
        this.plan = plan;
    }

    @Override
    public void onBatchEnd(Progress progress) {
        if (!Float.isFinite(progress.batchLoss())) {
            throw tooHigh(
                    text(
                            "the loss is %s at batch %d of epoch %d",
                            progress.batchLoss(), progress.batch(), progress.epoch()));
        }
    }

    /** The last step has no loss after it that would tell what became of the weights. */
    void checkEnd(Layer model, History history, Matrix probabilities) {
        for (Map.Entry<String, Param> parameter : model.parameters().entrySet()) {
            if (!isFinite(parameter.getValue().value())) {
                throw tooHigh("a weight of " + parameter.getKey() + " is no finite number");
            }
        }
        if (!isFinite(probabilities)) {
            throw tooHigh("what the network says of the test images is no number");
        }
        if (history.epochs().isEmpty()) {
            return;
        }
        double loss = history.epochs().getLast().validation().map(Evaluation::loss).orElse(0.0);
        double chance = Math.log(probabilities.cols());
        if (!(loss <= DIVERGED * chance)) {
            throw tooHigh(
                    text("the loss on the test images is %.3g, that of chance %.3g", loss, chance));
        }
    }

    private static boolean isFinite(Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                if (!Float.isFinite(matrix.at(i, j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private BadInput tooHigh(String what) {
        String fix =
                plan.rateGiven()
                        ? text("lower the rate, --lr %s is too high", plan.rate())
                        : text("try --lr with a lower rate than %s", plan.rate());
        return new BadInput(text("mnist: training has diverged: %s; %s", what, fix));
    }
}
