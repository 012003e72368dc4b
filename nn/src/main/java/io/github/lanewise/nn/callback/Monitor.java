package io.github.lanewise.nn.callback;

import io.github.lanewise.nn.file.StateReader;
import io.github.lanewise.nn.file.StateWriter;
import io.github.lanewise.nn.train.Progress;

import java.io.IOException;
import java.util.Objects;

/** A measure that is watched from epoch to epoch, and the best it has been. */
final class Monitor {

    private String name = "val_loss";
    private double minDelta;
    private EarlyStopping.Mode mode;
    private double best = Double.NaN;

    void name(String measure) {
        name = Objects.requireNonNull(measure, "name");
    }

    String name() {
        return name;
    }

    void minDelta(double difference) {
        minDelta = difference;
    }

    void mode(EarlyStopping.Mode better) {
        mode = Objects.requireNonNull(better, "better");
    }

    double best() {
        return best;
    }

    void forget() {
        best = Double.NaN;
    }

    /**
     * Does something with the weights that have the measure, which are not the model's own if the
     * validation is measured with averaged ones.
     */
    void withWeights(Progress progress, Runnable action) {
        if (name.startsWith("val_")) {
            progress.withValidatedWeights(action);
        } else {
            action.run();
        }
    }

    /**
     * Takes in a measure and returns whether it is the best so far.
     *
     * @throws IllegalArgumentException if it is an accuracy that there is not
     */
    boolean improve(double measure) {
        if (Double.isNaN(measure) && name.matches("(val_)?accuracy")) {
            throw new IllegalArgumentException(
                    ("metric: %s is NaN, for the loss knows no right and wrong; watch another"
                                    + " measure, such as val_loss")
                            .formatted(name));
        }
        boolean better = isBetter(measure, best);
        best = better ? measure : best;
        return better;
    }

    /**
     * Returns whether a measure is better than a number, anything but NaN being better than NaN.
     */
    boolean isBetter(double measure, double than) {
        if (Double.isNaN(than)) {
            return !Double.isNaN(measure);
        }
        return lowerIsBetter() ? measure < than - minDelta : measure > than + minDelta;
    }

    private boolean lowerIsBetter() {
        return mode != null
                ? mode == EarlyStopping.Mode.MIN
                : name.matches(".*(loss|error|perplexity)");
    }

    void save(StateWriter out) {
        out.put("best", best);
    }

    void load(StateReader in) throws IOException {
        best = in.get("best").asDouble();
    }
}
