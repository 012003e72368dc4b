package io.github.lanewise.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window, driven by its DevTools protocol: the one of the system. */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final String READY = "DevTools listening on ws://";
    private static final long MOST_SECONDS = 30;

    private final Process process;
    private final String address;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Finds a browser on the PATH. */
    static Optional<Path> installed() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            for (String name : NAMES) {
                Path path = Path.of(folder, name);
                if (Files.isExecutable(path)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    /** Starts a browser with a profile of its own in a folder. */
    Browser(Path program, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--headless=new"));
        command.addAll(
                List.of(
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--no-first-run",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "about:blank"));
        process =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        address =
                address(
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getErrorStream(), StandardCharsets.UTF_8)));
    }

    /** Reads on in the background, so that the browser never waits for a reader. */
    private String address(BufferedReader errors) throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(READY)) {
                Thread.ofVirtual().start(() -> errors.lines().forEach(rest -> {}));
                return line.substring(READY.length()).split("/")[0];
            }
            said.append(line).append('\n');
        }
        throw new IOException("the browser ended before it listened: " + said);
    }

    /** Opens an empty tab. */
    Tab tab() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + "/json/new?about:blank"))
                        .PUT(BodyPublishers.noBody())
                        .build();
        JsonNode tab =
                new ObjectMapper().readTree(client.send(request, BodyHandlers.ofString()).body());
        return new Tab(client, URI.create(tab.get("webSocketDebuggerUrl").asText()));
    }

    /** Ends the browser with all its processes, so that nobody writes into the profile any more. */
    @Override
    public void close() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
        process.destroy();
        for (ProcessHandle one : all) {
            one.onExit().completeOnTimeout(one, MOST_SECONDS, TimeUnit.SECONDS).join();
            one.destroyForcibly();
        }
        client.close();
    }
}
