package io.github.lanewise.serve;

import com.sun.net.httpserver.HttpExchange;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.tabular.Names;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/** Which address is answered by what. */
final class Router {

    private static final String CSV = "text/csv";

    /** Bytes that hold a few hundred rows of one column, or one of a few hundred. */
    private static final int SHORT_BODY = 4096;

    private final SequencedMap<String, ServedModel> models;
    private final Limits limits;
    private final Access access;
    private final ComputePool pool;
    private final Metrics metrics;
    private final RequestBody bodies;
    private final BooleanSupplier ready;

    Router(
            SequencedMap<String, ServedModel> models,
            Limits limits,
            Access access,
            ComputePool pool,
            Metrics metrics,
            BooleanSupplier ready) {
        this.models = models;
        this.limits = limits;
        this.access = access;
        this.pool = pool;
        this.metrics = metrics;
        this.bodies = new RequestBody(limits.bodyBytes());
        this.ready = ready;
    }

    /** Names what an address asks for, for metrics: a name of a short list. */
    static String endpoint(String path) {
        return switch (path) {
            case "/" -> "page";
            case "/predict" -> "predict";
            case "/metrics" -> "metrics";
            case "/v2/health/live", "/v2/health/ready" -> "health";
            default ->
                    !path.equals("/v2") && !path.startsWith("/v2/")
                            ? "other"
                            : path.endsWith("/infer") ? "infer" : "metadata";
        };
    }

    /** Answers a request, or throws a {@link Problem}. */
    Response answer(HttpExchange exchange) throws Exception {
        access.checkOrigin(exchange.getRequestHeaders());
        String path = exchange.getRequestURI().getPath();
        if (path == null) {
            throw Problem.of(400, "address: it must begin with /");
        }
        switch (path) {
            case "/":
                get(exchange);
                return Page.response();
            case "/v2/health/live":
                get(exchange);
                return Response.json(200, Map.of("live", true));
            case "/v2/health/ready":
                get(exchange);
                return ready(new LinkedHashMap<>());
            default:
                access.checkToken(exchange.getRequestHeaders());
                return answer(exchange, path);
        }
    }

    private Response ready(Map<String, Object> json) {
        json.put("ready", ready.getAsBoolean());
        return Response.json(ready.getAsBoolean() ? 200 : 503, json);
    }

    private Response answer(HttpExchange exchange, String path) throws Exception {
        switch (path) {
            case "/metrics":
                get(exchange);
                return Response.text(Metrics.TYPE, metrics.text());
            case "/predict":
                return predict(exchange);
            case "/v2":
                get(exchange);
                return Response.json(200, server());
            case "/v2/models":
                get(exchange);
                return Response.json(200, Map.of("models", List.copyOf(models.keySet())));
            default:
                if (path.startsWith("/v2/models/")) {
                    return model(exchange, path.substring("/v2/models/".length()));
                }
                throw Problem.of(
                        404, "address: there is nothing here; see /, /v2/models and /metrics");
        }
    }

    private static Map<String, Object> server() {
        String version = Router.class.getPackage().getImplementationVersion();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", "lanewise");
        json.put("version", version == null ? "0.1.0" : version);
        json.put("extensions", List.of());
        return json;
    }

    /** Answers for a model: M, M/ready, M/infer, M/versions/V, M/versions/V/ready or .../infer. */
    private Response model(HttpExchange exchange, String path) throws Exception {
        String[] parts = path.split("/", -1);
        ServedModel model = named(parts[0]);
        int at = 1;
        if (parts.length > 2 && parts[1].equals("versions")) {
            if (!parts[2].equals(model.version())) {
                throw Problem.of(
                        404,
                        "model: %s has no version '%s'; it has %s",
                        model.name(),
                        parts[2],
                        model.version());
            }
            at = 3;
        }
        String verb = parts.length == at ? "" : parts.length == at + 1 ? parts[at] : "?";
        switch (verb) {
            case "":
                get(exchange);
                return Response.json(200, InferProtocol.metadata(model));
            case "ready":
                get(exchange);
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("name", model.name());
                return ready(json);
            case "infer":
                post(exchange);
                requireType(exchange, Response.JSON);
                return bodies.read(
                        exchange,
                        body ->
                                pool.compute(
                                        isShort(model, body),
                                        () -> InferProtocol.infer(parse(body), job(model))));
            default:
                throw Problem.of(
                        404, "address: a model has ready and infer; there is nothing here");
        }
    }

    private ServedModel named(String name) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw Problem.of(
                    404, "model: there is no '%s'%s", name, Names.suggest(name, models.keySet()));
        }
        return model;
    }

    private Response predict(HttpExchange exchange) throws Exception {
        post(exchange);
        String name = parameter(exchange, "model");
        ServedModel model;
        if (name != null) {
            model = named(name);
        } else if (models.size() == 1) {
            model = models.firstEntry().getValue();
        } else {
            throw Problem.of(
                    400,
                    "predict: there are several models; say which by ?model=NAME: %s",
                    String.join(", ", models.keySet()));
        }
        boolean csv = type(exchange).equals(CSV);
        if (!csv) {
            requireType(exchange, Response.JSON + " or " + CSV);
        }
        return bodies.read(
                exchange,
                body ->
                        pool.compute(
                                isShort(model, body),
                                () ->
                                        csv
                                                ? PredictShortcut.csv(body, job(model))
                                                : PredictShortcut.json(parse(body), job(model))));
    }

    /** Returns whether a prediction takes some milliseconds at most: few rows of a table. */
    private static boolean isShort(ServedModel model, byte[] body) {
        return model instanceof TableModel && body.length <= SHORT_BODY;
    }

    /** Returns what the address says of a parameter; null if it does not. */
    private static String parameter(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getRawQuery();
        for (String part : query == null ? new String[0] : query.split("&")) {
            if (part.startsWith(name + "=")) {
                String value = part.substring(name.length() + 1).replace("+", "%2B");
                return URLDecoder.decode(value, StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    private ModelJob job(ServedModel model) {
        return new ModelJob(model, limits, metrics);
    }

    private Json parse(byte[] body) {
        JsonDepth.check(body, limits.depth());
        try {
            return Json.parse(body, "request");
        } catch (FormatException e) {
            throw Problem.of(400, "%s", e.getMessage());
        }
    }

    private static void get(HttpExchange exchange) {
        require(exchange, "GET", "HEAD");
    }

    private static void post(HttpExchange exchange) {
        require(exchange, "POST");
    }

    private static void require(HttpExchange exchange, String... methods) {
        if (!List.of(methods).contains(exchange.getRequestMethod())) {
            String allowed = String.join(", ", methods);
            throw Problem.of(405, "method: this address takes %s", allowed)
                    .header("Allow", allowed);
        }
    }

    /** Only types that a page of another origin may not send without asking are taken. */
    private static void requireType(HttpExchange exchange, String expected) {
        if (!type(exchange).equals(Response.JSON)) {
            throw Problem.of(415, "Content-Type: it must be %s", expected);
        }
    }

    private static String type(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        int end = type == null ? -1 : type.indexOf(';');
        String bare = type == null ? "" : end < 0 ? type : type.substring(0, end);
        return bare.strip().toLowerCase(Locale.ROOT);
    }
}
