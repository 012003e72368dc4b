package io.github.lanewise.nn.distributed;

import io.github.lanewise.nn.file.Printable;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The messages by which workers find each other, before the channel turns to {@link Frame}s. All
 * numbers are big-endian.
 *
 * <pre>
 *  0  "LANEWISE", 8 bytes
 *  8  version of the format, int
 * 12  type, int
 * 16  length of the content in bytes, int
 * 20  content, then the CRC32C of everything before, int
 * </pre>
 */
final class Wire {

    static final long MAGIC = 0x4c414e4557495345L;
    static final int VERSION = 1;

    /** A {@link Hello}. */
    static final int HELLO = 1;

    /** The answer to it: accepted. */
    static final int WELCOME = 2;

    /** Or refused: why, in UTF-8. */
    static final int REFUSED = 3;

    /** From rank 0, where the others listen. */
    static final int TABLE = 4;

    static final int LONGEST_REASON = 2048;
    private static final int HEADER = 20;

    private static final byte[] TLS_HELLO = {0x16, 0x03};

    private final Link link;
    private final long deadline;

    /** Speaks over a connection that blocks, until a time of {@link System#nanoTime}. */
    Wire(Link link, long deadline) {
        this.link = link;
        this.deadline = deadline;
    }

    void write(int type, byte[] content) throws IOException {
        ByteBuffer message = ByteBuffer.allocate(HEADER + content.length + 4);
        message.putLong(MAGIC).putInt(VERSION).putInt(type).putInt(content.length).put(content);
        message.putInt(checksum(message.array(), HEADER + content.length)).flip();
        while (message.hasRemaining() || link.hasUnsent()) {
            link.write(message);
        }
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /**
     * Reads a message of a type.
     *
     * @throws RefusedException if the other side refuses instead
     * @throws EOFException if it closes instead
     * @throws IOException if it is no worker, or one of another version
     */
    byte[] read(int type, int longest) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(read(HEADER));
        if (header.getLong(0) != MAGIC) {
            boolean tls = header.get(0) == TLS_HELLO[0] && header.get(1) == TLS_HELLO[1];
            throw new IOException(
                    tls
                            ? "it speaks TLS, this worker does not; give all workers the same TLS"
                                    + " settings"
                            : "it is no Lanewise worker: its first bytes are "
                                    + HexFormat.ofDelimiter(" ").formatHex(header.array(), 0, 8));
        }
        if (header.getInt(8) != VERSION) {
            throw new VersionException(
                    "its format has version %s, expected %s; all workers must run the same Lanewise"
                            .formatted(header.getInt(8), VERSION));
        }
        int found = header.getInt(12);
        int most = found == REFUSED ? LONGEST_REASON : longest;
        int length = header.getInt(16);
        if (found != type && found != REFUSED || length < 0 || length > most) {
            throw new IOException(
                    "it sent a message of type %s and %s bytes, expected type %s and at most %s bytes"
                            .formatted(found, length, type, longest));
        }
        byte[] all = new byte[HEADER + length];
        byte[] rest = read(length + 4);
        header.get(0, all, 0, HEADER);
        System.arraycopy(rest, 0, all, HEADER, length);
        if (ByteBuffer.wrap(rest).getInt(length) != checksum(all, all.length)) {
            throw new IOException("the checksum of its message is wrong");
        }
        byte[] content = new byte[length];
        System.arraycopy(rest, 0, content, 0, length);
        if (found == REFUSED) {
            throw new RefusedException(Printable.of(new String(content, StandardCharsets.UTF_8)));
        }
        return content;
    }

    private byte[] read(int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        link.deadline(deadline);
        while (bytes.hasRemaining()) {
            if (link.read(bytes) < 0) {
                throw new EOFException("it closed the connection");
            }
        }
        return bytes.array();
    }

    /** Returns the time to a deadline, at least 1 as 0 means for ever. */
    static int millisLeft(long deadline) throws SocketTimeoutException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("it did not answer in time");
        }
        return (int) Math.min(Integer.MAX_VALUE, 1 + nanos / 1_000_000);
    }

    /** The other side does not want this worker. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        RefusedException(String reason) {
            super(reason);
        }
    }

    /** The other side is a worker, but of another version. */
    static final class VersionException extends IOException {
        private static final long serialVersionUID = 1;

        VersionException(String reason) {
            super(reason);
        }
    }
}
