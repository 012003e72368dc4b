package io.github.lanewise.serve;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /predict}: rows in, predictions out. A row of JSON is an object by column, for a
 * network an array of numbers; a body is one of them, or an array of them. CSV has a header; for a
 * network, which has no names, each line is a row.
 */
final class PredictShortcut {

    /** From here on, whole numbers share doubles. */
    private static final double WHOLE = 1L << 53;

    private PredictShortcut() {}

    /** Answers JSON. */
    static Response json(Json request, ModelJob job) throws FormatException {
        if (job.model().takesNull()) {
            List<Json> rows =
                    request.kind() == Json.Kind.OBJECT ? List.of(request) : request.elements();
            job.checkRows(rows.size());
            return answer(columns(rows, job), rows.size(), job);
        }
        List<Object> values = new ArrayList<>();
        List<Integer> shape = Nesting.flatten(request, Datatype.FP32::read, values);
        TensorSpec spec = job.model().inputs().getFirst();
        if (!values.isEmpty() && !Nesting.isRows(shape, spec)) {
            throw Problem.of(
                    400, "predict: the numbers have shape %s; expected %s", shape, spec.shape());
        }
        return answerFlat(values, job);
    }

    private static Response answerFlat(List<Object> values, ModelJob job) {
        TensorSpec spec = job.model().inputs().getFirst();
        if (values.isEmpty() || values.size() % spec.width() != 0) {
            throw Problem.of(
                    400,
                    "predict: there are %d numbers; a row has %d (shape %s)",
                    values.size(),
                    spec.width(),
                    spec.shape());
        }
        int rows = values.size() / spec.width();
        return answer(
                List.of(new Tensor(spec.name(), spec.datatype(), List.of(rows), values)),
                rows,
                job);
    }

    /** Turns rows into columns, which must all be there. */
    private static List<Tensor> columns(List<Json> rows, ModelJob job) throws FormatException {
        List<TensorSpec> specs = job.model().inputs();
        List<List<Object>> columns = new ArrayList<>();
        specs.forEach(spec -> columns.add(new ArrayList<>(rows.size())));
        long extra = 0;
        for (Json row : rows) {
            Set<String> names = row.names();
            for (int j = 0; j < specs.size(); j++) {
                String name = specs.get(j).name();
                if (!names.contains(name)) {
                    throw InferProtocol.absent("field", name, names, job.model());
                }
                columns.get(j).add(scalar(row.get(name)));
            }
            extra += names.size() - specs.size();
        }
        job.extra(extra);
        List<Tensor> tensors = new ArrayList<>();
        for (int j = 0; j < specs.size(); j++) {
            tensors.add(
                    new Tensor(
                            specs.get(j).name(),
                            specs.get(j).datatype(),
                            List.of(rows.size()),
                            columns.get(j)));
        }
        return tensors;
    }

    private static Object scalar(Json json) throws FormatException {
        return switch (json.kind()) {
            case NULL -> null;
            case STRING -> json.asString();
            case BOOLEAN -> json.asBoolean();
            case NUMBER -> number(json);
            case ARRAY, OBJECT -> throw json.expected("a number, a string, true, false or null");
        };
    }

    /** Returns a double, or a whole number whose digits a double does not keep. */
    private static Number number(Json json) throws FormatException {
        double number = json.asDouble();
        if (Math.abs(number) >= WHOLE) {
            String text = json.toString();
            if (text.matches("-?\\d+")) {
                return new BigInteger(text);
            }
        }
        return number;
    }

    /** Answers CSV. */
    static Response csv(byte[] body, ModelJob job) {
        if (!job.model().takesNull()) {
            List<Object> values = new ArrayList<>();
            for (List<String> row : CsvRows.read(body, job.mostRows())) {
                row.forEach(text -> values.add(CsvRows.number(text)));
            }
            return answerFlat(values, job);
        }
        List<List<String>> lines = CsvRows.read(body, job.mostRows() + 1);
        List<String> header = lines.isEmpty() ? List.of() : lines.getFirst();
        if (new HashSet<>(header).size() < header.size()) {
            throw Problem.of(400, "csv: the header names a column twice");
        }
        List<List<String>> rows = lines.isEmpty() ? lines : lines.subList(1, lines.size());
        List<Tensor> columns = new ArrayList<>();
        for (int j = 0; j < job.model().inputs().size(); j++) {
            int input = j;
            TensorSpec spec = job.model().inputs().get(j);
            int place = header.indexOf(spec.name());
            if (place < 0) {
                throw InferProtocol.absent("field", spec.name(), header, job.model());
            }
            List<Object> values = new ArrayList<>(rows.size());
            rows.forEach(row -> values.add(job.csvValue(input, row.get(place))));
            columns.add(new Tensor(spec.name(), Datatype.BYTES, List.of(rows.size()), values));
        }
        job.extra((long) (header.size() - columns.size()) * rows.size());
        return answer(columns, rows.size(), job);
    }

    private static Response answer(List<Tensor> inputs, int rows, ModelJob job) {
        if (rows == 0) {
            throw Problem.of(400, "predict: there are no rows; give one or more");
        }
        List<Tensor> outputs = job.infer(rows, inputs);
        List<Object> predictions = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            Map<String, Object> prediction = new LinkedHashMap<>();
            for (int k = 0; k < outputs.size(); k++) {
                Tensor output = outputs.get(k);
                int width = output.values().size() / rows;
                List<?> values = output.values().subList(i * width, (i + 1) * width);
                Object labels = job.model().outputs().get(k).parameters().get("labels");
                prediction.put(
                        output.name(),
                        labels instanceof List<?> names
                                ? named(names, values)
                                : output.shape().size() == 1 ? values.getFirst() : values);
            }
            predictions.add(prediction);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", job.model().name());
        json.put("version", job.model().version());
        json.put("predictions", predictions);
        return Response.json(200, json);
    }

    private static Map<String, Object> named(List<?> names, List<?> values) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            named.put((String) names.get(i), values.get(i));
        }
        return named;
    }
}
