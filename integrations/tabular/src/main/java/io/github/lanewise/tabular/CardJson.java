package io.github.lanewise.tabular;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link ModelCard} as JSON and back. */
final class CardJson {

    /** Wider and deeper than any network of this kind. */
    private static final int MOST_LAYERS = 100;

    private CardJson() {}

    static Json of(ModelCard card) {
        Map<String, Object> board = new LinkedHashMap<>();
        card.leaderBoard().forEach((name, measures) -> board.put(name, measures.values()));
        return Json.object()
                .with("recipe", of(card.recipe()))
                .with("seed", card.seed())
                .with("source", of(card.source()))
                .with("leaderBoard", board)
                .with("createdBy", card.createdBy())
                .with("java", card.java());
    }

    static ModelCard card(Json json) throws FormatException {
        LinkedHashMap<String, Measures> board = new LinkedHashMap<>();
        Json entries = json.get("leaderBoard");
        for (String name : entries.names()) {
            LinkedHashMap<String, Double> values = new LinkedHashMap<>();
            for (String measure : entries.get(name).names()) {
                values.put(measure, entries.get(name).get(measure).asDouble());
            }
            board.put(name, new Measures(values));
        }
        return new ModelCard(
                recipe(json.get("recipe")),
                json.get("seed").asLong(),
                source(json.get("source")),
                board,
                json.get("createdBy").asString(),
                json.get("java").asString());
    }

    private static Json of(Recipe recipe) {
        return Json.object()
                .with("hidden", recipe.hidden())
                .with("epochs", recipe.epochs())
                .with("batch", recipe.batch())
                .with("learningRate", recipe.learningRate())
                .with("dropout", recipe.dropout())
                .with("weightDecay", recipe.weightDecay())
                .with("labelSmoothing", recipe.labelSmoothing());
    }

    private static Recipe recipe(Json json) throws FormatException {
        List<Integer> hidden = new ArrayList<>();
        for (int width : json.get("hidden").asInts()) {
            if (width < 1) {
                throw json.get("hidden").expected("widths of 1 or more");
            }
            hidden.add(width);
        }
        if (hidden.size() > MOST_LAYERS) {
            throw json.get("hidden").expected("at most " + MOST_LAYERS + " layers");
        }
        double dropout = json.get("dropout").asDouble();
        if (!(dropout >= 0 && dropout < 1)) {
            throw json.get("dropout").expected("a share from 0 to below 1");
        }
        return new Recipe(
                hidden,
                positive(json.get("epochs")),
                positive(json.get("batch")),
                json.get("learningRate").asDouble(),
                dropout,
                json.get("weightDecay").asDouble(),
                json.get("labelSmoothing").asDouble());
    }

    private static int positive(Json json) throws FormatException {
        if (json.asInt() < 1) {
            throw json.expected("1 or more");
        }
        return json.asInt();
    }

    private static Json of(Source source) {
        return Json.object()
                .with("name", source.name())
                .with("bytes", source.bytes())
                .with("sha256", source.sha256())
                .with("rows", source.rows())
                .with("skipped", source.skipped())
                .with("decimal", String.valueOf(source.decimal()));
    }

    private static Source source(Json json) throws FormatException {
        return new Source(
                json.get("name").asString(),
                json.get("bytes").asLong(),
                json.get("sha256").asString(),
                json.get("rows").asLong(),
                json.get("skipped").asLong(),
                json.find("decimal").isPresent() ? decimal(json.get("decimal")) : '.');
    }

    private static char decimal(Json json) throws FormatException {
        String mark = json.asString();
        if (!mark.equals(".") && !mark.equals(",")) {
            throw json.expected(". or ,");
        }
        return mark.charAt(0);
    }
}
