package io.github.lanewise.serve;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.tabular.Names;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests and responses of the Open Inference Protocol, version 2, over REST. */
final class InferProtocol {

    private InferProtocol() {}

    /** Returns the metadata of a model. */
    static Map<String, Object> metadata(ServedModel model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model.name());
        json.put("versions", List.of(model.version()));
        json.put("platform", model.platform());
        json.put("inputs", model.inputs().stream().map(InferProtocol::metadata).toList());
        json.put("outputs", model.outputs().stream().map(InferProtocol::metadata).toList());
        return json;
    }

    private static Map<String, Object> metadata(TensorSpec spec) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", spec.name());
        json.put("datatype", spec.datatype().name());
        json.put("shape", spec.shape());
        if (!spec.parameters().isEmpty()) {
            json.put("parameters", spec.parameters());
        }
        return json;
    }

    /** Answers an inference request. */
    static Response infer(Json request, ModelJob job) throws FormatException {
        ServedModel model = job.model();
        Map<String, Json> given = byName(request.get("inputs"));
        int rows = -1;
        List<Tensor> inputs = new ArrayList<>();
        for (TensorSpec spec : model.inputs()) {
            Json json = given.remove(spec.name());
            if (json == null) {
                throw absent("input", spec.name(), given.keySet(), model);
            }
            Tensor tensor = tensor(json, spec, job);
            int count = tensor.shape().getFirst();
            if (rows >= 0 && count != rows) {
                throw Problem.of(
                        400,
                        "%s: shape begins with %d, that of %s with %d; all inputs have as many"
                                + " rows",
                        spec.name(),
                        count,
                        inputs.getFirst().name(),
                        rows);
            }
            rows = count;
            inputs.add(tensor);
        }
        job.extra(given.size());
        List<String> wanted = wanted(request, model);
        List<Tensor> outputs = job.infer(rows, inputs);
        return response(request, model, outputs, wanted);
    }

    private static Map<String, Json> byName(Json tensors) throws FormatException {
        Map<String, Json> named = new LinkedHashMap<>();
        for (Json tensor : tensors.elements()) {
            if (named.put(tensor.get("name").asString(), tensor) != null) {
                throw tensor.get("name").expected("each name once");
            }
        }
        return named;
    }

    /** Makes the error for what a request lacks; one of the names that it has may be meant. */
    static Problem absent(String kind, String name, Collection<String> given, ServedModel model) {
        List<String> known = model.inputs().stream().map(TensorSpec::name).toList();
        return Problem.of(
                400,
                "%s '%s' is absent%s%s",
                kind,
                name,
                Names.given(name, known, given),
                model.takesNull() ? "; give null for a missing value" : "");
    }

    private static Tensor tensor(Json json, TensorSpec spec, ModelJob job) throws FormatException {
        Datatype datatype =
                Datatype.of(json.get("datatype").asString())
                        .filter(type -> type == spec.datatype() || spec.accepted().contains(type))
                        .orElse(null);
        if (datatype == null) {
            throw json.get("datatype")
                    .expected("%s for '%s'".formatted(spec.datatype(), spec.name()));
        }
        if (json.find("data").isEmpty()) {
            throw json.expected("a member \"data\": binary tensors are not taken, JSON is");
        }
        int rows = rows(json.get("shape"), spec);
        job.checkRows(rows);
        List<Object> values = new ArrayList<>();
        boolean takesNull = job.model().takesNull();
        List<Integer> shape =
                Nesting.flatten(
                        json.get("data"),
                        element -> element.isNull() && takesNull ? null : datatype.read(element),
                        values);
        if (!Nesting.isRows(shape, spec)) {
            throw json.get("data")
                    .expected("shape %s or flat, not %s".formatted(spec.shape(), shape));
        }
        if (values.size() != (long) rows * spec.width()) {
            throw json.get("data")
                    .expected("%s elements, as the shape says".formatted(rows * spec.width()));
        }
        return new Tensor(spec.name(), datatype, List.of(rows), values);
    }

    /**
     * Checks a shape: the rows, then the dimensions of the model, or one of their product, or 1.
     */
    private static int rows(Json shape, TensorSpec spec) throws FormatException {
        List<Integer> given = new ArrayList<>();
        for (int dimension : shape.asInts()) {
            given.add(dimension);
        }
        List<Integer> row = spec.shape().subList(1, spec.shape().size());
        List<Integer> rest = given.isEmpty() ? List.of() : given.subList(1, given.size());
        if (given.isEmpty()
                || given.getFirst() < 1
                || !rest.equals(row) && !rest.equals(List.of(spec.width()))) {
            throw shape.expected(
                    "%s for '%s', -1 being one row or more".formatted(spec.shape(), spec.name()));
        }
        return given.getFirst();
    }

    /** Returns the names of the outputs that a request asks for; all unless it says so. */
    private static List<String> wanted(Json request, ServedModel model) throws FormatException {
        List<String> all = model.outputs().stream().map(TensorSpec::name).toList();
        if (request.find("outputs").isEmpty() || request.get("outputs").size() == 0) {
            return all;
        }
        List<String> wanted = new ArrayList<>();
        for (Json output : request.get("outputs").elements()) {
            String name = output.get("name").asString();
            if (!all.contains(name)) {
                throw Problem.of(400, "there is no output '%s'%s", name, Names.suggest(name, all));
            }
            wanted.add(name);
        }
        return wanted;
    }

    private static Response response(
            Json request, ServedModel model, List<Tensor> outputs, List<String> wanted)
            throws FormatException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model_name", model.name());
        json.put("model_version", model.version());
        if (request.find("id").isPresent()) {
            json.put("id", request.get("id").asString());
        }
        List<Object> tensors = new ArrayList<>();
        for (Tensor output : outputs) {
            if (wanted.contains(output.name())) {
                Map<String, Object> tensor = new LinkedHashMap<>();
                tensor.put("name", output.name());
                tensor.put("datatype", output.datatype().name());
                tensor.put("shape", output.shape());
                tensor.put("data", output.values());
                tensors.add(tensor);
            }
        }
        json.put("outputs", tensors);
        return Response.json(200, json);
    }
}
