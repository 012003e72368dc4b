package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class CommandLineTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"mnist", "ellipses", "doctor"})
    void everyCommandHasHelp(String command) {
        assertEquals(0, run(command, "--help"));
        assertTrue(out.toString().contains("Usage: examples/run " + command), out.toString());
        assertEquals("", err.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minst | examples/run: there is no command minst; did you mean mnist",
                "mnist --epoch 3 | examples/run mnist: there is no option --epoch; did you mean"
                        + " --epochs",
                "mnist --what | there is no option --what; see examples/run mnist --help",
                "mnist --batch 0 | --batch: is 0; it must be 1 or more",
                "mnist --batch many | 'many' is not an int",
                "mnist --batch 99999999999 | '99999999999' is not an int",
                "mnist --epochs -1 | --epochs: is -1; it must be 1 or more",
                "mnist --embedded --model cnn --batch 1 | --batch: is 1; it must be such that no"
                        + " step of cnn is left with one image",
                "mnist --lr -0.1 | --lr: is -0.1; it must be a number above 0",
                "mnist --lr 0 | --lr: is 0.0; it must be a number above 0",
                "mnist --lr NaN | --lr: is NaN; it must be a number above 0",
                "mnist --hidden 256,0 | --hidden: is 0; it must be widths from 1 to 16384",
                "mnist --hidden x | 'x' is not an int",
                "mnist --threads 0 | --threads: is 0; it must be 1 to 1024",
                "mnist --optimizer rmsprop | expected one of [sgd, adam]",
                "mnist --model rnn | expected one of [mlp, cnn, lstm, transformer]",
                "mnist --data | Missing required parameter for option '--data'",
                "mnist --data /no/such | mnist: /no/such: is no folder; --data must name one",
                "ellipses --epochs 0 | --epochs: is 0; it must be 1 or more",
                "doctor now | there is no argument now",
            })
    void badArgumentIsOneLineAndExitCodeTwo(String arguments, String message) {
        int code = run(arguments.split(" "));
        assertAll(
                () -> assertEquals(2, code),
                () -> assertTrue(err.toString().contains(message), err.toString()),
                () -> assertEquals(1, err.toString().lines().count(), err.toString()),
                () -> assertEquals("", out.toString()));
    }

    @Test
    void noCommandNamesTheCommands() {
        assertEquals(2, run());
        assertTrue(err.toString().contains("a command is missing: mnist, ellipses or doctor"));
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void fileInPlaceOfTheOutputFolderIsNamedBeforeTheWork() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals(2, run("mnist", "--embedded", "--out", file.toString()));
        assertTrue(err.toString().startsWith("--out: is " + file), err.toString());
    }

    @Test
    void brokenDataLeavesNoOutput() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), new byte[100]);
        Path output = folder.resolve("out");
        int code = run("mnist", "--data", folder.toString(), "--out", output.toString());
        assertEquals(2, code);
        assertEquals(1, err.toString().lines().count());
        assertFalse(Files.exists(output));
    }

    @Test
    void rateThatIsFarTooHighIsNamed() {
        Path output = folder.resolve("out");
        int code =
                run(
                        "mnist",
                        "--embedded",
                        "--lr",
                        "1e30",
                        "--hidden",
                        "8",
                        "--out",
                        output.toString());
        assertEquals(2, code);
        assertTrue(
                err.toString().contains("lower the rate, --lr 1.0E30 is too high"), err.toString());
        assertFalse(Files.exists(output));
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
