package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Kills and freezes real processes. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LostProcessTest {

    private static final int STEPS_BEFORE = 20;

    private static Process start(int rank, int port, int deadlineMillis) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of("target", "classes") + ":" + Path.of("target", "test-classes");
        return new ProcessBuilder(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes,
                        WorkerProcess.class.getName(),
                        Integer.toString(rank),
                        "3",
                        Integer.toString(port),
                        Integer.toString(deadlineMillis))
                .redirectErrorStream(true)
                .start();
    }

    private static void signal(String signal, Process process) throws Exception {
        assertEquals(
                0, new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor());
    }

    @ParameterizedTest(name = "SIG{0}: {2}")
    @CsvSource({
        "KILL, 20000, its connection was closed",
        "STOP, 2000, silent for longer than the deadline"
    })
    void aKilledOrFrozenProcessEndsAllOthers(String signal, int deadlineMillis, String reason)
            throws Exception {
        List<Process> processes = new ArrayList<>();
        try (ServerSocketChannel server = Workers.listener()) {
            int port = Workers.port(server);
            processes.add(start(1, port, deadlineMillis));
            processes.add(start(2, port, deadlineMillis));
            FutureTask<Collective> join =
                    Workers.start(
                            "join",
                            () ->
                                    TcpCollective.join(
                                            Rendezvous.onThisMachine(0, 3, port),
                                            Workers.run(3),
                                            Workers.SETTINGS
                                                    .withDeadline(Duration.ofMillis(deadlineMillis))
                                                    .withListener(server)));
            try (Collective zero = Workers.result("join", join)) {
                WorkerLostException lost = reduceUntilLost(zero, signal, processes.get(1));
                assertEquals(2, lost.rank());
                assertTrue(lost.step() >= STEPS_BEFORE, lost.getMessage());
                assertTrue(lost.getMessage().contains(reason), lost.getMessage());
            }
            Process other = processes.get(0);
            assertTrue(other.waitFor(60, TimeUnit.SECONDS), "rank 1 hung");
            String output =
                    new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(3, other.exitValue(), output);
            assertTrue(output.startsWith("rank 2 lost at step "), output);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static WorkerLostException reduceUntilLost(
            Collective zero, String signal, Process victim) throws Exception {
        float[][] own = new float[1][100_000];
        float[] sum = new float[100_000];
        for (int step = 0; step < STEPS_BEFORE; step++) {
            zero.step(step);
            zero.allReduce(own, 0, sum.length, sum);
        }
        signal(signal, victim);
        FutureTask<WorkerLostException> rest =
                Workers.start(
                        "allReduce",
                        () ->
                                assertThrows(
                                        WorkerLostException.class,
                                        () -> {
                                            for (int step = STEPS_BEFORE; ; step++) {
                                                zero.step(step);
                                                zero.allReduce(own, 0, sum.length, sum);
                                            }
                                        }));
        return Workers.result("allReduce", rest);
    }
}
