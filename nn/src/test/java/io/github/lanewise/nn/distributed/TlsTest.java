package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;

import javax.net.ssl.SSLContext;

/** Workers whose connections are encrypted, and those who must not get in. */
class TlsTest {

    private static final char[] PASSWORD = Stores.PASSWORD.toCharArray();
    private static final int COUNT = 500_000;

    @TempDir private static Path folder;

    private static Path key;
    private static Path trust;
    private static SSLContext trusted;
    private static SSLContext stranger;

    @BeforeAll
    static void makeStores() throws Exception {
        key = Stores.key(folder, "worker");
        trust = Stores.trust(folder, "trust", key);
        Path other = Stores.key(folder, "other");
        trusted = Tls.context(key, trust, PASSWORD);
        // It trusts the workers, who do not trust it.
        stranger = Tls.context(other, trust, PASSWORD);
    }

    private static TcpSettings settings(SSLContext tls) {
        return Workers.SETTINGS.withTls(tls);
    }

    @Test
    void sumsAreThoseOfPlainConnections() throws Exception {
        float[][] shards = Workers.gradients(6, COUNT, new Random(1));
        float[] expected = Workers.naive(shards, COUNT);
        List<Collective> workers = Workers.overTcp(3, 6, settings(trusted));
        List<float[]> sums =
                Workers.onEach(
                        workers,
                        worker -> {
                            float[] sum = new float[COUNT];
                            for (int step = 0; step < 5; step++) {
                                worker.step(step);
                                int first = worker.firstShard();
                                float[][] own = Workers.copy(shards, first, first + 2);
                                int half = COUNT / 2;
                                worker.start(own, half, COUNT, sum);
                                worker.start(own, 0, half, sum);
                                worker.await();
                            }
                            return sum;
                        });
        for (float[] sum : sums) {
            assertArrayEquals(expected, sum);
        }
        Workers.close(workers);
    }

    @Test
    void aLostWorkerIsNamed() throws Exception {
        List<Collective> workers = Workers.overTcp(2, 2, settings(trusted));
        FutureTask<WorkerLostException> lost =
                Workers.start(
                        "barrier",
                        () ->
                                assertThrows(
                                        WorkerLostException.class, () -> workers.get(0).barrier()));
        workers.get(1).close();
        assertEquals(1, Workers.result("barrier", lost).rank());
        workers.get(0).close();
    }

    @Test
    void nothingReadableTravels() throws Exception {
        try (ServerSocketChannel server = Workers.listener()) {
            int port = Workers.port(server);
            FutureTask<Collective> join =
                    Workers.start(
                            "join",
                            () ->
                                    TcpCollective.join(
                                            Rendezvous.onThisMachine(1, 2, port),
                                            Workers.run(2),
                                            settings(trusted)
                                                    .withJoinWithin(Duration.ofSeconds(2))));
            try (SocketChannel channel = server.accept()) {
                ByteBuffer first = ByteBuffer.allocate(3);
                while (first.hasRemaining()) {
                    assertTrue(channel.read(first) >= 0);
                }
                assertArrayEquals(new byte[] {0x16, 0x03, 0x03}, first.array());
            }
            assertThrows(IOException.class, () -> Workers.result("join", join));
        }
    }

    @Test
    void aStrangersCertificateIsRefused() throws Exception {
        List<String> messages = joinBoth(trusted, stranger);
        assertTrue(messages.get(0).contains("missing ranks: [1]; refused: "), messages.get(0));
        assertTrue(messages.get(0).contains("TLS: "), messages.get(0));
        assertTrue(messages.get(1).startsWith("join: rank 0 at "), messages.get(1));
    }

    @Test
    void aPlainWorkerIsRefusedByOneWithTls() throws Exception {
        List<String> messages = joinBoth(trusted, null);
        assertTrue(messages.get(0).contains("TLS: "), messages.get(0));
    }

    @Test
    void aWorkerWithTlsIsRefusedByAPlainOne() throws Exception {
        List<String> messages = joinBoth(null, trusted);
        assertTrue(
                messages.get(0)
                        .contains(
                                "it speaks TLS, this worker does not; give all workers the same TLS"
                                        + " settings"),
                messages.get(0));
    }

    /** Returns what the two complain about. */
    private static List<String> joinBoth(SSLContext zero, SSLContext one) throws Exception {
        ServerSocketChannel server = Workers.listener();
        int port = Workers.port(server);
        List<FutureTask<Collective>> joins = new ArrayList<>();
        for (SSLContext tls : Arrays.asList(zero, one)) {
            int rank = joins.size();
            TcpSettings own = settings(tls).withJoinWithin(Duration.ofMillis(1500));
            joins.add(
                    Workers.start(
                            "join of rank " + rank,
                            () ->
                                    TcpCollective.join(
                                            Rendezvous.onThisMachine(rank, 2, port),
                                            Workers.run(2),
                                            rank == 0 ? own.withListener(server) : own)));
        }
        List<String> messages = new ArrayList<>();
        for (FutureTask<Collective> join : joins) {
            messages.add(
                    assertThrows(IOException.class, () -> Workers.result("join", join))
                            .getMessage());
        }
        return messages;
    }

    @Test
    void brokenStoresAreNamed() throws Exception {
        Path missing = folder.resolve("missing.p12");
        assertMessage("tls: the key store " + missing + " is no file", missing, trust, PASSWORD);
        Path broken = Files.write(folder.resolve("broken.p12"), new byte[] {1, 2, 3});
        assertMessage("tls: the trust store " + broken + " cannot be read", key, broken, PASSWORD);
        assertMessage(
                "tls: the key store " + key + " cannot be read",
                key,
                trust,
                "wrong one".toCharArray());
        assertMessage(
                "tls: the key store " + trust + " holds no private key", trust, trust, PASSWORD);
        assertMessage(
                "tls: the trust store " + key + " holds no trusted certificate",
                key,
                key,
                PASSWORD);
    }

    private static void assertMessage(String start, Path keys, Path trusted, char[] password) {
        IOException e = assertThrows(IOException.class, () -> Tls.context(keys, trusted, password));
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }
}
