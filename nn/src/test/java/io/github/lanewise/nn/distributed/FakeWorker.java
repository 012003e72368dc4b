package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32C;

/** Rank 1 of 2, which greets as it should and then sends what a test makes up, or nothing. */
final class FakeWorker implements AutoCloseable {

    /** For the tests of silence; the others must not depend on the speed of the machine. */
    static final TcpSettings HASTY = Workers.SETTINGS.withDeadline(Duration.ofMillis(400));

    private final SocketChannel channel;

    /** The worker under test: rank 0, whole and healthy. */
    final Collective victim;

    FakeWorker(TcpSettings settings) throws Exception {
        ServerSocketChannel server = Workers.listener();
        int port = Workers.port(server);
        FutureTask<Collective> join =
                Workers.start(
                        "join of the victim",
                        () ->
                                TcpCollective.join(
                                        Rendezvous.onThisMachine(0, 2, port),
                                        Workers.run(2),
                                        settings.withListener(server)));
        channel = connect(port);
        Wire wire = new Wire(new PlainLink(channel), System.nanoTime() + 20_000_000_000L);
        wire.write(Wire.HELLO, new Hello(1, 2, 1, Workers.run(2)).encode());
        wire.read(Wire.WELCOME, 0);
        wire.read(Wire.TABLE, 1000);
        victim = Workers.result("join of the victim", join);
    }

    static SocketChannel connect(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(Rendezvous.LOOPBACK, port));
    }

    /** Returns a frame with a right checksum. */
    static ByteBuffer frame(int type, int length, long operation, long step, int count) {
        ByteBuffer frame =
                ByteBuffer.allocate(Frame.HEADER + Math.clamp(length, 0, Frame.CONTENT))
                        .order(ByteOrder.LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        Frame.seal(
                frame, crc, (byte) type, frame.capacity() - Frame.HEADER, operation, step, count);
        if (frame.getInt(4) != length) {
            frame.putInt(4, length);
        }
        return frame;
    }

    /** Makes the checksum of a frame of no operation right, once its content is there. */
    static ByteBuffer seal(ByteBuffer frame, int type, long step) {
        Frame.seal(frame, new CRC32C(), (byte) type, frame.getInt(4), 0, step, 0);
        return frame;
    }

    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void hangUp() throws IOException {
        channel.close();
    }

    /** Lets the victim add so many values; returns what it throws. */
    RuntimeException reduce(int count) throws Exception {
        FutureTask<RuntimeException> reduction =
                Workers.start(
                        "the victim's allReduce",
                        () -> {
                            victim.step(3);
                            float[][] own = {new float[count]};
                            try {
                                victim.allReduce(own, 0, count, own[0]);
                                return null;
                            } catch (RuntimeException e) {
                                return e;
                            }
                        });
        return Workers.result("the victim's allReduce", reduction);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        victim.close();
    }
}
