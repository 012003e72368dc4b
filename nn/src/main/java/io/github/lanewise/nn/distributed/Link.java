package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * The bytes of one connection, plain or inside TLS: blocking, with a deadline for reads, while
 * workers meet, and without blocking afterwards, as the channel says.
 */
abstract class Link {

    final SocketChannel channel;
    private long deadline;

    Link(SocketChannel channel) {
        this.channel = channel;
    }

    /** Sets when reads that block give up, a time of {@link System#nanoTime}. */
    final void deadline(long nanos) {
        deadline = nanos;
    }

    /**
     * Reads what is there; while the channel blocks, at least a byte.
     *
     * @param into has an array, if the channel blocks
     * @return how many bytes, 0 for none now, -1 for none any more
     */
    abstract int read(ByteBuffer into) throws IOException;

    /** Takes bytes to send, as many as there is room for, and returns how many. */
    abstract int write(ByteBuffer from) throws IOException;

    /** Returns whether bytes that were taken wait for the channel. */
    abstract boolean hasUnsent();

    /** Returns whether a read may give bytes although the channel has none. */
    abstract boolean hasUnread();

    /** Says that nothing more will be sent. */
    abstract void shutdownOutput() throws IOException;

    /** Reads from the channel; only the socket's stream knows a limit of time. */
    final int readChannel(ByteBuffer into) throws IOException {
        if (!channel.isBlocking()) {
            return channel.read(into);
        }
        channel.socket().setSoTimeout(Wire.millisLeft(deadline));
        int place = into.arrayOffset() + into.position();
        int read = channel.socket().getInputStream().read(into.array(), place, into.remaining());
        if (read > 0) {
            into.position(into.position() + read);
        }
        return read;
    }
}
