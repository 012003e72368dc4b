package io.github.lanewise.serve;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.file.Json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A running service and a client of it. */
final class Service implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    final InferenceServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Service(InferenceServer server) throws IOException {
        this.server = server.port(0).start();
    }

    int port() {
        return server.address().getPort();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(DEADLINE);
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<String> post(String path, String type, String body) throws Exception {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, "application/json", body);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    static Json json(HttpResponse<String> response) throws FormatException {
        return Json.parse(response.body().getBytes(StandardCharsets.UTF_8), "response");
    }

    static String error(HttpResponse<String> response) throws FormatException {
        return json(response).get("error").asString();
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
