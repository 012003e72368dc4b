package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

class CommandLineTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mnist",
                "ellipses",
                "text",
                "series",
                "autoencoder",
                "export",
                "doctor",
                "same-bits"
            })
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
                "mnist --embedded --model cnn --batch 1 | --batch: is 1; it must be another number:"
                        + " the last step of an epoch of 12,000 images would have 1, and cnn"
                        + " needs 2 or more",
                "mnist --out  | Missing required parameter for option '--out'",
                "mnist --lr -0.1 | --lr: is -0.1; it must be a number above 0",
                "mnist --lr 0 | --lr: is 0.0; it must be a number above 0",
                "mnist --lr NaN | --lr: is NaN; it must be a number above 0",
                "mnist --hidden 256,0 | --hidden: is 0; it must be widths from 1 to 16384",
                "mnist --hidden , | --hidden: is empty; it must be one width or more",
                "mnist --hidden x | 'x' is not an int",
                "mnist --threads 0 | --threads: is 0; it must be 1 to 1024",
                "mnist --optimizer rmsprop | expected one of [sgd, adam]",
                "mnist --model rnn | expected one of [mlp, cnn, deepcnn, lstm, transformer]",
                "mnist --data | Missing required parameter for option '--data'",
                "mnist --data /no/such | mnist: /no/such: is no folder; --data must name one",
                "mnist --shards 0 | --shards: is 0; it must be 1 or more",
                "mnist --workers 0 | --workers: is 0; it must be 1 or more",
                "mnist --workers 3 --shards 8 | --shards: is 8; it must be a multiple of the"
                        + " workers, 3, so that each has as many",
                "mnist --embedded --model cnn --shards 64 | --shards: is 64; it must be fewer: the"
                        + " last step of an epoch of 12,000 images would have shards of 1, and cnn"
                        + " needs 2 or more",
                "ellipses --epochs 0 | --epochs: is 0; it must be 1 or more",
                "series --epochs 0 | --epochs: is 0; it must be 1 or more",
                "series --units 0 | --units: is 0; it must be from 1 to 1024",
                "autoencoder --epochs 0 | --epochs: is 0; it must be 1 or more",
                "mnist --embedded --holdout 12000 | --holdout: is 12000; it must be 0 or more, and"
                        + " below the 12,000 training digits",
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
        String message = err.toString();
        assertTrue(message.contains("a command is missing: mnist, ellipses, "), message);
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            assertTrue(message.contains(name), name + " in " + message);
        }
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void fileInPlaceOfTheOutputFolderIsNamedBeforeTheWork() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertEquals(2, run("mnist", "--embedded", "--out", file.toString()));
        assertTrue(err.toString().startsWith("--out: is " + file), err.toString());
    }

    @Test
    void mnistNeedsNoNumberOfEpochs() {
        String output = folder.resolve("out").toString();
        int code = run("mnist", "--embedded", "--hidden", "8", "--out", output);
        assertEquals(0, code, err.toString());
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

    @ParameterizedTest
    @CsvSource({"''", "' '"})
    void emptyNameOfTheOutputFolderIsNamed(String name) {
        assertEquals(2, run("mnist", "--embedded", "--out", name));
        assertTrue(err.toString().startsWith("--out: is empty"), err.toString());
    }

    @Test
    void emptyArgumentsAreShown() {
        assertEquals(2, run(""));
        assertEquals(2, run("mnist", ""));
        assertEquals(2, run("mnist", "--data", ""));
        assertEquals(
                List.of(
                        "examples/run: there is no command ''; see examples/run --help",
                        "examples/run mnist: there is no argument ''; see examples/run mnist"
                                + " --help",
                        "--data: is empty; it must be the name of a folder"),
                err.toString().lines().toList());
    }

    @ParameterizedTest
    @CsvSource({"/proc/x", "/dev/null/x", "/dev/null"})
    void folderThatCannotBeMadeIsNamedBeforeTheWork(String name) {
        assumeTrue(Files.exists(Path.of("/proc/self")), "no /proc");
        assertEquals(2, run("mnist", "--embedded", "--out", name));
        assertTrue(err.toString().startsWith("--out: is " + name + "; it must be"));
        assertEquals(1, err.toString().lines().count());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "mnist --embedded, metrics.json",
        "mnist --embedded, mistakes.png",
        "ellipses, ellipses.png"
    })
    void folderInPlaceOfAResultIsNamedBeforeTheWork(String command, String name)
            throws IOException {
        Path output = folder.resolve("out");
        Files.createDirectories(output.resolve(name));
        assertEquals(2, run((command + " --out " + output).split(" ")));
        assertTrue(err.toString().contains(name), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "cnn, 8, 8, 'cnn, and the images are 8x8; it must be another for these; cnn takes images"
                + " of 16x16 and more'",
        "cnn, 100, 15, 'cnn, and the images are 100x15; it must be another for these; cnn takes"
                + " images of 16x16 and more'",
        "transformer, 28, 27, 'transformer, and the images are 28x27; it must be another for"
                + " these; transformer takes sides in multiples of 7'",
        "transformer, 1, 1, 'transformer, and the images are 1x1; it must be another for these;"
                + " transformer takes sides in multiples of 7'",
    })
    void sizeThatAModelCannotTakeIsNamed(String model, int rows, int cols, String message)
            throws IOException {
        Path output = folder.resolve("out");
        data(30, rows, cols);
        int code =
                run(
                        ("mnist --data %s --model %s --out %s".formatted(folder, model, output))
                                .split(" "));
        assertEquals("--model: is " + message, err.toString().strip());
        assertEquals(2, code);
        assertFalse(Files.exists(output));
    }

    @ParameterizedTest
    @CsvSource({
        "mlp, 1, 1",
        "mlp, 3, 50",
        "cnn, 16, 16",
        "cnn, 17, 40",
        "lstm, 1, 1",
        "lstm, 9, 2",
        "transformer, 7, 7",
        "transformer, 14, 28"
    })
    void everyOtherSizeIsTaken(String model, int rows, int cols) throws IOException {
        Path output = folder.resolve("out");
        data(30, rows, cols);
        String command = "mnist --data %s --model %s --epochs 1 --batch 7 --hidden 8 --out %s";
        int code = run(command.formatted(folder, model, output).split(" "));
        assertEquals("", err.toString());
        assertEquals(0, code);
        assertTrue(Files.exists(output.resolve("mistakes.png")));
    }

    /** The activations of a batch would have 2^31 elements. */
    @Test
    void batchThatNoArrayHoldsIsNamed() throws IOException {
        data(1 << 17, 1, 1);
        int code =
                run(
                        ("mnist --epochs 1 --batch 131072 --hidden 16384 --data %s --out %s"
                                        .formatted(folder, folder.resolve("out")))
                                .split(" "));
        assertTrue(
                err.toString().startsWith("--batch: is 131072; it must be smaller for this"),
                err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals(2, code);
    }

    /** The weights of the first layer would be more than 2^31. */
    @Test
    void imagesTooLargeForTheNetworkAreNamed() throws IOException {
        data(3, 400, 400);
        int code =
                run(
                        ("mnist --epochs 1 --hidden 16384 --data %s --out %s"
                                        .formatted(folder, folder.resolve("out")))
                                .split(" "));
        assertTrue(
                err.toString()
                        .startsWith("--model mlp, --hidden [16384]: cannot take images of 400x400"),
                err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals(2, code);
    }

    /** Its steps are all finite; only the weights after the last are not. */
    @Test
    void divergenceInTheLastStepIsNoResult() {
        Path output = folder.resolve("out");
        int code =
                run(
                        ("mnist --embedded --epochs 1 --batch 12000 --hidden 8 --lr 1e38 --out "
                                        + output)
                                .split(" "));
        assertTrue(err.toString().startsWith("mnist: training has diverged: "), err.toString());
        assertTrue(err.toString().contains("--lr 1.0E38 is too high"), err.toString());
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertEquals(2, code);
        assertFalse(Files.exists(output));
    }

    @Test
    void mistakeOfOursShowsItsTraceAndAsksForAReport() {
        assertEquals(
                1, Complaint.of(new IllegalStateException("ours"), new PrintWriter(err, true)));
        assertTrue(err.toString().startsWith("java.lang.IllegalStateException: ours"));
        assertTrue(err.toString().contains("\tat "), err.toString());
        assertTrue(err.toString().lines().toList().getLast().contains("Please report it"));
    }

    @Test
    void errorOfTheSystemIsOneLineThoughItsTextHasSeveral() {
        IOException failure = new IOException("first\n\tsecond\u001b[31m");
        assertEquals(2, Complaint.of(failure, new PrintWriter(err, true)));
        assertEquals("first second?[31m", err.toString().strip());
    }

    /** Four files of so many images, of three classes. */
    private void data(int count, int rows, int cols) throws IOException {
        byte[] pixels = new byte[count * rows * cols];
        new Random(1).nextBytes(pixels);
        byte[] labels = new byte[count];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) (i % 3);
        }
        for (String set : new String[] {"train", "t10k"}) {
            ByteBuffer images = ByteBuffer.allocate(16 + pixels.length);
            images.putInt(0x0803).putInt(count).putInt(rows).putInt(cols).put(pixels);
            Files.write(folder.resolve(set + "-images-idx3-ubyte"), images.array());
            ByteBuffer classes = ByteBuffer.allocate(8 + labels.length);
            classes.putInt(0x0801).putInt(count).put(labels);
            Files.write(folder.resolve(set + "-labels-idx1-ubyte"), classes.array());
        }
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
