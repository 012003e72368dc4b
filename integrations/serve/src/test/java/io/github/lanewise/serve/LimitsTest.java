package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a service takes at most, and what it says to more. */
@Timeout(120)
class LimitsTest {

    private static Service tensors(Limits limits) throws Exception {
        return new Service(new InferenceServer(List.of(Models.tensors())).limits(limits));
    }

    private static void assertProblem(int status, String message, HttpResponse<String> response)
            throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        assertTrue(Service.error(response).contains(message), Service.error(response));
    }

    /** Posts, and comes again if a busy machine does not begin within a short wait. */
    private static HttpResponse<String> insisting(Service service, String path, String body)
            throws Exception {
        HttpResponse<String> response = service.post(path, body);
        while (response.statusCode() == 503) {
            response = service.post(path, body);
        }
        return response;
    }

    @Test
    void longBodiesAreRefusedAndTheOptionNamed() throws Exception {
        String padded = "[1,2,3,4,5," + " ".repeat(2000) + "6]";
        try (Service service = tensors(Limits.DEFAULTS.bodyBytes(1000))) {
            assertProblem(413, "--max-body", service.post("/predict", padded));
            byte[] bytes = padded.getBytes(StandardCharsets.UTF_8);
            HttpResponse<String> chunked =
                    service.send(
                            service.request("/predict")
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            BodyPublishers.ofInputStream(
                                                    () -> new ByteArrayInputStream(bytes))));
            assertProblem(413, "longer than 1000 bytes", chunked);
            assertEquals(200, service.post("/predict", "[1,2,3,4,5,6]").statusCode());
            assertTrue(
                    service.get("/metrics")
                            .body()
                            .contains("lanewise_rejections_total{reason=\"body\"} 2"));
        }
        try (Service service = tensors(Limits.DEFAULTS)) {
            assertEquals(200, service.post("/predict", padded).statusCode());
            assertProblem(
                    413, "1048576 bytes", service.post("/predict", " ".repeat((1 << 20) + 1)));
        }
    }

    @Test
    void manyRowsAreRefused() throws Exception {
        String row = "[1,2,3,4,5,6]";
        Limits limits = Limits.DEFAULTS;
        try (Service service = tensors(limits)) {
            String most = "[" + (row + ",").repeat(limits.rows() - 1) + row + "]";
            HttpResponse<String> response = service.post("/predict", most);
            assertEquals(200, response.statusCode());
            assertEquals(limits.rows(), Service.json(response).get("predictions").size());
            assertProblem(
                    413,
                    "more than 10000",
                    service.post("/predict", "[" + row + "," + most.substring(1)));
            assertProblem(
                    413,
                    "more than 10000",
                    service.post("/predict", "text/csv", "1,2,3,4,5,6\n".repeat(10_001)));
        }
    }

    @Test
    void deepJsonIsRefused() throws Exception {
        try (Service service = tensors(Limits.DEFAULTS)) {
            String deep = "[".repeat(20) + "1,2,3,4,5,6" + "]".repeat(20);
            assertEquals(200, service.post("/predict", deep).statusCode());
            assertProblem(400, "more than 20", service.post("/predict", "[" + deep + "]"));
            assertProblem(400, "more than 20", service.post("/predict", "[".repeat(500_000)));
            String text = "[\"\\\"" + "[".repeat(30) + "\"]";
            assertProblem(400, "expected a number", service.post("/predict", text));
        }
    }

    @Test
    void whoFindsTheQueueFullIsTurnedAway() throws Exception {
        BlockedModel model = new BlockedModel();
        Limits limits =
                Limits.DEFAULTS
                        .computing(1)
                        .waiting(1)
                        .longestWait(Duration.ofSeconds(60))
                        .longestRequest(Duration.ofSeconds(60));
        try (Service service = new Service(new InferenceServer(List.of(model)).limits(limits));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                answers.add(
                        clients.submit(
                                () ->
                                        service.post(
                                                "/v2/models/blocked/infer", BlockedModel.REQUEST)));
            }
            model.begun.acquire();
            while (!service.get("/metrics").body().contains("lanewise_queue_length 1\n")) {
                Thread.onSpinWait();
            }
            HttpResponse<String> third =
                    service.post("/v2/models/blocked/infer", BlockedModel.REQUEST);
            assertProblem(503, "1 are computed and 1 wait (--queue)", third);
            assertEquals("1", third.headers().firstValue("Retry-After").orElse(""));
            assertTrue(
                    service.get("/metrics")
                            .body()
                            .contains("lanewise_rejections_total{reason=\"queue_full\"} 1"));
            assertTrue(service.get("/metrics").body().contains("lanewise_computing 1\n"));
            model.gate.countDown();
            for (Future<HttpResponse<String>> answer : answers) {
                assertEquals(200, answer.get().statusCode());
            }
        }
    }

    @Test
    void whoWaitsTooLongIsTurnedAwayAndNeverComputed() throws Exception {
        BlockedModel model = new BlockedModel();
        Limits limits = Limits.DEFAULTS.computing(1).longestWait(Duration.ofMillis(30));
        try (Service service = new Service(new InferenceServer(List.of(model)).limits(limits));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> first =
                    clients.submit(
                            () ->
                                    insisting(
                                            service,
                                            "/v2/models/blocked/infer",
                                            BlockedModel.REQUEST));
            model.begun.acquire();
            HttpResponse<String> second =
                    service.post("/v2/models/blocked/infer", BlockedModel.REQUEST);
            assertProblem(503, "was done within 30 ms", second);
            assertEquals("1", second.headers().firstValue("Retry-After").orElse(""));
            model.gate.countDown();
            assertEquals(200, first.get().statusCode());
            assertFalse(model.begun.tryAcquire(), "the second request was computed");
        }
    }

    @Test
    void whatTakesTooLongIsGivenUp() throws Exception {
        BlockedModel model = new BlockedModel();
        Limits limits = Limits.DEFAULTS.longestRequest(Duration.ofMillis(50));
        try (Service service = new Service(new InferenceServer(List.of(model)).limits(limits))) {
            HttpResponse<String> response =
                    service.post("/v2/models/blocked/infer", BlockedModel.REQUEST);
            assertProblem(503, "takes more than 50 ms", response);
            assertFalse(response.body().contains("secret"));
        }
    }

    @Test
    void underLoadThereIsNothingBut200And503() throws Exception {
        Limits limits = Limits.DEFAULTS.computing(1).waiting(2).longestWait(Duration.ofMillis(20));
        try (Service service = tensors(limits);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            String body = "[" + "[1,2,3,4,5,6],".repeat(999) + "[1,2,3,4,5,6]]";
            for (int i = 0; i < 100; i++) {
                answers.add(clients.submit(() -> service.post("/predict", body)));
            }
            int answered = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                int status = answer.get().statusCode();
                assertTrue(status == 200 || status == 503, "status " + status);
                answered += status == 200 ? 1 : 0;
            }
            assertTrue(answered > 0, "nothing was answered");
            assertEquals(200, insisting(service, "/predict", body).statusCode());
        }
    }

    @Test
    void limitsAreChecked() {
        Limits limits = Limits.DEFAULTS;
        assertThrows(IllegalArgumentException.class, () -> limits.bodyBytes(0));
        assertThrows(IllegalArgumentException.class, () -> limits.bodyBytes(100_000_001));
        assertThrows(IllegalArgumentException.class, () -> limits.computing(0));
        assertThrows(IllegalArgumentException.class, () -> limits.waiting(-1));
        assertThrows(IllegalArgumentException.class, () -> limits.longestWait(Duration.ZERO));
    }
}
