package io.github.lanewise.nn.distributed;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * Connects every worker to every other. All go to rank 0 first; once everybody is there, it sends
 * the table of addresses, and each worker connects to those of lower rank.
 */
final class Mesh {

    private static final int LONGEST_HOST = 256;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private static final String MUTE =
            "takes connections, but does not answer in time; it stands still, or another program"
                    + " has that port";
    private static final String NAME_UNKNOWN = "the name is unknown";
    private static final String BIND =
            "set LANEWISE_BIND to an address of this machine, or to 0.0.0.0 for all";
    private static final String BIND_OR_PORT =
            "another program, or another rank 0, may have that port: end it, or give all workers"
                    + " another LANEWISE_COORDINATOR; or the address is not this machine's: "
                    + BIND;

    private final Rendezvous place;
    private final RunIdentity run;
    private final TcpSettings settings;
    private final Link[] links;
    private long deadline;

    private Mesh(Rendezvous place, RunIdentity run, TcpSettings settings) {
        this.place = place;
        this.run = run;
        this.settings = settings;
        this.deadline = System.nanoTime() + settings.joinWithin().toNanos();
        this.links = new Link[place.size()];
    }

    /** Returns a blocking connection to each other rank; null in this worker's own place. */
    static Link[] connect(Rendezvous place, RunIdentity run, TcpSettings settings)
            throws IOException {
        Mesh mesh = new Mesh(place, run, settings);
        boolean complete = false;
        try (ServerSocketChannel server = mesh.listen(settings.listener())) {
            mesh.connect(server);
            for (Link link : mesh.links) {
                if (link != null) {
                    link.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    link.channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                }
            }
            complete = true;
            return mesh.links;
        } finally {
            if (!complete) {
                mesh.close();
            }
        }
    }

    private ServerSocketChannel listen(ServerSocketChannel given) throws IOException {
        if (given != null) {
            return given;
        }
        int port = place.rank() == 0 ? place.port() : 0;
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            InetAddress address = InetAddress.getByName(place.bind());
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return server.bind(new InetSocketAddress(address, port), place.size() + 16);
        } catch (IOException e) {
            server.close();
            boolean unknown = e instanceof UnknownHostException;
            throw new IOException(
                    "join: cannot listen on %s:%s: %s; %s"
                            .formatted(
                                    place.bind(),
                                    port,
                                    unknown ? NAME_UNKNOWN : e.getMessage(),
                                    unknown || port == 0 ? BIND : BIND_OR_PORT),
                    e);
        }
    }

    private void connect(ServerSocketChannel server) throws IOException {
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        Hello mine = new Hello(place.rank(), place.size(), port, run);
        try (Acceptor acceptor = new Acceptor(server, mine, settings.tls(), deadline)) {
            if (place.rank() == 0) {
                Map<Integer, Acceptor.Arrival> arrivals = acceptor.awaitAll(deadline);
                byte[] table = table(arrivals);
                for (Acceptor.Arrival arrival : take(arrivals).values()) {
                    new Wire(arrival.link(), deadline).write(Wire.TABLE, table);
                }
                return;
            }
            Wire coordinator = greet(0, place.host(), place.port(), mine);
            ByteBuffer table = ByteBuffer.wrap(read(coordinator));
            hurry();
            connectToLower(table, mine);
            take(acceptor.awaitAll(deadline));
        }
    }

    /** All workers are there and listen: who does not answer now is lost. */
    private void hurry() {
        long soon = System.nanoTime() + settings.deadline().toNanos();
        deadline = soon - deadline < 0 ? soon : deadline;
    }

    private Map<Integer, Acceptor.Arrival> take(Map<Integer, Acceptor.Arrival> arrivals) {
        arrivals.forEach((rank, arrival) -> links[rank] = arrival.link());
        return arrivals;
    }

    private byte[] table(Map<Integer, Acceptor.Arrival> arrivals) {
        ByteBuffer table = ByteBuffer.allocate(longestTable());
        for (int r = 1; r < place.size(); r++) {
            Acceptor.Arrival arrival = arrivals.get(r);
            Hello.put(table, arrival.link().channel.socket().getInetAddress().getHostAddress());
            table.putInt(arrival.hello().port());
        }
        byte[] bytes = new byte[table.flip().remaining()];
        table.get(bytes);
        return bytes;
    }

    private int longestTable() {
        return place.size() * (LONGEST_HOST + 8);
    }

    private byte[] read(Wire coordinator) throws IOException {
        try {
            return coordinator.read(Wire.TABLE, longestTable());
        } catch (IOException e) {
            throw new IOException(
                    "join: rank 0 at %s:%s gave up: %s"
                            .formatted(place.host(), place.port(), e.getMessage()),
                    e);
        }
    }

    private void connectToLower(ByteBuffer table, Hello mine) throws IOException {
        try {
            for (int r = 1; r < place.rank(); r++) {
                greet(r, reachable(Hello.get(table)), table.getInt(), mine);
            }
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new IOException("join: rank 0 sent addresses that cannot be read: " + e, e);
        }
    }

    /**
     * A worker that came to rank 0 by the loopback device is on rank 0's machine: where that is not
     * this one, it is found where rank 0 is.
     */
    private String reachable(String host) throws IOException {
        InetAddress coordinator = links[0].channel.socket().getInetAddress();
        boolean beside = InetAddress.getByName(host).isLoopbackAddress();
        return beside && !coordinator.isLoopbackAddress() ? coordinator.getHostAddress() : host;
    }

    /** Connects to a worker, again and again until it listens, and is accepted by it. */
    private Wire greet(int rank, String host, int port, Hello mine) throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        String reason = "";
        while (true) {
            SocketChannel channel = SocketChannel.open();
            boolean connected = false;
            boolean accepted = false;
            try {
                // First of all: a name that stays unknown must not be asked for without an end.
                int left = Wire.millisLeft(deadline);
                InetSocketAddress address = new InetSocketAddress(host, port);
                if (address.isUnresolved()) {
                    throw new ConnectException(NAME_UNKNOWN);
                }
                channel.socket().connect(address, left);
                connected = true;
                Link link = link(channel);
                Wire wire = new Wire(link, deadline);
                wire.write(Wire.HELLO, mine.encode());
                wire.read(Wire.WELCOME, 0);
                links[rank] = link;
                accepted = true;
                return wire;
            } catch (Wire.RefusedException e) {
                throw failed(rank, host, port, "refuses this worker: " + e.getMessage(), e);
            } catch (SocketTimeoutException e) {
                String last = reason.isEmpty() ? e.getMessage() : reason;
                throw failed(rank, host, port, connected ? MUTE : unreachable(rank, last), e);
            } catch (EOFException | SocketException e) {
                reason = e.getMessage(); // It may not be ready yet.
            } catch (IOException e) {
                throw failed(rank, host, port, e.getMessage(), e);
            } finally {
                if (!accepted) {
                    channel.close();
                }
            }
            pause = pause(pause, rank, host, port);
        }
    }

    private static String unreachable(int rank, String reason) {
        String advice =
                rank == 0
                        ? "has rank 0 been started, has it ended with an error of its own, and is"
                                + " this its LANEWISE_COORDINATOR?"
                        : "has it ended with an error of its own, and does a firewall let workers"
                                + " connect?";
        return "cannot be reached in time: %s; %s".formatted(reason, advice);
    }

    private Link link(SocketChannel channel) throws IOException {
        return settings.tls() == null
                ? new PlainLink(channel)
                : TlsLink.open(channel, settings.tls(), true, deadline);
    }

    private IOException failed(int rank, String host, int port, String reason, Exception cause) {
        return new IOException(
                "join: rank %s at %s:%s: %s".formatted(rank, host, port, reason), cause);
    }

    /** Waits before the next try; returns the pause after that. */
    private long pause(long millis, int rank, String host, int port) throws IOException {
        try {
            long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            Thread.sleep(Math.min(millis, left));
            return Math.min(2 * millis, LONGEST_PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(rank, host, port, "interrupted", e);
        }
    }

    private void close() {
        for (Link link : links) {
            if (link != null) {
                try {
                    link.channel.close();
                } catch (IOException e) {
                    // It was of no use yet.
                }
            }
        }
    }
}
