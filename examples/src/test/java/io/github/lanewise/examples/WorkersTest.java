package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.lanewise.examples.Program.Ended;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Several processes that train together. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class WorkersTest {

    private static final String[] SHORT = {
        "mnist", "--embedded", "--epochs", "1", "--hidden", "8", "--dropout", "0.2", "--shards", "4"
    };

    @TempDir private Path folder;

    private final List<String> arguments = new ArrayList<>(List.of(SHORT));

    @Test
    void workersEndWithTheWeightsOfOneProcess() throws Exception {
        assertEquals(new Ended(0, "", ""), withoutOutput(run("--out", "one")));
        Ended two = run("--out", "two", "--workers", "2");
        assertEquals(new Ended(0, "", ""), withoutOutput(two));
        for (int rank = 0; rank < 2; rank++) {
            assertTrue(two.out().contains("rank " + rank + ": "), two.out());
        }
        assertEquals(weights("one"), weights("two"));
    }

    private static Ended withoutOutput(Ended ended) {
        return new Ended(ended.code(), "", ended.err());
    }

    private Ended run(String... more) throws Exception {
        arguments.addAll(List.of(more));
        Ended ended = new Program(folder).run(arguments.toArray(String[]::new));
        arguments.subList(SHORT.length, arguments.size()).clear();
        return ended;
    }

    private String weights(String out) throws IOException {
        Path metrics = folder.resolve(out).resolve("metrics.json");
        return new ObjectMapper().readTree(metrics.toFile()).get("weightsSha256").asText();
    }

    @Test
    void killedWorkerIsNamedAndTheRestGoesOnFromTheCheckpoint() throws Exception {
        run("--out", "one");
        Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
        List<String> more =
                List.of("--out", "two", "--workers", "2", "--checkpoint", "checkpoints");
        arguments.addAll(more);
        arguments.addAll(List.of("--checkpoint-every", "5"));
        Program program = new Program(folder);
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            checkpoints.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            Process launcher = program.start(arguments.toArray(String[]::new));
            assertNotNull(watch.poll(100, TimeUnit.SECONDS), "no checkpoint within 100 s");
            // Rank 1 was started last.
            launcher.children().reduce((first, last) -> later(first, last)).get().destroyForcibly();
            Ended ended = program.end(launcher);
            assertEquals(3, ended.code(), ended.err());
            assertTrue(
                    ended.err()
                            .lines()
                            .anyMatch(
                                    line ->
                                            line.matches(
                                                    "rank [01] lost at step .*; start all workers"
                                                            + " again; .*")),
                    ended.err());
        }
        arguments.subList(SHORT.length, arguments.size()).clear();
        arguments.addAll(more);
        Ended again = run("--resume");
        assertEquals(0, again.code(), again.err());
        assertTrue(again.out().contains("Going on from checkpoints"), again.out());
        assertEquals(weights("one"), weights("two"));
    }

    /** It dies while its JVM starts; or a little later, and the other one may have noticed. */
    @Test
    void workerThatDiesBeforeAllHaveMetEndsTheOthers() throws Exception {
        Program program = new Program(folder);
        Process launcher = program.start("mnist", "--embedded", "--workers", "2", "--shards", "2");
        while (launcher.isAlive() && jvms(launcher).count() < 2) {
            Thread.onSpinWait();
        }
        jvms(launcher).reduce((one, other) -> later(one, other)).get().destroyForcibly();
        Ended ended = program.end(launcher);
        assertEquals(3, ended.code(), ended.err());
        assertFalse(ended.err().isBlank());
    }

    @Test
    void whatAllComplainAboutIsOneLine() throws Exception {
        Ended ended =
                new Program(folder)
                        .run("mnist", "--data", "nowhere", "--workers", "2", "--shards", "2");
        assertEquals(2, ended.code());
        assertEquals(1, ended.err().lines().count(), ended.err());
    }

    /** The greeting in which workers compare what they train has room for 256 bytes. */
    @Test
    void workersMeetWhateverTheLengthOfTheirOptions() throws Exception {
        String widths = String.join(",", Collections.nCopies(100, "2"));
        Ended ended = run("--hidden", widths, "--workers", "2", "--out", "deep");
        assertEquals(new Ended(0, "", ""), withoutOutput(ended));
    }

    @Test
    void longFingerprintsAreTheSameOnlyForTheSameText() {
        String text = "x".repeat(300);
        assertEquals(WorkerOptions.shorten(text), WorkerOptions.shorten("x".repeat(300)));
        assertNotEquals(WorkerOptions.shorten(text), WorkerOptions.shorten(text + "y"));
        assertEquals("{hidden=[8]}", WorkerOptions.shorten("{hidden=[8]}"));
    }

    @Test
    void workerThatWaitsForOthersEndsAtOnceWhenItIsAskedTo() throws Exception {
        int port = LocalWorkers.freePort();
        Program program =
                new Program(folder)
                        .with("LANEWISE_RANK", "0")
                        .with("LANEWISE_SIZE", "2")
                        .with("LANEWISE_COORDINATOR", "127.0.0.1:" + port);
        Process waiting = program.start(SHORT);
        while (waiting.isAlive() && !listens(port)) {
            Thread.onSpinWait();
        }
        waiting.destroy();
        Ended ended = program.end(waiting);
        assertEquals(143, ended.code(), ended.err());
        assertEquals("", ended.err());
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** As one does that is frozen: SIGSTOP, or a machine that thrashes. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void workerThatTakesNoNoticeIsEndedWithTheRest() throws Exception {
        Process deaf = new ProcessBuilder("sh", "-c", "trap '' TERM; echo; exec sleep 300").start();
        try {
            deaf.inputReader().readLine();
            LocalWorkers.end(List.of(deaf), 1);
            assertTrue(deaf.waitFor(100, TimeUnit.SECONDS), "still there");
        } finally {
            deaf.destroyForcibly();
        }
    }

    /** Returns the workers, but not what is on its way to become one: a helper of the JVM's. */
    private static Stream<ProcessHandle> jvms(Process launcher) {
        return launcher.children()
                .filter(child -> child.info().command().orElse("").endsWith("java"));
    }

    private static ProcessHandle later(ProcessHandle one, ProcessHandle other) {
        return one.pid() > other.pid() ? one : other;
    }
}
