package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.examples.Program.Ended;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.model.ModelFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code examples/run serve} as a user starts and ends it. */
@Timeout(300)
class ServeCommandTest {

    @TempDir private Path folder;

    private void model() throws IOException {
        Sequential network = new Sequential(new Linear(3, 2));
        new ModelFile(network)
                .inputShape(new Shape(3))
                .labels("no", "yes")
                .save(folder.resolve("small.safetensors"));
    }

    @Test
    void answersUntilSigtermAndEndsWith143() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "not a Linux system");
        model();
        Files.writeString(folder.resolve("token"), "s3cret\n");
        Program program = new Program(folder).to(null);
        Process process =
                program.start("serve", "small.safetensors", "--port", "0", "--token-file", "token");
        try {
            String line =
                    new BufferedReader(
                                    new InputStreamReader(
                                            process.getInputStream(), StandardCharsets.UTF_8))
                            .readLine();
            assertTrue(
                    line != null && line.matches("Serving small on http://127.0.0.1:\\d+/"), line);
            URI uri = URI.create(line.substring(line.indexOf("http")) + "predict");
            HttpRequest request =
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/json")
                            .header("Authorization", "Bearer s3cret")
                            .POST(BodyPublishers.ofString("[1,2,3]"))
                            .build();
            HttpResponse<String> response;
            try (HttpClient client = HttpClient.newHttpClient()) {
                response = client.send(request, BodyHandlers.ofString());
            }
            assertEquals(200, response.statusCode(), response.body());
            process.destroy();
            Ended ended = program.end(process);
            assertEquals(143, ended.code());
            assertEquals("", ended.err());
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing.safetensors | nothing.safetensors: no such file",
                "small.safetensors --host 0.0.0.0 | give a --token-file, or say --insecure",
                "small.safetensors small.safetensors | two models are named 'small'",
                "small.safetensors --max-body 3x | --max-body: is 3x; it must be such as 500k",
                "small.safetensors --max-body 96m | --max-body: is 96m",
                "small.safetensors --port 70000 | --port: is 70000",
                "small.safetensors --queue -1 | --queue: is -1",
                "small.safetensors --drain -1 | --drain: is -1",
                "small.safetensors --token-file empty | --token-file: is empty"
            })
    void wrongArgumentsAreNamed(String arguments, String message) throws Exception {
        model();
        Files.writeString(folder.resolve("empty"), "\n");
        Ended ended = new Program(folder).run(("serve " + arguments).split(" "));
        assertEquals(2, ended.code());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().contains(message), ended.err());
    }
}
