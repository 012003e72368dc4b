package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
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
