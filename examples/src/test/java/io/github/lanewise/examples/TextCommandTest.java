package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.init.RandomStream;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.model.ModelFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code text}: what it prints and writes, and what it complains of. */
class TextCommandTest {

    private static final String[] SMALL = {
        "--steps=12", "--batch=4", "--context=16", "--layers=1", "--width=8", "--heads=2"
    };

    @TempDir private Path folder;

    private Path file;
    private String out;
    private String err;

    @BeforeEach
    void writeAText() throws IOException {
        file = folder.resolve("small.txt");
        Files.writeString(file, "Der Bär läuft über die Brücke. 🐻 ruft: ja!\n".repeat(20));
    }

    private int run(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        String[] all = new String[arguments.length + SMALL.length + 1];
        all[0] = "text";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        System.arraycopy(SMALL, 0, all, 1 + arguments.length, SMALL.length);
        int code = line.execute(all);
        out = output.toString();
        err = errors.toString();
        return code;
    }

    private String written() {
        return out.substring(out.indexOf("\n\n") + 2);
    }

    @Test
    void learnsDrawnStoriesAndWritesOn() {
        assertEquals(0, run("--length=40", "--prompt=Anna has "), () -> err);
        assertTrue(out.contains("stories drawn by rule: "), out);
        assertTrue(out.contains("Step 12 of 12"), out);
        assertTrue(out.contains("Held out"), out);
        assertTrue(out.contains("\n\nAnna has "), out);
        assertEquals("Anna has ".length() + 40 + 1, written().length(), out);
        String first = written();
        assertEquals(0, run("--length=40", "--prompt=Anna has "));
        assertEquals(first, written(), "the same seed");
        assertEquals(0, run("--length=40", "--prompt=Anna has ", "--seed=2"));
        assertTrue(!first.equals(written()), "another seed");
    }

    @Test
    void aSavedModelWritesTheSameAndGoesOn() {
        String saved = folder.resolve("model.safetensors").toString();
        assertEquals(0, run(file.toString(), "--prompt=🐻", "--save=" + saved), () -> err);
        assertTrue(out.contains("%nSaved     %s%n".formatted(saved)), out);
        String first = written();
        assertEquals(0, run("--prompt=🐻", "--load=" + saved), () -> err);
        assertEquals(first, out, "nothing but the text");
        assertEquals(0, run(file.toString(), "--load=" + saved, "--temperature=0"), () -> err);
        assertTrue(out.contains("Step 12 of 12"), out);
    }

    /** A byte order mark and Windows's line ends are no characters of the text. */
    @Test
    void filesOfOtherSystemsAreReadAlike() throws IOException {
        Path other = folder.resolve("other.txt");
        Files.writeString(other, "\uFEFF" + Files.readString(file).replace("\n", "\r\n"));
        assertEquals(Files.readString(file), TextFile.read(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | empty.txt: is empty; give a file with a text to learn from",
                "too short | has 9 characters; for pieces of --context 16 it must have at least 34",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | has one character again and again",
            })
    void aTextThatTeachesNothingIsOneLine(String text, String message) throws IOException {
        Path bad = Files.writeString(folder.resolve("empty.txt"), text == null ? "" : text);
        assertComplains(message, bad.toString());
    }

    @Test
    void whatIsNoTextIsOneLine() throws IOException {
        Path bad = folder.resolve("latin.txt");
        Files.write(bad, "Grüße".getBytes(StandardCharsets.ISO_8859_1));
        assertComplains("latin.txt: is no UTF-8: byte 3 is 0xFC", bad.toString());
        Files.write(bad, new byte[] {'a', (byte) 0xC3});
        assertComplains("latin.txt: is no UTF-8: byte 2 is 0xC3", bad.toString());
        assertComplains("is a folder; name a text file", folder.toString());
        assertComplains("no such file or folder", folder.resolve("none.txt").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prompt=what? | --prompt: 'w' (U+0077) at place 1 is not among the",
                "--prompt= | --prompt: is empty; it must be a character or more",
                "--length=-1 | --length: is -1; it must be 0 or more",
                "--temperature=-1 | --temperature: is -1.0; it must be 0 or more",
                "--top-k=-2 | --top-k: is -2; it must be 1 or more, or 0 for all",
                "--top-p=0 | --top-p: is 0.0; it must be above 0, and at most 1",
                "--lr=0 | --lr: is 0.0; it must be a number above 0",
                "--dropout=1 | --dropout: is 1.0; it must be from 0 to below 1",
                "--save=/no/such/model | --save: write: /no/such/model: no folder /no/such;",
            })
    void badOptionsAreOneLineBeforeTheWork(String option, String message) {
        assertComplains(message, file.toString(), option);
    }

    @Test
    void otherFilesAreNotLoaded() throws IOException {
        assertComplains("small.txt", "--load=" + file);
        Path other = folder.resolve("other.safetensors");
        ModelFile.save(new Linear(2, 2), other);
        assertComplains("is no model of texts", "--load=" + other);
        Path saved = folder.resolve("model.safetensors");
        assertEquals(0, run(file.toString(), "--save=" + saved), () -> err);
        Path stranger = Files.writeString(folder.resolve("x.txt"), "xyz ".repeat(50));
        assertComplains("x.txt: 'x' (U+0078) at place 1", stranger.toString(), "--load=" + saved);
        assertComplains("--prompt: 'x' (U+0078)", "--prompt=x", "--load=" + saved);
    }

    private void assertComplains(String message, String... arguments) {
        assertEquals(2, run(arguments), () -> out + err);
        assertTrue(err.contains(message), err);
        assertEquals(1, err.lines().count(), err);
        assertEquals("", out);
    }

    @Test
    void aSystemWithoutALocaleGetsUtf8() {
        assertEquals(StandardCharsets.UTF_8, StandardOutput.charset(StandardCharsets.US_ASCII));
        assertEquals(
                StandardCharsets.ISO_8859_1, StandardOutput.charset(StandardCharsets.ISO_8859_1));
    }

    @Test
    void storiesCountRight() {
        List<String> numbers =
                List.of(
                        "no two three four five six seven eight nine ten eleven twelve"
                                .replace("no", "no one")
                                .split(" "));
        Pattern story =
                Pattern.compile(
                        "(\\w+) has (\\w+) (\\w+)\\. (She|He) .* (\\w+) more\\. Now (she|he) has"
                                + " (\\w+) (\\w+)\\.");
        String text = DrawnStories.draw(20_000, new RandomStream(1));
        assertTrue(text.length() >= 20_000 && text.length() < 20_200);
        int counted = 0;
        for (String line : text.split("\n")) {
            Matcher matcher = story.matcher(line);
            if (matcher.matches()) {
                int first = numbers.indexOf(matcher.group(2));
                int more = numbers.indexOf(matcher.group(5));
                assertEquals(first + more, numbers.indexOf(matcher.group(7)), line);
                assertEquals(matcher.group(3), matcher.group(8), line);
                assertEquals(matcher.group(4).toLowerCase(), matcher.group(6), line);
                counted++;
            }
        }
        assertTrue(counted > 50, counted + " stories");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 100_000_000})
    void theLineFitsATerminal(int steps) {
        for (int step = 1; step <= steps; step += Math.max(1, steps / 7)) {
            String line = TextLine.line(step, steps, 1.5, 3_000);
            assertTrue(line.length() <= 79, line);
            assertTrue(line.contains("2.164 bits a character, perplexity 4.482"), line);
        }
    }
}
