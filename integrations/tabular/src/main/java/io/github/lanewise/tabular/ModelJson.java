package io.github.lanewise.tabular;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was fitted, as JSON and back: schema, target and preprocessing. Numbers come back with the
 * same bits. Whoever reads trusts nothing: what does not fit together is refused.
 */
final class ModelJson {

    private static final int MOST_CLASSES = 1 << 16;

    private ModelJson() {}

    static Json of(Schema schema) {
        return Json.of(schema.columns().stream().map(ModelJson::of).toList());
    }

    private static Json of(ColumnPlan plan) {
        Json json =
                Json.object()
                        .with("name", plan.name())
                        .with("kind", plan.kind().name())
                        .with("reason", plan.reason());
        return plan.dates() == null ? json : json.with("dates", plan.dates().pattern());
    }

    static Schema schema(Json json) throws FormatException {
        List<ColumnPlan> plans = new ArrayList<>();
        for (Json plan : json.elements()) {
            plans.add(
                    new ColumnPlan(
                            plan.get("name").asString(),
                            constant(plan.get("kind"), ColumnPlan.Kind.values()),
                            plan.get("reason").asString(),
                            plan.find("dates").isPresent() ? format(plan.get("dates")) : null));
        }
        return new Schema(plans);
    }

    static Json of(Target target) {
        Json json =
                Json.object()
                        .with("column", target.column())
                        .with("task", target.task().name())
                        .with("classes", target.classes());
        Target.Scale scale = target.scale();
        return scale == null
                ? json
                : json.with(
                        "scale",
                        Json.object()
                                .with("log", scale.log())
                                .with("mean", scale.mean())
                                .with("deviation", scale.deviation())
                                .with("least", scale.least())
                                .with("most", scale.most())
                                .with("clamped", scale.clamped()));
    }

    static Target target(Json json) throws FormatException {
        Task task = constant(json.get("task"), Task.values());
        List<String> classes = distinct(json.get("classes"));
        boolean fits =
                switch (task) {
                    case BINARY -> classes.size() == 2;
                    case MULTICLASS -> classes.size() > 2 && classes.size() <= MOST_CLASSES;
                    case REGRESSION -> classes.isEmpty();
                };
        if (!fits) {
            throw json.get("classes").expected("the classes of a " + task + " target");
        }
        Target.Scale scale = task == Task.REGRESSION ? targetScale(json.get("scale")) : null;
        return new Target(json.get("column").asString(), task, classes, scale);
    }

    private static Target.Scale targetScale(Json json) throws FormatException {
        return new Target.Scale(
                json.get("log").asBoolean(),
                finite(json.get("mean")),
                finite(json.get("deviation")),
                finite(json.get("least")),
                finite(json.get("most")),
                json.get("clamped").asBoolean());
    }

    static Json of(Preprocessing preprocessing) {
        return Json.of(preprocessing.encoders().stream().map(ModelJson::of).toList());
    }

    private static Json of(Encoder encoder) {
        Json json = Json.object().with("column", encoder.column());
        return switch (encoder) {
            case NumberEncoder number -> {
                Json with = json.with("type", "number").with("scale", of(number.scale()));
                yield number.indicator() == null
                        ? with
                        : with.with("indicator", of(number.indicator()));
            }
            case CategoryEncoder category ->
                    json.with("type", "category")
                            .with("levels", category.known())
                            .with("rare", Lines.join(category.rare()))
                            .with("counts", category.counts());
            case DateEncoder date ->
                    json.with("type", "date")
                            .with("format", date.format().pattern())
                            .with("start", date.start().toString())
                            .with("numbers", date.numbers().stream().map(ModelJson::of).toList())
                            .with("weekday", of(date.weekday()));
        };
    }

    private static Json of(RobustScale scale) {
        return Json.object().with("median", scale.median()).with("range", scale.scale());
    }

    static Preprocessing preprocessing(Json json) throws FormatException {
        List<Encoder> encoders = new ArrayList<>();
        for (Json encoder : json.elements()) {
            encoders.add(encoder(encoder));
        }
        if (encoders.isEmpty()) {
            throw json.expected("one column or more");
        }
        return new Preprocessing(encoders);
    }

    private static Encoder encoder(Json json) throws FormatException {
        return switch (json.get("type").asString()) {
            case "number" -> number(json);
            case "category" -> category(json);
            case "date" -> date(json);
            default -> throw json.get("type").expected("number, category or date");
        };
    }

    private static NumberEncoder number(Json json) throws FormatException {
        return new NumberEncoder(
                json.get("column").asString(),
                scale(json.get("scale")),
                json.find("indicator").isPresent() ? scale(json.get("indicator")) : null);
    }

    private static RobustScale scale(Json json) throws FormatException {
        return new RobustScale(finite(json.get("median")), finite(json.get("range")));
    }

    private static CategoryEncoder category(Json json) throws FormatException {
        List<String> levels = distinct(json.get("levels"));
        List<String> rare = Lines.split(json.get("rare").asString());
        if (new HashSet<>(rare).size() < rare.size()) {
            throw json.get("rare").expected("each text once");
        }
        List<Integer> counts = new ArrayList<>();
        long rows = 0;
        for (int count : json.get("counts").asInts()) {
            rows += count;
            counts.add(count);
            if (count < 0) {
                throw json.get("counts").expected("counts of 0 or more");
            }
        }
        if (counts.size() != levels.size() + 2 || rows == 0 || rows > Integer.MAX_VALUE) {
            throw json.get("counts")
                    .expected("a count for missing cells, each level and the rare ones");
        }
        return new CategoryEncoder(json.get("column").asString(), levels, rare, counts);
    }

    private static DateEncoder date(Json json) throws FormatException {
        List<NumberEncoder> numbers = new ArrayList<>();
        for (Json number : json.get("numbers").elements()) {
            numbers.add(number(number));
        }
        if (numbers.size() != 3 && numbers.size() != 5) {
            throw json.get("numbers").expected("3 numbers, or 5 with hours");
        }
        try {
            return new DateEncoder(
                    json.get("column").asString(),
                    format(json.get("format")),
                    LocalDateTime.parse(json.get("start").asString()),
                    numbers,
                    category(json.get("weekday")));
        } catch (DateTimeException e) {
            throw json.get("start").expected("a date and time");
        }
    }

    private static DateFormat format(Json json) throws FormatException {
        try {
            return DateFormat.ofPattern(json.asString());
        } catch (IllegalArgumentException e) {
            throw json.expected("a date pattern");
        }
    }

    private static double finite(Json json) throws FormatException {
        double number = json.asDouble();
        if (!Double.isFinite(number)) {
            throw json.expected("a finite number");
        }
        return number;
    }

    private static List<String> distinct(Json json) throws FormatException {
        List<String> texts = json.asStrings();
        Set<String> all = new HashSet<>(texts);
        if (all.size() < texts.size()) {
            throw json.expected("each text once");
        }
        return texts;
    }

    private static <E extends Enum<E>> E constant(Json json, E[] constants) throws FormatException {
        String name = json.asString();
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw json.expected("one of " + List.of(constants));
    }
}
