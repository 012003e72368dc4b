package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.file.Json;
import io.github.lanewise.tabular.Csv;
import io.github.lanewise.tabular.CsvOptions;
import io.github.lanewise.tabular.Prediction;
import io.github.lanewise.tabular.Table;
import io.github.lanewise.tabular.Tabular;
import io.github.lanewise.tabular.TabularModel;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rows in, predictions out. */
@Timeout(120)
class PredictShortcutTest {

    private static final String ROW =
            """
            {"age": 33.5, "job": "cook", "member": true, "since": "2020-02-03", "more": 1}\
            """;

    private static Service table;
    private static Service tensors;

    @BeforeAll
    static void start() throws Exception {
        table =
                new Service(
                        new InferenceServer(List.of(new TableModel("clients", Models.table()))));
        tensors = new Service(new InferenceServer(List.of(Models.tensors())));
    }

    @AfterAll
    static void stop() {
        table.close();
        tensors.close();
    }

    private static void assertAnswered(HttpResponse<String> response, int rows) throws Exception {
        assertEquals(200, response.statusCode(), response.body());
        Json predictions = Service.json(response).get("predictions");
        assertEquals(rows, predictions.size());
        Prediction expected = Models.table().predict(Models.row());
        assertEquals(expected.label(), predictions.get(0).get("label").asString());
        for (String label : expected.probabilities().keySet()) {
            assertEquals(
                    expected.probabilities().get(label),
                    predictions.get(0).get("probabilities").get(label).asDouble());
        }
    }

    @Test
    void takesOneRowOrSeveral() throws Exception {
        assertAnswered(table.post("/predict", ROW), 1);
        assertAnswered(table.post("/predict?model=clients", "[" + ROW + "," + ROW + "]"), 2);
    }

    @Test
    void levelsThatWereNumbersAreFoundHoweverTheyAreWritten(@TempDir Path folder) throws Exception {
        StringBuilder text = new StringBuilder("level,x,risk\n");
        for (int i = 0; i < 80; i++) {
            text.append("%d.50,%d,%s\n".formatted(i % 2, i % 7, i % 2 == 0 ? "low" : "high"));
        }
        Table read = Csv.read(Files.writeString(folder.resolve("a.csv"), text));
        TabularModel model = Tabular.target("risk").category("level").epochs(2).fit(read).model();
        try (Service service =
                new Service(new InferenceServer(List.of(new TableModel("risks", model))))) {
            HttpResponse<String> answer =
                    service.post("/predict", "text/csv", "x,level\n3,1.50\n3,1.5\n");
            Json predictions = Service.json(answer).get("predictions");
            assertEquals(predictions.get(1).toString(), predictions.get(0).toString());
            assertTrue(!service.get("/metrics").body().contains("unknown_values_total{"));
        }
    }

    @Test
    void wholeNumbersKeepAllTheirDigits(@TempDir Path folder) throws Exception {
        StringBuilder text = new StringBuilder("account,x,risk\n");
        for (int i = 0; i < 80; i++) {
            String risk = i % 2 == 0 ? "low" : "high";
            text.append("1234567890123456789%d,%d,%s\n".formatted(i % 2, i % 7, risk));
        }
        Table read = Csv.read(Files.writeString(folder.resolve("a.csv"), text));
        TabularModel model = Tabular.target("risk").category("account").epochs(8).fit(read).model();
        try (Service service =
                new Service(new InferenceServer(List.of(new TableModel("risks", model))))) {
            for (String form : List.of("%s", "\"%s\"")) {
                String row = "{\"x\": 3, \"account\": " + form + "}";
                String rows = "[" + row + "," + row + "]";
                HttpResponse<String> answer =
                        service.post(
                                "/predict",
                                rows.formatted("12345678901234567890", "12345678901234567891"));
                assertEquals(200, answer.statusCode(), answer.body());
                Json predictions = Service.json(answer).get("predictions");
                assertEquals("low", predictions.get(0).get("label").asString());
                assertEquals("high", predictions.get(1).get("label").asString());
            }
        }
    }

    @Test
    void takesCsv() throws Exception {
        String csv = "job,age,since,member,x\ncook,33.5,2020-02-03,true,1\n\"nurse\",NA,,false,2\n";
        assertAnswered(table.post("/predict", "text/csv", csv), 2);
        assertAnswered(table.post("/predict", "text/csv; charset=utf-8", "\ufeff" + csv), 2);
    }

    @ParameterizedTest
    @ValueSource(chars = {';', '\t', '|'})
    void findsTheSeparatorOfCsv(char separator) throws Exception {
        String csv = "job,age,since,member\ncook,33.5,2020-02-03,true\nnurse,NA,,false\n";
        assertAnswered(table.post("/predict", "text/csv", csv.replace(',', separator)), 2);
        String said = "sep=" + separator + "\r\n" + csv.replace(',', separator);
        assertAnswered(table.post("/predict", "text/csv", said), 2);
        assertProblem(
                400,
                "csv: line 3 has 1 fields",
                table.post("/predict", "text/csv", "sep=;\njob;age\ncook\n"));
        assertEquals(400, table.post("/predict", "text/csv", "sep=\"\njob\n").statusCode());
        String numbers = "1,2,3,4,5,6\n".replace(',', separator);
        assertEquals(200, tensors.post("/predict", "text/csv", numbers).statusCode());
    }

    @Test
    void takesTheDecimalCommaOfTraining(@TempDir Path folder) throws Exception {
        StringBuilder csv = new StringBuilder("area;kind;price\n");
        for (int i = 0; i < 60; i++) {
            csv.append("%d,5;%d,5;%d,25\n".formatted(50 + i * 13 % 97, i % 3, 100 + i * 13 % 97));
        }
        Path file = Files.writeString(folder.resolve("houses.csv"), csv);
        Table houses = Csv.read(file, CsvOptions.DEFAULTS.decimal(','));
        Path saved = folder.resolve("model.safetensors");
        Tabular.target("price").category("kind").epochs(2).fit(houses).model().save(saved);
        TabularModel model = TabularModel.load(saved);
        Map<String, Object> row = Map.of("area", 1050.5, "kind", 1.5);
        double expected = model.predict(row).number();
        try (Service service =
                new Service(new InferenceServer(List.of(new TableModel("houses", model))))) {
            for (HttpResponse<String> response :
                    List.of(
                            service.post("/predict", "text/csv", "area;kind\n1.050,5;1,5\n"),
                            service.post("/predict", "{\"area\": 1050.5, \"kind\": 1.5}"))) {
                Json prediction = Service.json(response).get("predictions").get(0);
                assertEquals(expected, prediction.get("prediction").asDouble());
            }
            String point = "area;kind\n50.5;1,5\n";
            assertProblem(
                    400,
                    "csv: area: '50.5' is no number with a decimal comma",
                    service.post("/predict", "text/csv", point));
        }
    }

    @Test
    void takesRowsOfNumbers() throws Exception {
        for (String body : List.of("[1,2,3,4,5,6]", "[[1,2,3,4,5,6]]", "[[[1,2,3],[4,5,6]]]")) {
            HttpResponse<String> response = tensors.post("/predict", body);
            assertEquals(200, response.statusCode(), response.body());
            assertEquals(1, Service.json(response).get("predictions").size());
        }
        HttpResponse<String> two =
                tensors.post("/predict", "text/csv", "1,2,3,4,5,6\n.5,1e-3,-7,+8,9.,0\n");
        assertEquals(2, Service.json(two).get("predictions").size(), two.body());
    }

    /** Rows of the wrong length may have the right number of numbers together. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[1,2],[3,4],[5,6]]",
                "[[1,2,3],[4,5],[6]]",
                "[[1,2,3,4,5],6]",
                "[[1],[2],[3],[4],[5],[6]]",
                "[[[1,2],[3,4],[5,6]]]",
                "[[1,2,3,4,5,6],1,2,3,4,5,6]"
            })
    void rowsOfTheWrongLengthAreRefused(String body) throws Exception {
        HttpResponse<String> response = tensors.post("/predict", body);
        assertEquals(400, response.statusCode(), response.body());
    }

    @Test
    void packedBodiesAreRefusedByName() throws Exception {
        HttpResponse<String> response =
                tensors.send(
                        tensors.request("/predict")
                                .header("Content-Type", "application/json")
                                .header("Content-Encoding", "gzip")
                                .POST(HttpRequest.BodyPublishers.ofString("[1,2,3,4,5,6]")));
        assertProblem(415, "Content-Encoding: gzip is not taken", response);
        assertEquals("identity", response.headers().firstValue("Accept-Encoding").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"age\" | \"agee\" | field 'age' is absent; you gave 'agee', did you mean 'age'?",
                "33.5 | \"old\" | row 0: age: 'old' is no number",
                "33.5 | [1] | expected a number, a string, true, false or null",
                "\"cook\" | \"cook | expected",
                "33.5 | 1e999 | expected a number in a double's range",
                "33.5 | NaN | expected a value",
                "33.5 | true | row 0: age: 'true' is no number"
            })
    void wrongRowsAreExplained(String right, String wrong, String message) throws Exception {
        HttpResponse<String> response = table.post("/predict", ROW.replace(right, wrong));
        assertEquals(400, response.statusCode(), response.body());
        assertTrue(Service.error(response).contains(message), Service.error(response));
    }

    @Test
    void wrongBodiesAreExplained() throws Exception {
        assertProblem(400, "there are no rows", table.post("/predict", "[]"));
        assertProblem(400, "expected an object, found 3", table.post("/predict", "[3]"));
        assertProblem(400, "expected an array", table.post("/predict", "3"));
        assertProblem(400, "a row has 6", tensors.post("/predict", "[1,2,3]"));
        assertProblem(400, "expected a number", tensors.post("/predict", "[1,\"2\"]"));
        assertProblem(415, "application/json or text/csv", table.post("/predict", "text/x", ROW));
        assertProblem(
                400,
                "field 'age' is absent; you gave 'ages', did you mean 'age'?",
                table.post("/predict", "text/csv", "ages,job,member,since\n1,a,true,\n"));
        assertProblem(
                400,
                "line 2 has 1 fields; the first has 2, with ',' between them",
                table.post("/predict", "text/csv", "age,job\n1\n"));
        assertProblem(
                400,
                "Unclosed quoted field at end of input (record starting at line 3)",
                table.post("/predict", "text/csv", "age,job\n1,a\n2,\"b\n3,c\n"));
        assertProblem(400, "a column twice", table.post("/predict", "text/csv", "age,age\n1,2\n"));
        assertProblem(400, "field 'age' is absent", table.post("/predict", "text/csv", ""));
        assertProblem(400, "'x' is no number", tensors.post("/predict", "text/csv", "1,2,3,4,5,x"));
        assertProblem(404, "there is no 'no'", table.post("/predict?model=no", ROW));
    }

    private static void assertProblem(int status, String message, HttpResponse<String> response)
            throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        assertTrue(Service.error(response).contains(message), Service.error(response));
    }

    @Test
    void ofSeveralModelsOneMustBeNamed() throws Exception {
        try (Service both =
                new Service(
                        new InferenceServer(
                                List.of(
                                        Models.tensors(),
                                        new TableModel("clients", Models.table()))))) {
            assertProblem(
                    400, "say which by ?model=NAME: pets, clients", both.post("/predict", ROW));
            assertAnswered(both.post("/predict?model=clients", ROW), 1);
            assertAnswered(both.post("/predict?a=b&model=clients&c", ROW), 1);
        }
    }
}
