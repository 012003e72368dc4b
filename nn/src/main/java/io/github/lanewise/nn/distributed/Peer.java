package io.github.lanewise.nn.distributed;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.zip.CRC32C;

/**
 * The connection to one other worker: a channel that does not block, one frame going out and one
 * coming in, each in a direct buffer that is made once. Used by the network thread alone.
 *
 * <p>{@link #write} and {@link #readUpTo} are the only places that touch the connection's bytes.
 */
final class Peer {

    final int rank;
    final Link link;
    final SocketChannel channel;
    final ByteBuffer in = buffer();
    final ByteBuffer out = buffer();
    private final FloatBuffer inValues = values(in);
    private final FloatBuffer outValues = values(out);
    private final CRC32C crc = new CRC32C();

    SelectionKey key;

    /** When bytes last came and went. */
    long heard;

    long sent;

    /** The header of the incoming frame is read and found right; its content is still to come. */
    boolean headerAccepted;

    /** It is ahead: its next frame belongs to an operation that this worker has not begun. */
    boolean ahead;

    /** It has closed its collective in good order. */
    boolean left;

    /** Nothing more can be written; what it has sent may still be read. */
    boolean writeFailed;

    long bytesRead;
    long bytesWritten;

    Peer(int rank, Link link) {
        this.rank = rank;
        this.link = link;
        this.channel = link.channel;
        in.clear();
        out.position(0).limit(0);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(Frame.HEADER + Frame.CONTENT)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static FloatBuffer values(ByteBuffer frame) {
        return frame.slice(Frame.HEADER, Frame.CONTENT)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
    }

    boolean hasUnsent() {
        return out.hasRemaining() || link.hasUnsent();
    }

    /** Whether bytes can be read although the selector will not tell. */
    boolean hasUnread() {
        return !ahead && !left && link.hasUnread();
    }

    /** Makes a frame of values the next to go out. */
    void put(byte type, Operation operation, float[] values, int at, int count) {
        outValues.put(0, values, at, count);
        Frame.seal(out, crc, type, 4 * count, operation.number, operation.step, operation.count);
    }

    /** Makes a frame of bytes the next to go out. */
    void put(byte type, long operation, long step, byte[] content) {
        out.clear().put(Frame.HEADER, content);
        Frame.seal(out, crc, type, content.length, operation, step, 0);
    }

    /** Writes what the channel takes; returns whether anything is left. */
    boolean write(long now) throws IOException {
        int written = link.write(out);
        if (written > 0) {
            bytesWritten += written;
            sent = now;
        }
        return hasUnsent();
    }

    /** Reads until the incoming frame has so many bytes; returns whether it has. */
    boolean readUpTo(int bytes, long now) throws IOException {
        if (in.position() < bytes) {
            in.limit(bytes);
            int read = link.read(in);
            if (read < 0) {
                throw new EOFException();
            }
            if (read > 0) {
                bytesRead += read;
                heard = now;
            }
        }
        return in.position() == bytes;
    }

    /** Copies values of the incoming frame out. */
    void get(float[] values, int at, int count) {
        inValues.get(0, values, at, count);
    }

    /** Returns the content of the incoming frame. */
    byte[] content() {
        byte[] content = new byte[Frame.length(in)];
        in.get(Frame.HEADER, content);
        return content;
    }

    /** Returns whether the incoming frame's checksum is right; the whole frame must be there. */
    boolean intact() {
        return Frame.intact(in, crc);
    }

    /** Asks the selector for what this peer waits for. */
    void setInterest() {
        int read = ahead ? 0 : SelectionKey.OP_READ;
        int write = hasUnsent() && !writeFailed ? SelectionKey.OP_WRITE : 0;
        if (key.interestOps() != (read | write)) {
            key.interestOps(read | write);
        }
    }

    void nextFrame() {
        in.clear();
        headerAccepted = false;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
