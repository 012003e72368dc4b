package io.github.lanewise.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who may ask. */
@Timeout(120)
class AccessTest {

    private static final String NONE = "none";

    private static InferenceServer server() {
        return new InferenceServer(List.of(Models.tensors())).port(0);
    }

    /** Sends lines as they are, which a client would not let us. */
    private static String statusOf(InferenceServer server, String... lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            String text = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8).split(" ")[1];
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, none, 200",
        "LOCALHOST, none, 200",
        "127.0.0.1:1, none, 200",
        "[::1]:8080, none, 200",
        "evil.example, none, 421",
        "evil.example:8080, none, 421",
        "localhost.evil.example, none, 421",
        "10.0.0.7, none, 421",
        "localhost:8080, http://localhost:8080, 200",
        "localhost:8080, http://localhost:9999, 403",
        "localhost:8080, https://evil.example, 403",
        "localhost:8080, null, 403"
    })
    void onlyThisMachinesNamesAndPagesMayAsk(String host, String origin, String status)
            throws IOException {
        try (InferenceServer server = server().start()) {
            String request = "GET /v2/health/live HTTP/1.1\r\nHost: " + host;
            String[] lines =
                    origin.equals(NONE)
                            ? new String[] {request}
                            : new String[] {request, "Origin: " + origin};
            assertEquals(status, statusOf(server, lines));
        }
    }

    @Test
    void aRequestWithoutHostIsRefused() throws IOException {
        try (InferenceServer server = server().start()) {
            assertEquals("421", statusOf(server, "GET /v2 HTTP/1.0"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7:8080, 200",
        "[fe80::1], 200",
        "localhost, 200",
        "0.0.0.0, 200",
        "evil.example, 421"
    })
    void insecureServicesGoByTheirAddress(String host, String status) throws IOException {
        try (InferenceServer server = server().host("0.0.0.0").insecure(true).start()) {
            assertEquals(status, statusOf(server, "GET /v2 HTTP/1.1", "Host: " + host));
        }
    }

    @Test
    void openHostsNeedATokenOrInsecure() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class, () -> server().host("0.0.0.0").start());
        assertEquals(
                "serve: --host 0.0.0.0 can be reached by others; give a --token-file, or say"
                        + " --insecure",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> server().token(" "));
    }

    @Test
    void theTokenIsAskedForEverywhereButAtHealthAndPage() throws Exception {
        try (Service service = new Service(server().host("0.0.0.0").token("s3cret"))) {
            for (String path :
                    List.of("/v2", "/v2/models", "/v2/models/pets", "/metrics", "/predict", "/x")) {
                var response = service.get(path);
                assertEquals(401, response.statusCode(), path);
                assertEquals("Bearer", response.headers().firstValue("WWW-Authenticate").get());
            }
            assertEquals(200, service.get("/").statusCode());
            assertEquals(200, service.get("/v2/health/live").statusCode());
            assertEquals(200, service.get("/v2/health/ready").statusCode());
            for (String wrong : List.of("Bearer s3cre", "Bearer s3cret2", "Basic s3cret", "")) {
                assertEquals(
                        401,
                        service.send(service.request("/v2").header("Authorization", wrong))
                                .statusCode(),
                        wrong);
            }
            for (String right : List.of("Bearer s3cret", "bearer  s3cret")) {
                assertEquals(
                        200,
                        service.send(service.request("/v2").header("Authorization", right))
                                .statusCode());
            }
            assertEquals(
                    "200",
                    statusOf(
                            service.server,
                            "GET /v2 HTTP/1.1",
                            "Host: models.example",
                            "Authorization: Bearer s3cret"));
        }
    }

    @Test
    void modelsNeedNamesForAddresses() {
        assertThrows(IllegalArgumentException.class, () -> new InferenceServer(List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new InferenceServer(List.of(Models.tensors(), Models.tensors())));
        TensorModel odd = new TensorModel("a/b", Models.network(), Models.SAMPLE, 1, 0, List.of());
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new InferenceServer(List.of(odd)))
                        .getMessage()
                        .contains("'a/b'"));
    }
}
