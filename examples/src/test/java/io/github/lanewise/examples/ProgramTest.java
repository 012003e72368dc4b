package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lanewise.examples.Program.Ended;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a user sees of the systems programs meet: exit codes, lost output, odd environments. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ProgramTest {

    private static final String[] SHORT = {
        "mnist", "--embedded", "--epochs", "1", "--hidden", "8", "--out", "out"
    };

    @TempDir private Path folder;

    @BeforeEach
    void onlyWhereTheseFilesAre() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full: not a Linux system");
    }

    @Test
    void fullDiskBehindTheOutputIsNoSuccess() throws Exception {
        Ended ended = new Program(folder).to(Path.of("/dev/full")).run(SHORT);
        assertOneLine(ended, "standard output: cannot be written: No space left on device");
        assertTrue(Files.exists(folder.resolve("out/metrics.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "doctor --help"})
    void lostHelpIsNoSuccess(String arguments) throws Exception {
        Ended ended = new Program(folder).to(Path.of("/dev/full")).run(arguments.split(" "));
        assertOneLine(ended, "standard output: cannot be written: No space left on device");
    }

    @Test
    void readerThatGoesAwayIsNoSuccess() throws Exception {
        Program program = new Program(folder).to(null);
        Process process = program.start(SHORT);
        process.getInputStream().close();
        assertOneLine(program.end(process), "standard output: cannot be written: Broken pipe");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void signalEndsWithItsCodeAndLeavesNothing(String signal, int code) throws Exception {
        assumeFalse(isIgnored(code - 128), "SIG" + signal + " is ignored here, as behind nohup");
        Program program = new Program(folder).to(null);
        Process process =
                program.start("mnist", "--embedded", "--epochs", "100000", "--out", "out");
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("Epoch")) {
                line = lines.readLine();
            }
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertEquals(code, program.end(process).code());
        }
        assertFalse(Files.exists(folder.resolve("out")));
    }

    /** A program ignores what its parent did, and that is as it should be. */
    private static boolean isIgnored(int signal) throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String mask =
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .findFirst()
                        .orElse("SigIgn: 0");
        return (Long.parseUnsignedLong(mask.substring(7).strip(), 16) >> (signal - 1) & 1) == 1;
    }

    @Test
    void withoutFontsOnlyPicturesAreMissing() throws Exception {
        Path none = folder.resolve("fonts.conf");
        Files.writeString(none, "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
        Ended ended =
                new Program(folder)
                        .with("FONTCONFIG_FILE", none.toString())
                        // Where Java keeps what fontconfig once said.
                        .flag("-Duser.home=" + folder)
                        .run(SHORT);
        assertEquals(0, ended.code(), ended.err());
        assertEquals(
                "Warning: no pictures: this system has no fonts; install fontconfig and a font,"
                        + " for example fonts-dejavu-core",
                ended.err().strip());
        assertEquals(
                List.of("metrics.json", "model.safetensors", "report.html"),
                files(folder.resolve("out")));
        assertTrue(ended.out().contains("Test accuracy"), ended.out());
    }

    @Test
    void twoRunsWithOneFolderBothSucceed() throws Exception {
        Path second = Files.createDirectory(folder.resolve("second"));
        String out = folder.resolve("out").toString();
        String[] arguments = {
            "mnist", "--embedded", "--epochs", "1", "--hidden", "8", "--out", out
        };
        Program one = new Program(folder);
        Program two = new Program(second);
        Process first = one.start(arguments);
        Ended ended = two.run(arguments);
        assertEquals(0, ended.code(), ended.err());
        assertEquals(0, one.end(first).code());
        assertEquals(
                List.of(
                        "confusion.png",
                        "curves.png",
                        "metrics.json",
                        "mistakes.png",
                        "model.safetensors",
                        "report.html"),
                files(folder.resolve("out")));
    }

    /** The letter is two bytes that the C locale does not know. */
    @Test
    void pathThatTheLocaleCannotWriteIsOneLine() throws Exception {
        Ended ended = odd().with("LANEWISE_DATA", "/data/m\u00fcnchen").run("mnist");
        assertEquals(2, ended.code());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().startsWith("mnist: LANEWISE_DATA: is no path in this"), ended.err());
        assertTrue(ended.err().contains("set LC_ALL=C.UTF-8"), ended.err());
    }

    @Test
    void goodDataIsReadWhateverTheVariablesHold() throws Exception {
        Ended ended =
                odd().with("LANEWISE_DATA", "/data/m\u00fcnchen")
                        .with("XDG_CACHE_HOME", "/cache/m\u00fcnchen")
                        .flag("-Duser.home=?")
                        .run("mnist", "--data", "none");
        assertOneLine(
                ended, "mnist: none: is no folder; --data must name one with the four MNIST files");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "", "/dev/null/home", "relative"})
    void withoutAHomeDigitsAreDrawn(String home) throws Exception {
        Ended ended =
                odd().with("XDG_CACHE_HOME", "/cache/m\u00fcnchen")
                        .flag("-Duser.home=" + home)
                        .flag("-Dlanewise.mnistMirrors=http://127.0.0.1:1/")
                        .run("mnist", "--epochs", "1", "--hidden", "8", "--out", "out");
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().startsWith("No MNIST here, and "), ended.out());
        assertFalse(Files.exists(folder.resolve(home).resolve(".cache")));
    }

    @Test
    void dataThatDoNotFitAreNamedWithoutOptionsThatNobodyGave() throws Exception {
        Ended ended = new Program(folder).flag("-Xmx8m").run(SHORT);
        assertEquals(2, ended.code(), ended.err());
        assertTrue(ended.err().startsWith("the images: more than fits into the "), ended.err());
        assertFalse(ended.err().contains("--"), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }

    @Test
    void networkThatDoesNotFitNamesItsOption() throws Exception {
        Ended ended =
                new Program(folder)
                        .flag("-Xmx64m")
                        .run("mnist", "--embedded", "--hidden", "16384,16384");
        assertEquals(2, ended.code(), ended.err());
        assertTrue(ended.err().contains("take a smaller --hidden, or give it more"), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }

    @ParameterizedTest
    @CsvSource({
        "-Dlanewise.threads=many",
        "-Dlanewise.threads=0",
        "-Dlanewise.kernels=gpu",
        "-Dlanewise.vectorBits=64"
    })
    void propertyThatTheEngineCannotFollowIsOneLine(String flag) throws Exception {
        Ended ended = new Program(folder).flag(flag).run("doctor");
        assertEquals(2, ended.code(), ended.err());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertTrue(ended.err().startsWith(flag.substring(2, flag.indexOf('='))), ended.err());
    }

    /** Languages with digits of their own, and the one whose capital i has a dot. */
    @ParameterizedTest
    @CsvSource({"fa, IR", "ar, EG", "bn, BD", "tr, TR"})
    void everyLanguageSeesTheSameDigits(String language, String country) throws Exception {
        Program program =
                new Program(folder)
                        .flag("-Duser.language=" + language)
                        .flag("-Duser.country=" + country);
        Ended ended = program.run(SHORT);
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().contains("12,000 digits to train on, 2,000 to test on"));
        assertTrue(ended.out().matches("(?s)[\\x00-\\x7f]*"), ended.out());
        Ended ellipses = program.run("ellipses", "--epochs", "1");
        assertEquals(0, ellipses.code(), ellipses.err());
        assertTrue(ellipses.out().contains("Linear(2 -> 20)"), ellipses.out());
        Ended bad = program.run("mnist", "--batch", "0", "--model", "MLP");
        assertOneLine(bad, "--batch: is 0; it must be 1 or more");
    }

    /** Vector code that is not compiled must not pass for a slow CPU. */
    @Test
    void doctorFindsVectorsThatAreNotCompiled() throws Exception {
        Ended ended =
                new Program(folder)
                        .flag("-XX:+UnlockExperimentalVMOptions")
                        .flag("-XX:-EnableVectorSupport")
                        .run("doctor");
        assertEquals(0, ended.code(), ended.err());
        assertFalse(ended.out().contains("All is well"), ended.out());
        assertTrue(ended.out().contains("start without -XX:-EnableVectorSupport"), ended.out());
    }

    @Test
    void doctorEndsWithoutFusedMultiplyAdd() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "ARM always has it");
        Ended ended = new Program(folder).flag("-XX:-UseFMA").run("doctor");
        assertEquals(0, ended.code(), ended.err());
        assertTrue(ended.out().contains("Slow: no fused multiply-add"), ended.out());
    }

    private Program odd() {
        return new Program(folder).with("LC_ALL", "C");
    }

    private static void assertOneLine(Ended ended, String line) {
        assertEquals(line, ended.err().strip());
        assertEquals(2, ended.code());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
