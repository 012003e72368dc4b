package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.inference.InferenceSession;
import io.github.lanewise.tabular.Prediction;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The endpoints of the Open Inference Protocol. */
@Timeout(120)
class InferProtocolTest {

    private static final String TABLE =
            """
            {"id": "r1", "inputs": [
              {"name": "age", "datatype": "FP64", "shape": [2], "data": [33.5, null]},
              {"name": "job", "datatype": "BYTES", "shape": [2, 1], "data": [["cook"], ["diver"]]},
              {"name": "member", "datatype": "BOOL", "shape": [2], "data": [true, false]},
              {"name": "since", "datatype": "BYTES", "shape": [2], "data": ["2020-02-03", null]}
            ]}\
            """;

    private static final String PIXELS =
            """
            {"inputs": [{"name": "input", "datatype": "UINT8", "shape": [1, 1, 2, 3],
                         "data": [0, 255, 7, 100, 3, 200]}]}\
            """;

    private static Service service;

    @BeforeAll
    static void start() throws Exception {
        service =
                new Service(
                        new InferenceServer(
                                List.of(
                                        new TableModel("clients", Models.table()),
                                        new TableModel("houses", "7", Models.numbers()),
                                        Models.tensors())));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void tellsServerHealthAndModels() throws Exception {
        assertEquals("lanewise", Service.json(service.get("/v2")).get("name").asString());
        assertTrue(Service.json(service.get("/v2/health/live")).get("live").asBoolean());
        assertTrue(Service.json(service.get("/v2/health/ready")).get("ready").asBoolean());
        assertTrue(Service.json(service.get("/v2/models/pets/ready")).get("ready").asBoolean());
        assertEquals(200, service.get("/v2/models/houses/versions/7/ready").statusCode());
        assertEquals(
                List.of("clients", "houses", "pets"),
                Service.json(service.get("/v2/models")).get("models").asStrings());
    }

    @Test
    void metadataNamesInputsAndOutputs() throws Exception {
        Json clients = Service.json(service.get("/v2/models/clients/versions/1"));
        assertEquals("lanewise_table", clients.get("platform").asString());
        assertEquals(List.of("1"), clients.get("versions").asStrings());
        Json inputs = clients.get("inputs");
        assertEquals("age FP64 [-1]", line(inputs.get(0)));
        assertEquals("job BYTES [-1]", line(inputs.get(1)));
        assertEquals("member BOOL [-1]", line(inputs.get(2)));
        assertEquals("since BYTES [-1]", line(inputs.get(3)));
        assertEquals(3, inputs.get(1).get("parameters").get("levels").size());
        assertEquals("label BYTES [-1]", line(clients.get("outputs").get(0)));
        assertEquals("probabilities FP64 [-1,2]", line(clients.get("outputs").get(1)));
        Json pets = Service.json(service.get("/v2/models/pets"));
        assertEquals("input FP32 [-1,1,2,3]", line(pets.get("inputs").get(0)));
        assertEquals("output FP32 [-1,2]", line(pets.get("outputs").get(0)));
    }

    private static String line(Json tensor) throws Exception {
        return "%s %s %s"
                .formatted(
                        tensor.get("name").asString(),
                        tensor.get("datatype").asString(),
                        tensor.get("shape"));
    }

    @Test
    void tableGivesTheBitsOfTheModel() throws Exception {
        HttpResponse<String> response = service.post("/v2/models/clients/infer", TABLE);
        assertEquals(200, response.statusCode(), response.body());
        Json json = Service.json(response);
        assertEquals("r1", json.get("id").asString());
        assertEquals("clients", json.get("model_name").asString());
        Map<String, Object> second = new HashMap<>();
        second.put("age", null);
        second.put("job", "diver");
        second.put("member", false);
        second.put("since", null);
        List<Map<String, Object>> rows = List.of(Models.row(), second);
        double[] served = json.get("outputs").get(1).get("data").asDoubles();
        for (int i = 0; i < 2; i++) {
            Prediction expected = Models.table().predict(rows.get(i));
            assertEquals(
                    expected.label(), json.get("outputs").get(0).get("data").get(i).asString());
            assertArrayEquals(
                    expected.probabilities().values().stream().mapToDouble(p -> p).toArray(),
                    Arrays.copyOfRange(served, 2 * i, 2 * i + 2));
        }
    }

    @Test
    void numbersGiveTheBitsOfTheModel() throws Exception {
        HttpResponse<String> response =
                service.post(
                        "/v2/models/houses/versions/7/infer",
                        """
                        {"inputs": [{"name": "area", "datatype": "INT64", "shape": [1], "data": [77]}]}\
                        """);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals(
                Models.numbers().predict(Map.of("area", 77)).number(),
                Service.json(response).get("outputs").get(0).get("data").get(0).asDouble());
    }

    @Test
    void tensorsGiveTheBitsOfTheNetwork() throws Exception {
        HttpResponse<String> response = service.post("/v2/models/pets/infer", PIXELS);
        assertEquals(200, response.statusCode(), response.body());
        float[] sample = {0, 255, 7, 100, 3, 200};
        for (int i = 0; i < sample.length; i++) {
            sample[i] = Math.fma(sample[i], Models.SCALE, Models.SHIFT);
        }
        float[] expected = InferenceSession.of(Models.network(), Models.SAMPLE, 1).predict(sample);
        Json outputs = Service.json(response).get("outputs");
        assertArrayEquals(expected, outputs.get(0).get("data").asFloats());
        assertEquals(
                Models.LABELS.get(expected[1] > expected[0] ? 1 : 0),
                outputs.get(1).get("data").get(0).asString());
        double[] probabilities = outputs.get(2).get("data").asDoubles();
        assertEquals(1, probabilities[0] + probabilities[1], 1e-15);
    }

    @Test
    void onlyTheOutputsThatAreAskedFor() throws Exception {
        String request = PIXELS.replaceFirst("^\\{", "{\"outputs\": [{\"name\": \"label\"}], ");
        Json outputs = Service.json(service.post("/v2/models/pets/infer", request)).get("outputs");
        assertEquals(1, outputs.size());
        assertEquals("label", outputs.get(0).get("name").asString());
        HttpResponse<String> wrong =
                service.post("/v2/models/pets/infer", request.replace("\"label\"", "\"lable\""));
        assertEquals(400, wrong.statusCode());
        assertEquals("there is no output 'lable'; did you mean 'label'?", Service.error(wrong));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"age\" | \"ages\" | input 'age' is absent; you gave 'ages', did you mean 'age'?;"
                        + " give null",
                "33.5, null | \"x\", null | inputs[0].data[0]: expected a number (FP64)",
                "\"FP64\" | \"BYTES\" | expected FP64 for 'age'",
                "\"FP64\" | \"FLOAT\" | expected FP64 for 'age'",
                "[2], \"data\": [33.5 | [3], \"data\": [33.5 | expected 3 elements",
                "[2], \"data\": [33.5, null] | [1], \"data\": [33.5] | all inputs have as many"
                        + " rows",
                "[2, 1] | [2, 2] | expected [-1] for 'job'",
                "true, false | 1, 0 | expected true or false (BOOL)",
                "\"2020-02-03\" | \"February\" | row 0: since: 'February' is no date",
                "{\"id\" | {\"id\" {\"id\" | request",
                "\"inputs\" | \"input\" | expected a member \"inputs\"",
                "[33.5, null] | {\"a\": 1} | expected a number (FP64)",
                "[2], \"data\": [33.5 | [-2], \"data\": [33.5 | -1 being one row or more",
                "[2], \"data\": [33.5 | [], \"data\": [33.5 | -1 being one row or more",
                "\"data\": [33.5, null] | \"parameters\": {} | binary tensors are not taken"
            })
    void wrongRequestsAreExplained(String right, String wrong, String message) throws Exception {
        assertTrue(TABLE.contains(right), right);
        HttpResponse<String> response =
                service.post("/v2/models/clients/infer", TABLE.replace(right, wrong));
        assertEquals(400, response.statusCode(), response.body());
        assertTrue(Service.error(response).contains(message), Service.error(response));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0, 255 | null, 255 | expected a number (UINT8), found null",
                "0, 255 | -1, 255 | expected a number of UINT8, found -1",
                "0, 255 | 0.5, 255 | expected a long, found 0.5",
                "UINT8 | BOOL | expected FP32 for 'input'",
                "[1, 1, 2, 3] | [1, 5] | expected [-1, 1, 2, 3]",
                "[0, 255, | [[0, 255], | expected",
                "[1, 1, 2, 3] | [2000000000, 6] | there are more than 10000"
            })
    void wrongTensorsAreExplained(String right, String wrong, String message) throws Exception {
        HttpResponse<String> response =
                service.post("/v2/models/pets/infer", PIXELS.replace(right, wrong));
        assertTrue(List.of(400, 413).contains(response.statusCode()), response.body());
        assertTrue(Service.error(response).contains(message), Service.error(response));
    }

    @Test
    void whatIsNotThereIs404() throws Exception {
        HttpResponse<String> response = service.get("/v2/models/client");
        assertEquals(404, response.statusCode());
        assertEquals(
                "model: there is no 'client'; did you mean 'clients'?", Service.error(response));
        assertEquals(404, service.get("/v2/models/pets/versions/2").statusCode());
        assertEquals(404, service.get("/v2/models/pets/explain").statusCode());
        assertEquals(404, service.get("/v2/models/pets/infer/more").statusCode());
        assertEquals(404, service.get("/v2/models/").statusCode());
        assertEquals(404, service.get("/nothing").statusCode());
    }

    @Test
    void wrongMethodsAndTypesAreRefused() throws Exception {
        HttpResponse<String> get = service.get("/v2/models/pets/infer");
        assertEquals(405, get.statusCode());
        assertEquals("POST", get.headers().firstValue("Allow").orElse(""));
        assertEquals(
                405,
                service.send(service.request("/v2").method("DELETE", BodyPublishers.noBody()))
                        .statusCode());
        assertEquals(415, service.post("/v2/models/pets/infer", "text/plain", PIXELS).statusCode());
        assertEquals(
                200,
                service.post("/v2/models/pets/infer", "Application/JSON; charset=utf-8", PIXELS)
                        .statusCode());
    }

    @Test
    void headHasNoBody() throws Exception {
        HttpResponse<String> response =
                service.send(service.request("/v2").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
    }
}
