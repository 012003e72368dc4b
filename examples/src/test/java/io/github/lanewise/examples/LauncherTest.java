package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What examples/run does before it starts Java. */
class LauncherTest {

    @TempDir private Path folder;

    @BeforeEach
    void onlyWhereThereIsAShell() {
        assumeTrue(Files.exists(Path.of("/bin/sh")), "no /bin/sh");
    }

    @Test
    void colonInThePathOfTheCheckoutIsOneLine() throws Exception {
        Path checkout = folder.resolve("a:b");
        Path root = ReadmeTest.root();
        for (String file : new String[] {".launch/java.sh", "examples/run"}) {
            Files.createDirectories(checkout.resolve(file).getParent());
            Files.copy(root.resolve(file), checkout.resolve(file));
        }
        assertEquals(
                "2 lanewise: the path of this checkout has a ':', where Java ends an entry of its"
                        + " class path; move or rename the folder: "
                        + checkout.toRealPath()
                        + "\n",
                shell("sh '" + checkout.resolve("examples/run") + "' mnist", null));
    }

    @ParameterizedTest
    @CsvSource({"25, 1", "25.0.1, 1", "25.0.2, 1", "25.0.3, 0", "25.0.20, 0", "26, 0"})
    void jdkThatCorruptsArraysIsNamed(String version, int lines) throws Exception {
        Path jdk = Files.createDirectories(folder.resolve("jdk/bin")).getParent();
        for (String program : new String[] {"bin/java", "bin/javac"}) {
            Files.createFile(jdk.resolve(program)).toFile().setExecutable(true);
        }
        Files.writeString(
                jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        String said =
                shell(
                        "root='%s'; . \"$root/.launch/java.sh\"; find_jdk; echo \"$java_home\""
                                .formatted(ReadmeTest.root()),
                        jdk);
        assertTrue(said.startsWith("0 ") && said.strip().endsWith(jdk.toString()), said);
        assertEquals(1 + lines, said.lines().count(), said);
        assertEquals(lines == 1, said.contains("JDK-8377811"), said);
    }

    @ParameterizedTest
    @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "de_DE.UTF-8, de_DE.UTF-8"})
    void inTheLocaleCJavaCanNameAllFiles(String locale, String expected) throws Exception {
        String script =
                "LC_ALL=%s; export LC_ALL; root='%s'; . \"$root/.launch/java.sh\"; echo \"$LC_ALL\""
                        .formatted(locale, ReadmeTest.root());
        assertEquals("0 " + expected + "\n", shell(script, null));
    }

    /** Workers that are started together in a fresh checkout, say. */
    @Test
    @Timeout(60)
    void oneBuildsAtATime() throws Exception {
        Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
        // It counts its calls, and ends when it is told to.
        Files.writeString(maven, "#!/bin/sh\necho call >>'%s/calls'\nread end\n".formatted(folder));
        assertTrue(maven.toFile().setExecutable(true));
        Process first = building();
        try (BufferedReader firstSays = first.inputReader()) {
            assertTrue(firstSays.readLine().startsWith("lanewise: building examples"));
            Process second = building();
            try (BufferedReader secondSays = second.inputReader()) {
                assertEquals(
                        "lanewise: waiting for another build of this checkout ...",
                        secondSays.readLine());
                end(first);
                end(second);
            }
        }
        assertEquals("call\n", Files.readString(folder.resolve("calls")));
    }

    /** A build that was killed left its lock. */
    @Test
    @Timeout(60)
    void lockOfABuildThatIsNoMoreIsTaken() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(folder.resolve("target"));
        Files.createSymbolicLink(folder.resolve("target/build.lock"), Path.of("" + gone.pid()));
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/mvn"), Path.of("/bin/true"));
        end(building());
        assertTrue(Files.exists(folder.resolve("examples/target/built")));
        assertFalse(Files.isSymbolicLink(folder.resolve("target/build.lock")));
    }

    /** Begins to build the folder as a checkout, by the {@code mvn} of its folder bin. */
    private Process building() throws IOException {
        String script =
                "root='%s'; java_home=none; PATH=\"$root/bin:$PATH\"; . '%s/.launch/java.sh'; build_if_stale examples"
                        .formatted(folder, ReadmeTest.root());
        return new ProcessBuilder("sh", "-euc", script).redirectErrorStream(true).start();
    }

    private static void end(Process process) throws Exception {
        try (Writer input = process.outputWriter()) {
            input.write("end\n");
        } catch (IOException e) {
            // it has ended without reading
        }
        assertEquals(0, process.waitFor());
    }

    /** Returns the exit code and all that was printed. */
    private String shell(String script, Path javaHome) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        if (javaHome != null) {
            builder.environment().put("LANEWISE_JAVA_HOME", javaHome.toString());
        }
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assertTrue(code == 0 || code == 2, said);
        return code + " " + said;
    }
}
