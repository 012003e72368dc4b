package io.github.lanewise.examples.digits;

import static io.github.lanewise.examples.Text.text;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of an IDX file, gzipped or plain; knows where it is and where it must end. */
final class IdxStream implements Closeable {

    // Deflate cannot pack more bytes than this into one, so a larger promise is a broken header.
    private static final long MOST_PACKED = 1032;
    private static final int BUFFER = 1 << 16;
    private static final int LEAST_BUFFER = 64;
    // What a header promises is believed so far; more memory comes only as the bytes do.
    private static final int BELIEVED = 1 << 26;

    private final String name;
    private final InputStream in;
    private final boolean packed;
    private final long mostBytes;
    private long position;
    private long total;

    private IdxStream(Path file, long length, InputStream raw) throws IOException {
        name = file.getFileName().toString();
        raw.mark(2);
        packed = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        mostBytes = packed ? length * MOST_PACKED : length;
        try {
            in = packed ? new GZIPInputStream(raw, buffer(length)) : raw;
        } catch (EOFException | ZipException e) {
            throw new IOException(
                    text("idx: %s: the gzip header is broken; download it again", name), e);
        }
    }

    /** Opens a file and reads as far as to know whether it is gzipped. */
    static IdxStream open(Path file) throws IOException {
        long length = Files.size(file);
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), buffer(length));
        try {
            return new IdxStream(file, length, raw);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** A small file needs no large buffer. */
    private static int buffer(long length) {
        return Math.clamp(length, LEAST_BUFFER, BUFFER);
    }

    /** Returns the file's name without its folder. */
    String name() {
        return name;
    }

    /** Returns how many bytes have been read, unpacked. */
    long position() {
        return position;
    }

    /**
     * Learns from the header how many bytes follow.
     *
     * @param bytes so many
     * @param sizes the dimensions they come from, for the message
     * @throws IOException if the file cannot hold them
     */
    void expect(long bytes, String sizes) throws IOException {
        total = position + bytes;
        if (total <= mostBytes) {
            return;
        }
        if (!packed) {
            throw cutShort(mostBytes);
        }
        throw new IOException(
                text(
                        "idx: %s: the header promises %s elements, more than it can hold;"
                                + " download it again",
                        name, sizes));
    }

    /**
     * Reads the next four bytes as an int, big-endian.
     *
     * @param header how long the header must be, for the message if the file ends
     */
    int integer(long header) throws IOException {
        total = Math.max(total, header);
        ByteBuffer four = ByteBuffer.allocate(Integer.BYTES);
        fill(four);
        return four.getInt();
    }

    /** Reads so many bytes. */
    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[Math.min(count, BELIEVED)];
        int filled = 0;
        while (true) {
            fill(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
            if (bytes.length == count) {
                return bytes;
            }
            filled = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(count, 2L * filled));
        }
    }

    /** Fills a buffer from its position to its limit, and makes it ready to be read. */
    void fill(ByteBuffer buffer) throws IOException {
        buffer.mark();
        while (buffer.hasRemaining()) {
            int got = read(buffer.array(), buffer.position(), buffer.remaining());
            if (got <= 0) {
                throw cutShort(position);
            }
            position += got;
            buffer.position(buffer.position() + got);
        }
        buffer.reset();
    }

    /** Requires that nothing follows, and that the checksum of a gzipped file is whole and fits. */
    void expectEnd() throws IOException {
        int got;
        try {
            got = read(new byte[1], 0, 1);
        } catch (EOFException e) {
            throw new IOException(
                    text(
                            "idx: %s ends within the checksum after its data; the file is cut"
                                    + " short, download it again",
                            name),
                    e);
        }
        if (got > 0) {
            throw new IOException(
                    text(
                            "idx: %s goes on after its %,d bytes; the file is damaged, download it"
                                    + " again",
                            name, total));
        }
    }

    private int read(byte[] bytes, int from, int count) throws IOException {
        try {
            return in.read(bytes, from, count);
        } catch (EOFException e) {
            if (position < total) {
                return -1;
            }
            throw e;
        } catch (ZipException e) {
            throw new IOException(
                    text(
                            "idx: %s: corrupt gzip after %,d bytes (%s); download it again",
                            name, position, e.getMessage()),
                    e);
        } catch (IOException e) {
            throw new IOException(
                    text(
                            "idx: %s: cannot be read after %,d bytes: %s",
                            name, position, e.getMessage()),
                    e);
        }
    }

    private IOException cutShort(long end) {
        return new IOException(
                text(
                        "idx: %s ends after %,d of %,d bytes; the file is cut short, download it"
                                + " again",
                        name, end, total));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
