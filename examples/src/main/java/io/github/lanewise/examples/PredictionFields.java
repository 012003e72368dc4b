package io.github.lanewise.examples;

import io.github.lanewise.tabular.Predictions;
import io.github.lanewise.tabular.TabularModel;
import io.github.lanewise.tabular.Target;

import java.util.ArrayList;
import java.util.List;

/** A prediction as fields of a CSV line. */
final class PredictionFields {

    private PredictionFields() {}

    /** Returns the names of the fields. */
    static List<Object> names(Target target, boolean probabilities) {
        List<Object> names = new ArrayList<>(List.of("prediction"));
        if (probabilities) {
            target.classes().forEach(name -> names.add("p(" + name + ")"));
        }
        return names;
    }

    /** Adds a class and, where they are wanted, the probabilities of all; or a number. */
    static void add(
            List<Object> fields,
            TabularModel model,
            Predictions predictions,
            int row,
            boolean probabilities) {
        if (!model.target().task().isClassification()) {
            fields.add(predictions.numbers()[row]);
            return;
        }
        fields.add(model.target().classes().get(model.label(predictions, row)));
        if (probabilities) {
            for (double p : predictions.probabilities()[row]) {
                fields.add(p);
            }
        }
    }
}
