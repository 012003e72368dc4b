package io.github.lanewise.nn.train;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** What was measured in an epoch, as a checkpoint keeps it. */
final class EpochJson {

    private EpochJson() {}

    /** Returns what {@link #epoch} reads. */
    static Object of(History.Epoch epoch) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("training", of(epoch.training()));
        json.put("seconds", epoch.seconds());
        epoch.validation().ifPresent(one -> json.put("validation", of(one)));
        return json;
    }

    private static Object of(Evaluation one) {
        SequencedMap<String, Object> json = new LinkedHashMap<>();
        json.put("loss", one.loss());
        json.put("accuracy", one.accuracy());
        json.put("samples", one.samples());
        json.put("metrics", one.metrics());
        return json;
    }

    static History.Epoch epoch(Json json) throws FormatException {
        Optional<Json> validation = json.find("validation");
        return new History.Epoch(
                evaluation(json.get("training")),
                json.get("seconds").asDouble(),
                validation.isPresent()
                        ? Optional.of(evaluation(validation.get()))
                        : Optional.empty());
    }

    private static Evaluation evaluation(Json json) throws FormatException {
        SequencedMap<String, Double> metrics = new LinkedHashMap<>();
        for (String name : json.get("metrics").names()) {
            metrics.put(name, json.get("metrics").get(name).asDouble());
        }
        return new Evaluation(
                json.get("loss").asDouble(),
                json.get("accuracy").asDouble(),
                json.get("samples").asInt(),
                metrics);
    }
}
