package io.github.lanewise.nn.distributed;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A connection inside TLS 1.3, where each side shows a certificate that the other's trust store
 * vouches for. Names are not compared: workers come and go, and have none of their own.
 */
final class TlsLink extends Link {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    private final SSLEngine engine;

    /** What came, from position to limit; not yet decrypted. */
    private final ByteBuffer encryptedIn;

    private final ByteBuffer encryptedOut;

    /** What was decrypted and not yet read. */
    private final ByteBuffer plain;

    private boolean ended;

    /** What came is no whole record, and the channel had no more. */
    private boolean starved = true;

    private TlsLink(SocketChannel channel, SSLEngine engine) {
        super(channel);
        this.engine = engine;
        int record = engine.getSession().getPacketBufferSize();
        this.encryptedIn = ByteBuffer.allocate(4 * record).limit(0);
        this.encryptedOut = ByteBuffer.allocate(record).limit(0);
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).limit(0);
    }

    /**
     * Greets the other side over a channel that blocks.
     *
     * @param client whether this side has opened the connection
     * @throws SSLException if one side does not trust the other, or the other speaks no TLS
     * @throws IOException if the other side closes, or does not answer in time
     */
    static TlsLink open(SocketChannel channel, SSLContext context, boolean client, long deadline)
            throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(PROTOCOLS);
        if (!client) {
            engine.setNeedClientAuth(true);
        }
        TlsLink link = new TlsLink(channel, engine);
        link.deadline(deadline);
        try {
            engine.beginHandshake();
            while (link.advance()) {}
        } catch (SSLException e) {
            link.sendAlert();
            throw new SSLException("TLS: " + e.getMessage(), e);
        }
        return link;
    }

    /** Makes a step of the handshake; returns whether more are to come. */
    private boolean advance() throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> runTasks();
            case NEED_WRAP -> {
                wrap(NOTHING);
                while (!flush()) {
                    Thread.onSpinWait();
                }
            }
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                unwrap();
                if (ended) {
                    throw new EOFException("it closed the connection during the TLS handshake");
                }
            }
            case FINISHED, NOT_HANDSHAKING -> {
                return false;
            }
        }
        return true;
    }

    /** Tells the other side why, as far as it goes without waiting. */
    private void sendAlert() {
        try {
            wrap(NOTHING);
            flush();
        } catch (IOException e) {
            // It will see that the connection ends.
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    @Override
    int read(ByteBuffer into) throws IOException {
        while (!plain.hasRemaining()) {
            if (ended) {
                return -1;
            }
            if (!unwrap()) {
                return ended ? -1 : 0;
            }
        }
        int count = Math.min(plain.remaining(), into.remaining());
        into.put(into.position(), plain, plain.position(), count);
        into.position(into.position() + count);
        plain.position(plain.position() + count);
        return count;
    }

    /** Decrypts a record, or reads more; returns whether either went on. */
    private boolean unwrap() throws IOException {
        plain.clear();
        SSLEngineResult result = engine.unwrap(encryptedIn, plain);
        plain.flip();
        switch (result.getStatus()) {
            case OK -> answer(result.getHandshakeStatus());
            case CLOSED -> ended = true;
            case BUFFER_UNDERFLOW -> {
                encryptedIn.compact();
                int read = readChannel(encryptedIn);
                encryptedIn.flip();
                starved = read <= 0;
                ended = read < 0;
            }
            case BUFFER_OVERFLOW ->
                    throw new SSLException("a record is larger than TLS allows them to be");
        }
        return !ended && !starved;
    }

    /** After the handshake: does what the other side's wish for new keys needs. */
    private void answer(HandshakeStatus status) throws IOException {
        starved = false;
        if (channel.isBlocking()) {
            return; // The handshake sees to it.
        }
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
        } else if (status == HandshakeStatus.NEED_WRAP && flush()) {
            wrap(NOTHING);
        }
    }

    @Override
    int write(ByteBuffer from) throws IOException {
        int taken = 0;
        while (flush() && from.hasRemaining()) {
            taken += wrap(from);
        }
        return taken;
    }

    private int wrap(ByteBuffer from) throws IOException {
        encryptedOut.clear();
        SSLEngineResult result = engine.wrap(from, encryptedOut);
        encryptedOut.flip();
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && from.hasRemaining()) {
            throw new EOFException("the other side has ended TLS");
        }
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            runTasks();
        }
        return result.bytesConsumed();
    }

    /** Sends what is encrypted; returns whether all of it has gone. */
    private boolean flush() throws IOException {
        if (encryptedOut.hasRemaining()) {
            channel.write(encryptedOut);
        }
        return !encryptedOut.hasRemaining();
    }

    @Override
    boolean hasUnsent() {
        return encryptedOut.hasRemaining();
    }

    @Override
    boolean hasUnread() {
        return plain.hasRemaining() || encryptedIn.hasRemaining() && !starved;
    }

    @Override
    void shutdownOutput() throws IOException {
        engine.closeOutbound();
        if (flush()) {
            sendAlert();
        }
        channel.shutdownOutput();
    }
}
