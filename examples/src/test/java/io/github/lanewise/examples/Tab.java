package io.github.lanewise.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A tab of a {@link Browser}, which remembers what its pages asked for and complained of. */
final class Tab implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_SECONDS = 120;

    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private CompletableFuture<Void> loaded = new CompletableFuture<>();
    private int last;

    /** Takes texts, which may come in parts. */
    private final class Reader implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean end) {
            text.append(part);
            if (end) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answers.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }

    Tab(HttpClient client, URI address) throws Exception {
        socket =
                client.newWebSocketBuilder()
                        .buildAsync(address, new Reader())
                        .get(MOST_SECONDS, TimeUnit.SECONDS);
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            command(domain + ".enable", Map.of());
        }
    }

    private void take(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (message.has("id")) {
            answers.remove(message.get("id").asInt()).complete(message);
            return;
        }
        JsonNode values = message.get("params");
        synchronized (this) {
            switch (message.get("method").asText()) {
                case "Network.requestWillBeSent" ->
                        requests.add(values.at("/request/url").asText());
                case "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded" ->
                        messages.add(values.toString());
                case "Page.loadEventFired" -> loaded.complete(null);
                default -> {}
            }
        }
    }

    /** Sends a command and waits for what it returns. */
    JsonNode command(String method, Map<String, ?> values) throws Exception {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        int id = ++last;
        answers.put(id, answer);
        String text = JSON.writeValueAsString(Map.of("id", id, "method", method, "params", values));
        socket.sendText(text, true).get(MOST_SECONDS, TimeUnit.SECONDS);
        JsonNode message = answer.get(MOST_SECONDS, TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new IllegalStateException(method + ": " + message.get("error"));
        }
        return message.get("result");
    }

    /** Sets the width of the window, and whether the user wants dark pages. */
    void look(int width, boolean dark) throws Exception {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        Map<String, String> scheme =
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        command("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** Opens a page and waits until it is loaded; forgets what the one before asked for. */
    void open(URI page) throws Exception {
        synchronized (this) {
            requests.clear();
            messages.clear();
            loaded = new CompletableFuture<>();
        }
        command("Page.navigate", Map.of("url", page.toString()));
        loaded.get(MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** Evaluates an expression in the page; waits for it if it is a promise. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result =
                command(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "awaitPromise",
                                true,
                                "returnByValue",
                                true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
        }
        return result.at("/result/value");
    }

    /** Waits until an expression is true in the page, which checks it at each change of itself. */
    void await(String expression) throws Exception {
        evaluate(
                """
                new Promise(done => {
                  const look = () => { if (%s) { watch.disconnect(); done(true); } };
                  const watch = new MutationObserver(look);
                  watch.observe(document, { subtree: true, childList: true, attributes: true,
                    characterData: true });
                  look();
                })\
                """
                        .formatted(expression));
    }

    /** Returns a picture of the whole page, as PNG. */
    byte[] picture() throws Exception {
        JsonNode picture =
                command(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", true));
        return Base64.getDecoder().decode(picture.get("data").asText());
    }

    /** Returns the addresses that the page asked for, its own first. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns what is on the console, exceptions among it. */
    synchronized List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
