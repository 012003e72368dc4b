package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.engine.Engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/** Runs the programs from end to end, shortly. */
class ExamplesTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void mnistTrainsOnDrawnDigits() throws IOException {
        run("mnist", "--embedded", "--epochs", "1", "--hidden", "64", "--out", folder.toString());
        JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
        assertEquals("embedded", metrics.get("dataset").asText());
        assertTrue(metrics.get("testAccuracy").asDouble() > 0.9, metrics.toString());
        assertEquals(1, metrics.get("epochs").asInt());
        assertEquals(1, metrics.get("trainSecondsPerEpoch").size());
        assertTrue(metrics.get("samplesPerSecond").asDouble() > 0);
        assertTrue(metrics.get("wallSeconds").asDouble() > 0);
        assertEquals(Engine.kernelSet(), metrics.get("kernels").asText());
        assertEquals(Engine.vectorBits(), metrics.get("vectorBits").asInt());
        assertEquals(Engine.threads(), metrics.get("threads").asInt());
        assertEquals(1, metrics.get("seed").asInt());
        assertEquals(64, metrics.get("weightsSha256").asText().length());
        assertTrue(out.toString().contains("Test accuracy"), out.toString());
        for (String picture : List.of("curves.png", "mistakes.png", "confusion.png")) {
            assertNotNull(ImageIO.read(folder.resolve(picture).toFile()), picture);
        }
        String page = Files.readString(folder.resolve("report.html"));
        assertTrue(page.contains("Confusion matrix: true digits"), page);
        assertTrue(page.contains("class=\"ink\"") && !page.contains("<script"), page);
        assertTrue(page.length() < 400_000, () -> "characters: " + page.length());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(6, files.count());
        }
    }

    @Test
    void convolutionsReadDrawnDigits() throws IOException {
        run("mnist", "--embedded", "--model", "cnn", "--epochs", "1", "--out", folder.toString());
        JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
        assertEquals("cnn", metrics.get("model").asText());
        assertTrue(metrics.get("testAccuracy").asDouble() > 0.95, metrics.toString());
    }

    @Test
    void augmentedDigitsAreReadAndSomeHeldOut() throws IOException {
        String[] arguments = {
            "mnist",
            "--embedded",
            "--augment",
            "--model",
            "cnn",
            "--epochs",
            "1",
            "--holdout",
            "2000",
            "--out",
            folder.toString()
        };
        run(arguments);
        JsonNode metrics = new ObjectMapper().readTree(folder.resolve("metrics.json").toFile());
        assertTrue(metrics.get("testAccuracy").asDouble() > 0.9, metrics.toString());
        assertTrue(out.toString().contains("10,000 digits to train on, augmented, 2,000 held out"));
        assertTrue(out.toString().contains("held out 0."), out.toString());
    }

    @Test
    void aSeriesIsForecastBetterThanByTheDayBefore() throws IOException {
        run("series", "--epochs", "4", "--out", folder.toString());
        Matcher errors =
                Pattern.compile("network +([\\d.]+)\\s+as the day before +([\\d.]+)")
                        .matcher(out.toString());
        assertTrue(errors.find(), out.toString());
        assertTrue(Double.parseDouble(errors.group(1)) < Double.parseDouble(errors.group(2)));
        assertNotNull(ImageIO.read(folder.resolve("series.png").toFile()));
    }

    @Test
    void digitsAreSqueezedIntoTwoNumbers() throws IOException {
        run("autoencoder", "--embedded", "--epochs", "1", "--out", folder.toString());
        Matcher kept = Pattern.compile("([\\d.]+) % of the test").matcher(out.toString());
        assertTrue(kept.find(), out.toString());
        assertTrue(Double.parseDouble(kept.group(1)) > 15, kept.group());
        assertNotNull(ImageIO.read(folder.resolve("latent.png").toFile()));
    }

    @Test
    void sameSeedGivesTheSameWeights() throws IOException {
        assertEquals(weights("5", "a"), weights("5", "b"));
        assertTrue(!weights("5", "a").equals(weights("6", "c")));
    }

    @Test
    void ellipsesAreToldApart() throws IOException {
        run("ellipses", "--out", folder.toString());
        Matcher accuracy = Pattern.compile("Test accuracy ([\\d.]+) %").matcher(out.toString());
        assertTrue(accuracy.find(), out.toString());
        assertTrue(Double.parseDouble(accuracy.group(1)) >= 99, accuracy.group());
        assertNotNull(ImageIO.read(folder.resolve("ellipses.png").toFile()));
    }

    private String weights(String seed, String name) throws IOException {
        Path output = folder.resolve(name);
        run(
                "mnist",
                "--embedded",
                "--epochs",
                "1",
                "--hidden",
                "8",
                "--seed",
                seed,
                "--out",
                output.toString());
        Path metrics = output.resolve("metrics.json");
        return new ObjectMapper().readTree(metrics.toFile()).get("weightsSha256").asText();
    }

    private void run(String... arguments) {
        CommandLine commandLine = Main.commandLine().setOut(new PrintWriter(out, true));
        assertEquals(0, commandLine.execute(arguments));
    }
}
