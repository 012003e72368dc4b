package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** Who may join, and what both sides are told if not. */
class JoinTest {

    private static final TcpSettings HASTY =
            Workers.SETTINGS.withJoinWithin(Duration.ofMillis(700));

    private ServerSocketChannel server;
    private int port;

    @BeforeEach
    void listen() throws IOException {
        server = Workers.listener();
        port = Workers.port(server);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private FutureTask<Collective> join(int rank, int size, RunIdentity run, TcpSettings settings) {
        return Workers.start(
                "join of rank " + rank,
                () ->
                        TcpCollective.join(
                                Rendezvous.onThisMachine(rank, size, port),
                                run,
                                rank == 0 ? settings.withListener(server) : settings));
    }

    private static String refusal(FutureTask<Collective> join) {
        return assertThrows(IOException.class, () -> Workers.result("join", join)).getMessage();
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "other, 2, a model, some data, 'its run id is \"other\", expected \"a run\"'",
        "a run, 4, a model, some data, 'its number of shards is \"4\", expected \"2\"'",
        "a run, 2, b model, some data, 'its model fingerprint is \"b model\", expected \"a"
                + " model\"'",
        "a run, 2, a model, more data, 'its data fingerprint is \"more data\", expected'",
    })
    void aWorkerThatDiffersIsRefusedOnBothSides(
            String run, int shards, String model, String data, String reason) {
        FutureTask<Collective> zero = join(0, 2, Workers.run(2), HASTY);
        FutureTask<Collective> one = join(1, 2, new RunIdentity(run, shards, model, data), HASTY);
        assertContains("refuses this worker: " + reason, refusal(one));
        String message = refusal(zero);
        assertContains(reason, message);
        assertContains("all workers must have the same", message);
    }

    @Test
    void aWorkerOfAGroupOfAnotherSizeIsRefusedOnBothSides() {
        FutureTask<Collective> zero = join(0, 2, Workers.run(6), HASTY);
        FutureTask<Collective> one = join(1, 3, Workers.run(6), HASTY);
        assertContains("its number of workers is \"3\", expected \"2\"", refusal(one));
        assertContains("its number of workers is \"3\", expected \"2\"", refusal(zero));
    }

    @Test
    void whenOneIsRefusedTheOthersAreToldWhy() {
        FutureTask<Collective> zero = join(0, 3, Workers.run(3), Workers.SETTINGS);
        FutureTask<Collective> one = join(1, 3, Workers.run(3), Workers.SETTINGS);
        RunIdentity other = new RunIdentity("a run", 3, "b model", "some data");
        FutureTask<Collective> two = join(2, 3, other, Workers.SETTINGS);
        assertContains("its model fingerprint is", refusal(two));
        assertContains("rank 2 at /127.0.0.1:", refusal(zero));
        // Rank 1 was there before and learns of it, or came later and finds the port closed.
        assertContains("join: rank 0 at 127.0.0.1:", refusal(one));
    }

    /** Its process may end as soon as it knows; whoever is told later finds a closed port. */
    @RepeatedTest(20)
    void theRefusedAreToldBeforeTheCoordinatorGivesUp() throws Exception {
        FutureTask<Collective> zero = join(0, 2, Workers.run(2), Workers.SETTINGS);
        RunIdentity other = new RunIdentity("a run", 2, "b model", "some data");
        try (SocketChannel one = FakeWorker.connect(port)) {
            Wire wire = new Wire(new PlainLink(one), System.nanoTime() + 20_000_000_000L);
            wire.write(Wire.HELLO, new Hello(1, 2, 1, other).encode());
            refusal(zero);
            one.configureBlocking(false);
            ByteBuffer answer = ByteBuffer.allocate(Wire.LONGEST_REASON);
            assertTrue(one.read(answer) > 0, "rank 0 has given up, and rank 1 was told nothing");
            assertEquals(Wire.REFUSED, answer.getInt(12));
        }
    }

    @Test
    void aWorkerOfAnotherVersionIsRefusedOnBothSides() throws Exception {
        FutureTask<Collective> zero = join(0, 2, Workers.run(2), HASTY);
        try (SocketChannel channel = FakeWorker.connect(port)) {
            ByteBuffer hello = ByteBuffer.allocate(60).putLong(Wire.MAGIC).putInt(Wire.VERSION + 1);
            channel.write(hello.putInt(Wire.HELLO).putInt(36).clear());
            Wire wire = new Wire(new PlainLink(channel), System.nanoTime() + 20_000_000_000L);
            IOException refusal = assertThrows(IOException.class, () -> wire.read(2, 0));
            assertContains("its format has version 2, expected 1", refusal.getMessage());
        }
        assertContains("its format has version 2, expected 1", refusal(zero));
    }

    @Test
    void aCoordinatorOfAnotherVersionIsRefused() throws Exception {
        FutureTask<Collective> one = join(1, 2, Workers.run(2), HASTY);
        try (SocketChannel channel = server.accept()) {
            ByteBuffer answer =
                    ByteBuffer.allocate(24).putLong(Wire.MAGIC).putInt(Wire.VERSION + 1);
            channel.write(answer.clear());
            assertContains("its format has version 2, expected 1", refusal(one));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "LANEWISE", "", "x"})
    void strangersDoNotHinderTheRun(String words) throws Exception {
        List<SocketChannel> strangers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SocketChannel stranger = FakeWorker.connect(port);
            stranger.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.ISO_8859_1)));
            strangers.add(stranger);
        }
        FutureTask<Collective> zero = join(0, 2, Workers.run(2), Workers.SETTINGS);
        FutureTask<Collective> one = join(1, 2, Workers.run(2), Workers.SETTINGS);
        List<Collective> workers =
                List.of(Workers.result("join of 0", zero), Workers.result("join of 1", one));
        List<Integer> counts = Workers.onEach(workers, w -> w.gather(new byte[3]).length);
        assertEquals(List.of(2, 2), counts);
        Workers.close(workers);
        for (SocketChannel stranger : strangers) {
            stranger.close();
        }
    }

    @Test
    void aGreetingThatClaimsTooMuchIsNotBelieved() throws Exception {
        FutureTask<Collective> zero = join(0, 2, Workers.run(2), HASTY);
        try (SocketChannel channel = FakeWorker.connect(port)) {
            ByteBuffer hello = ByteBuffer.allocate(20).putLong(Wire.MAGIC).putInt(Wire.VERSION);
            channel.write(hello.putInt(Wire.HELLO).putInt(Integer.MAX_VALUE).clear());
            assertContains("type 1 and 2147483647 bytes, expected type 1", refusal(zero));
        }
    }

    @Test
    void aSecondWorkerOfTheSameRankIsRefused() throws Exception {
        FutureTask<Collective> zero = join(0, 3, Workers.run(3), Workers.SETTINGS);
        FutureTask<Collective> one = join(1, 3, Workers.run(3), Workers.SETTINGS);
        FutureTask<Collective> again = join(1, 3, Workers.run(3), Workers.SETTINGS);
        // One of the two comes first, and waits for rank 2; the other is refused.
        FutureTask<Collective> refused = firstDone(one, again);
        assertContains("rank 1 has joined already; each worker needs", refusal(refused));
        FutureTask<Collective> two = join(2, 3, Workers.run(3), Workers.SETTINGS);
        FutureTask<Collective> accepted = refused == one ? again : one;
        Workers.close(
                List.of(
                        Workers.result("rank 0", zero),
                        Workers.result("rank 1", accepted),
                        Workers.result("rank 2", two)));
    }

    private static FutureTask<Collective> firstDone(
            FutureTask<Collective> a, FutureTask<Collective> b) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!a.isDone() && !b.isDone()) {
            assertTrue(System.nanoTime() < end, "neither join ended");
            Thread.onSpinWait();
        }
        return a.isDone() ? a : b;
    }

    @Test
    void missingRanksAreNamed() {
        FutureTask<Collective> zero = join(0, 4, Workers.run(4), HASTY);
        join(2, 4, Workers.run(4), HASTY);
        String message = refusal(zero);
        assertContains("not all workers came in time; missing ranks: [1, 3]", message);
        assertContains("were they started", message);
    }

    @Test
    void aWorkerThatEndsBeforeAllAreConnectedEndsTheOthersWithinTheDeadline() throws Exception {
        TcpSettings settings =
                new TcpSettings(Duration.ofMillis(400), Duration.ofMinutes(10), null, null);
        FutureTask<Collective> zero = join(0, 3, Workers.run(3), settings);
        FutureTask<Collective> two = join(2, 3, Workers.run(3), settings);
        int gone;
        try (ServerSocketChannel closedAtOnce = Workers.listener()) {
            gone = Workers.port(closedAtOnce);
        }
        try (SocketChannel one = FakeWorker.connect(port)) {
            Wire wire = new Wire(new PlainLink(one), System.nanoTime() + 20_000_000_000L);
            wire.write(Wire.HELLO, new Hello(1, 3, gone, Workers.run(3)).encode());
            wire.read(Wire.WELCOME, 0);
        }
        String message = refusal(two);
        assertContains(
                "rank 1 at 127.0.0.1:%d: cannot be reached in time".formatted(gone), message);
        try {
            Workers.result("join of rank 0", zero).close();
        } catch (IOException e) {
            // It has noticed while it joined.
            assertTrue(two.isDone());
        }
    }

    @Test
    void anAbsentCoordinatorIsNamed() throws Exception {
        server.close();
        String message = refusal(join(1, 2, Workers.run(2), HASTY));
        assertContains(
                "join: rank 0 at 127.0.0.1:%d: cannot be reached in time".formatted(port), message);
        assertContains("has rank 0 been started", message);
    }

    @Test
    void aCoordinatorThatTakesConnectionsAndSaysNothingIsNamed() {
        // Nobody accepts what the system has queued.
        String message = refusal(join(1, 2, Workers.run(2), HASTY));
        assertContains(
                "join: rank 0 at 127.0.0.1:%d: takes connections, but does not answer"
                        .formatted(port),
                message);
        assertContains("another program", message);
    }

    @Test
    void aCoordinatorWhoseNameIsUnknownIsNamed() {
        Rendezvous place = new Rendezvous(1, 2, "nobody.invalid", 29400, "0.0.0.0", "", "a test");
        String message = refusal(place);
        assertContains("rank 0 at nobody.invalid:29400: cannot be reached in time", message);
        assertContains("the name is unknown", message);
        assertContains("LANEWISE_COORDINATOR", message);
    }

    @Test
    void aPortInUseIsNamedWithTheRemedy() {
        String message = refusal(Rendezvous.onThisMachine(0, 2, port));
        assertContains("join: cannot listen on 127.0.0.1:%d: ".formatted(port), message);
        assertContains("another program, or another rank 0, may have that port", message);
        assertContains("LANEWISE_COORDINATOR", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "nobody.invalid"})
    void anAddressThatThisMachineHasNotIsNamedWithTheRemedy(String bind) {
        String message = refusal(new Rendezvous(0, 2, "127.0.0.1", 0, bind, "", "a test"));
        assertContains("join: cannot listen on %s:0: ".formatted(bind), message);
        assertContains("set LANEWISE_BIND to an address of this machine", message);
    }

    private static String refusal(Rendezvous place) {
        return refusal(
                Workers.start("join", () -> TcpCollective.join(place, Workers.run(2), HASTY)));
    }

    @Test
    void workersMayComeBeforeTheCoordinator() throws Exception {
        server.close();
        FutureTask<Collective> one = join(1, 2, Workers.run(2), Workers.SETTINGS);
        Collective zero =
                TcpCollective.join(
                        Rendezvous.onThisMachine(0, 2, port), Workers.run(2), Workers.SETTINGS);
        Workers.close(List.of(zero, Workers.result("join of rank 1", one)));
    }

    @Test
    void loopbackIsRefusedForACoordinatorOnTheNetwork() {
        Rendezvous place = new Rendezvous(1, 2, "node-1", 29400, "127.0.0.1", "", "a test");
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TcpCollective.join(place, Workers.run(2), HASTY))
                        .getMessage();
        assertContains("set LANEWISE_BIND to an address of this machine", message);
    }

    /**
     * Rank 1 goes to rank 0 by the loopback device, as where a machine's own name means 127.0.1.1;
     * rank 2 goes by the network, as from another machine.
     */
    @Test
    void aWorkerBesideRankZeroIsFoundFromOtherMachines() throws Exception {
        Optional<String> network = networkAddress();
        assumeTrue(network.isPresent(), "this machine has no network");
        try (ServerSocketChannel all = ServerSocketChannel.open()) {
            all.bind(new InetSocketAddress("0.0.0.0", 0));
            List<FutureTask<Collective>> joins = new ArrayList<>();
            for (int rank = 0; rank < 3; rank++) {
                Rendezvous place =
                        new Rendezvous(
                                rank,
                                3,
                                rank == 2 ? network.get() : Rendezvous.LOOPBACK,
                                Workers.port(all),
                                network.get(),
                                "",
                                "a test");
                TcpSettings settings =
                        rank == 0 ? Workers.SETTINGS.withListener(all) : Workers.SETTINGS;
                joins.add(
                        Workers.start(
                                "join of rank " + rank,
                                () -> TcpCollective.join(place, Workers.run(3), settings)));
            }
            List<Collective> workers = new ArrayList<>();
            for (FutureTask<Collective> join : joins) {
                workers.add(Workers.result("join", join));
            }
            Workers.close(workers);
        }
    }

    private static Optional<String> networkAddress() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
    }
}
