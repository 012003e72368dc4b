package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What same-bits is made of, on a network that is small. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SameBitsRunTest {

    @TempDir private Path folder;

    private SameBitsRun run(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("mnist", "--embedded", "--epochs", "1", "--hidden", "8"));
        arguments.addAll(List.of(more));
        return new SameBitsRun(folder, "run", arguments);
    }

    @Test
    void everyWayGivesTheHashOfTheWeights() throws Exception {
        SameBitsRun run = run("--shards", "2");
        String alone = run.alone(1);
        assertTrue(alone.matches("[0-9a-f]{64}"), alone);
        List<List<String>> flags = List.of(List.of(), List.of("-Dlanewise.kernels=scalar"));
        assertEquals(alone, run.together(flags));
    }

    @Test
    void aRunThatFailsHasNoHash() throws Exception {
        assertEquals(
                "exit code 2, see " + folder.resolve("run").resolve("log*.txt"),
                run("--shards", "0").alone(1));
    }
}
