package io.github.lanewise.nn.distributed;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

import javax.net.ssl.SSLContext;

/**
 * Receives the workers of higher rank on a port that anybody can reach. Strangers are turned away,
 * and do not hinder the run; a worker of this run that differs from this one ends it, as it would
 * never be complete.
 */
final class Acceptor implements AutoCloseable {

    /** Connections that may be under examination at a time, besides one for each worker. */
    private static final int STRANGERS = 16;

    private static final System.Logger LOG = System.getLogger(Acceptor.class.getName());

    private final ServerSocketChannel server;
    private final Hello mine;
    private final SSLContext tls;
    private final long deadline;
    private final Semaphore places;

    private final Map<Integer, Arrival> arrivals = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();
    private String fault;
    private boolean closed;

    /** A worker that was accepted. */
    record Arrival(Hello hello, Link link) {}

    /**
     * @param tls null for plain connections
     */
    Acceptor(ServerSocketChannel server, Hello mine, SSLContext tls, long deadline) {
        this.server = server;
        this.mine = mine;
        this.tls = tls;
        this.deadline = deadline;
        this.places = new Semaphore(mine.size() + STRANGERS);
        Thread.ofVirtual().name("lanewise-accept").start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                places.acquire();
                SocketChannel channel = server.accept();
                Thread.ofVirtual().name("lanewise-greet").start(() -> greet(channel));
            }
        } catch (IOException e) {
            fail("the port cannot accept: " + e);
        } catch (InterruptedException e) {
            fail("interrupted");
        }
    }

    private void greet(SocketChannel channel) {
        String from = channel.socket().getRemoteSocketAddress().toString();
        // A stranger that says nothing gives its place back while there still is time for workers.
        long half = System.nanoTime() + (deadline - System.nanoTime()) / 2;
        try {
            Link link =
                    tls == null ? new PlainLink(channel) : TlsLink.open(channel, tls, false, half);
            Wire wire = new Wire(link, half);
            greet(link, wire, from);
        } catch (EOFException e) {
            // Whoever only wanted to know whether somebody listens.
            close(channel);
        } catch (IOException e) {
            note(from + ": " + e.getMessage());
            close(channel);
        } finally {
            places.release();
        }
    }

    private void greet(Link link, Wire wire, String from) throws IOException {
        try {
            Hello hello = Hello.decode(wire.read(Wire.HELLO, Hello.LONGEST));
            String complaint = hello.complaint(mine);
            boolean fatal = complaint != null && !hello.isForeignTo(mine);
            if (complaint == null) {
                complaint = admit(hello, link, wire);
            }
            if (complaint != null) {
                refuse(link.channel, wire, from, complaint);
            }
            if (fatal) {
                // Last, as this process may end at once, and the other must have its answer.
                fail("rank %s at %s is refused: %s".formatted(hello.rank(), from, complaint));
            }
        } catch (Wire.VersionException e) {
            refuse(link.channel, wire, from, e.getMessage());
        }
    }

    private String admit(Hello hello, Link link, Wire wire) throws IOException {
        synchronized (arrivals) {
            if (hello.rank() <= mine.rank()) {
                return "rank %s must not connect to rank %s".formatted(hello.rank(), mine.rank());
            }
            if (closed || arrivals.containsKey(hello.rank())) {
                return "rank %s has joined already; each worker needs a rank of its own"
                        .formatted(hello.rank());
            }
            wire.write(Wire.WELCOME, new byte[0]);
            arrivals.put(hello.rank(), new Arrival(hello, link));
            arrivals.notifyAll();
            return null;
        }
    }

    private void refuse(SocketChannel channel, Wire wire, String from, String reason) {
        note(from + ": " + reason);
        tell(wire, reason);
        close(channel);
    }

    private static void tell(Wire wire, String reason) {
        try {
            wire.write(Wire.REFUSED, reason.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "refusal not delivered", e);
        }
    }

    private void note(String reason) {
        LOG.log(System.Logger.Level.WARNING, "join: refused {0}", reason);
        synchronized (arrivals) {
            if (refused.size() < STRANGERS) {
                refused.add(reason);
            }
        }
    }

    private void fail(String reason) {
        synchronized (arrivals) {
            if (fault == null) {
                fault = reason;
            }
            arrivals.notifyAll();
        }
    }

    /** Waits for all workers of higher rank; tells those that came why, if it comes to nothing. */
    Map<Integer, Arrival> awaitAll(long until) throws IOException {
        synchronized (arrivals) {
            while (arrivals.size() < mine.size() - 1 - mine.rank()) {
                if (fault != null) {
                    throw giveUp(fault);
                }
                try {
                    arrivals.wait(Wire.millisLeft(until));
                } catch (SocketTimeoutException e) {
                    throw giveUp(missing());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw giveUp("interrupted");
                }
            }
            return Map.copyOf(arrivals);
        }
    }

    private String missing() {
        List<Integer> ranks = new ArrayList<>();
        for (int r = mine.rank() + 1; r < mine.size(); r++) {
            if (!arrivals.containsKey(r)) {
                ranks.add(r);
            }
        }
        return "not all workers came in time; missing ranks: %s; refused: %s; were they started, do they have this address as LANEWISE_COORDINATOR, and what did they say?"
                .formatted(ranks, refused.isEmpty() ? "nobody" : String.join("; ", refused));
    }

    private IOException giveUp(String reason) {
        for (Arrival arrival : arrivals.values()) {
            tell(new Wire(arrival.link(), deadline), reason);
            close(arrival.link().channel);
        }
        return new IOException("join: " + reason);
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "close", e);
        }
    }

    /** Stops listening; the connections of those that were accepted stay open. */
    @Override
    public void close() throws IOException {
        synchronized (arrivals) {
            closed = true;
        }
        server.close();
    }
}
