package io.github.lanewise.nn.train;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** The measures of an epoch, by name. */
record Measures(SequencedMap<String, Double> byName) {

    private static final String VALIDATION = "val_";

    static Measures of(Evaluation evaluation) {
        SequencedMap<String, Double> all = new LinkedHashMap<>();
        add(all, "", evaluation);
        return new Measures(all);
    }

    /** Returns those of training, and those of a validation, if there was one, behind them. */
    static Measures of(Evaluation training, Evaluation validation) {
        SequencedMap<String, Double> all = new LinkedHashMap<>();
        add(all, "", training);
        if (validation != null) {
            add(all, VALIDATION, validation);
        }
        return new Measures(all);
    }

    private static void add(SequencedMap<String, Double> all, String prefix, Evaluation one) {
        all.put(prefix + "loss", one.loss());
        all.put(prefix + "accuracy", one.accuracy());
        one.metrics().forEach((name, value) -> all.put(prefix + name, value));
    }

    private String advice(String name) {
        return name.startsWith(VALIDATION) && !byName.containsKey(VALIDATION + "loss")
                ? ", for the trainer has no validation"
                : "";
    }

    double get(String name) {
        Double value = byName.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "metric: there is no %s; there are %s%s"
                            .formatted(name, byName.keySet(), advice(name)));
        }
        return value;
    }
}
