package io.github.lanewise.tabular;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A prediction for one row.
 *
 * @param label the most probable class; null for regression
 * @param probabilities of the classes, by name; empty for regression
 * @param number the predicted number; NaN for classes
 */
public record Prediction(String label, SequencedMap<String, Double> probabilities, double number) {

    /** Copies the map. */
    public Prediction {
        probabilities = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(probabilities));
    }

    static Prediction of(TabularModel model, Predictions predictions, int row) {
        Target target = model.target();
        if (!target.task().isClassification()) {
            return new Prediction(null, new LinkedHashMap<>(), predictions.numbers()[row]);
        }
        LinkedHashMap<String, Double> probabilities = new LinkedHashMap<>();
        for (int j = 0; j < target.classes().size(); j++) {
            probabilities.put(target.classes().get(j), predictions.probabilities()[row][j]);
        }
        String label = target.classes().get(model.label(predictions, row));
        return new Prediction(label, probabilities, Double.NaN);
    }

    @Override
    public String toString() {
        return label == null ? Numbers.text(number) : label + " " + probabilities;
    }
}
