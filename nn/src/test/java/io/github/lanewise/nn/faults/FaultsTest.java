package io.github.lanewise.nn.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.ChildJvm;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Memory and disks that end, and models that come and go, in JVMs of their own. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class FaultsTest {

    @TempDir private Path folder;

    @Test
    void aModelIsAsGoodAsNewAfterMemoryEnded() throws Exception {
        List<String> command =
                ChildJvm.command(
                        List.of("-Xmx32m", "-XX:+UseSerialGC", "-Dlanewise.kernels=scalar"),
                        OutOfMemoryProgram.class);
        String output = run(command);
        assertTrue(output.matches("(?s).*memory ended [1-9]\\d* times\\s*"), output);
    }

    /** The limit of a shell on the size of files stands for a disk that is full. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFileThatDoesNotFitOnTheDiskIsNotThereAtAll() throws Exception {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "ulimit -f 32; exec \"$@\"", "sh"));
        command.addAll(ChildJvm.command(List.of(), FullDiskProgram.class, folder.toString()));
        List<String> lines = run(command).lines().toList();
        assertEquals(9, lines.size(), lines::toString);
        for (String line : lines) {
            assertTrue(
                    line.matches("[a-z ]+: write: .*; what was there before is unchanged"),
                    lines::toString);
        }
    }

    @Test
    void tenThousandModelsComeAndGoInASmallHeap() throws Exception {
        List<String> command =
                ChildJvm.command(List.of("-Xmx32m"), ManyModelsProgram.class, "10000");
        String output = run(command).strip();
        assertTrue(output.matches("threads \\d{1,2}"), output);
    }

    private static String run(List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
