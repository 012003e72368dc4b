package io.github.lanewise.examples.fuzz;

import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.distributed.Rendezvous;
import io.github.lanewise.nn.distributed.RunIdentity;
import io.github.lanewise.nn.distributed.TcpCollective;
import io.github.lanewise.nn.distributed.TcpSettings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.CRC32C;

/**
 * The greeting of workers: rank 0 waits for another, and strangers come. It goes on waiting, or, if
 * a greeting is right or of its own run, joins or ends as documented.
 */
final class HandshakeTarget implements FuzzTarget {

    private static final int HEADER = 20;

    /** Tells of each stranger, which here are all. Kept, since loggers are collected. */
    private static final Logger LOG = Logger.getLogger("io.github.lanewise.nn.distributed");

    static {
        LOG.setLevel(Level.OFF);
    }

    private final boolean sealed;
    private FutureTask<Collective> join;
    private ServerSocketChannel listener;
    private int port;

    /**
     * Makes a target.
     *
     * @param sealed the inputs are contents, which get a right frame and checksum
     */
    HandshakeTarget(boolean sealed) {
        this.sealed = sealed;
    }

    @Override
    public String name() {
        return sealed ? "greeting" : "handshake";
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> greetings = List.of(greeting("fuzz", 1), greeting("another", 1));
        return sealed ? greetings : greetings.stream().map(HandshakeTarget::seal).toList();
    }

    private static byte[] greeting(String run, int rank) {
        ByteBuffer content = ByteBuffer.allocate(400);
        content.putInt(rank).putInt(2).putInt(1234).putInt(2);
        for (String text : List.of(run, "model", "data")) {
            content.putInt(text.length()).put(text.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = new byte[content.flip().remaining()];
        content.get(bytes);
        return bytes;
    }

    private static byte[] seal(byte[] content) {
        ByteBuffer message = ByteBuffer.allocate(HEADER + content.length + Integer.BYTES);
        message.put("LANEWISE".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(1);
        message.putInt(content.length).put(content);
        CRC32C crc = new CRC32C();
        crc.update(message.array(), 0, message.position());
        return message.putInt((int) crc.getValue()).array();
    }

    @Override
    public void read(byte[] input) throws IOException {
        if (join == null || join.isDone()) {
            end();
            begin();
        }
        Peer.say(port, sealed ? seal(input) : input);
    }

    private void begin() throws IOException {
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        TcpSettings settings =
                new TcpSettings().withJoinWithin(Duration.ofHours(1)).withListener(listener);
        Rendezvous place = Rendezvous.onThisMachine(0, 2, port);
        RunIdentity run = new RunIdentity("fuzz", 2, "model", "data");
        join = new FutureTask<>(() -> TcpCollective.join(place, run, settings));
        Thread.ofVirtual().start(join);
    }

    /** Ends what a greeting of its own run brought about. */
    private void end() throws IOException {
        if (join == null) {
            return;
        }
        listener.close();
        try {
            join.get().close();
        } catch (InterruptedException e) {
            throw new IOException(e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof IOException)) {
                throw new AssertionError("join ended with " + e.getCause(), e);
            }
        }
        join = null;
    }

    @Override
    public boolean isDocumented(Exception e) {
        return false;
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
