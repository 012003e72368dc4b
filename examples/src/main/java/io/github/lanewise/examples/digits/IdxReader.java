package io.github.lanewise.examples.digits;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads one IDX file of unsigned bytes, gzipped or plain, the format of MNIST.
 *
 * <p>A big-endian header (0, 0, element type, number of dimensions, then each dimension as an int),
 * then the elements. What is broken is named with the file, the place and the remedy.
 */
public final class IdxReader implements Closeable {

    private static final int LABELS = 0x0801;
    private static final int IMAGES = 0x0803;
    // Deflate cannot pack more bytes than this into one, so a larger promise is a broken header.
    private static final long MOST_PACKED = 1032;

    private final String name;
    private final InputStream in;
    private final long mostBytes;
    private long position;

    /**
     * Images as the file holds them.
     *
     * @param pixels one byte for each pixel
     * @param count number of images
     * @param rows pixels from top to bottom
     * @param cols pixels from left to right
     */
    public record Images(byte[] pixels, int count, int rows, int cols) {}

    private IdxReader(Path file) throws IOException {
        name = file.getFileName().toString();
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
            raw.reset();
            mostBytes = packed ? Files.size(file) * MOST_PACKED : Long.MAX_VALUE;
            in = packed ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (EOFException | ZipException e) {
            raw.close();
            throw new IOException(
                    "idx: %s: the gzip header is broken; download it again".formatted(name), e);
        }
    }

    /** Reads a file of images. */
    public static Images images(Path file) throws IOException {
        try (IdxReader reader = new IdxReader(file)) {
            reader.magic(IMAGES);
            int count = reader.dimension(IMAGES);
            int rows = reader.dimension(IMAGES);
            int cols = reader.dimension(IMAGES);
            return new Images(reader.elements((long) count * rows, cols), count, rows, cols);
        }
    }

    /** Reads a file of labels, each below {@link DigitSet#CLASSES}. */
    public static int[] labels(Path file) throws IOException {
        byte[] bytes;
        try (IdxReader reader = new IdxReader(file)) {
            reader.magic(LABELS);
            bytes = reader.elements(reader.dimension(LABELS), 1);
        }
        int[] labels = new int[bytes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = bytes[i] & 0xff;
            if (labels[i] >= DigitSet.CLASSES) {
                throw new IOException(
                        "idx: %s: label %,d is %d; labels must be 0 to 9, download it again"
                                .formatted(file.getFileName(), i, labels[i]));
            }
        }
        return labels;
    }

    private void magic(int expected) throws IOException {
        int magic = integer(headerLength(expected));
        if (magic == expected) {
            return;
        }
        String found = "idx: %s: begins with 0x%08x, %s begin with 0x%08x; ";
        String fix =
                magic == LABELS || magic == IMAGES
                        ? "this is a file of %s, swap the two files or download them again"
                                .formatted(kind(magic))
                        : "this is no such file, download it again";
        throw new IOException(found.formatted(name, magic, kind(expected), expected) + fix);
    }

    private int dimension(int magic) throws IOException {
        int size = integer(headerLength(magic));
        if (size < 1) {
            throw new IOException(
                    "idx: %s: a dimension is %d at byte %d; it must be 1 or more, download it again"
                            .formatted(name, size, position - Integer.BYTES));
        }
        return size;
    }

    private int integer(long total) throws IOException {
        byte[] bytes = bytes(Integer.BYTES, total);
        int value = 0;
        for (byte b : bytes) {
            value = value << 8 | (b & 0xff);
        }
        return value;
    }

    private byte[] elements(long rows, int cols) throws IOException {
        long size = Math.multiplyHigh(rows, cols) == 0 ? rows * cols : Long.MAX_VALUE;
        if (size < 0 || size > Math.min(mostBytes, Integer.MAX_VALUE - 64)) {
            throw new IOException(
                    ("idx: %s: the header promises %,d rows of %,d bytes, more than it can hold;"
                                    + " download it again")
                            .formatted(name, rows, cols));
        }
        long total = position + size;
        byte[] elements = bytes((int) size, total);
        // Reading past the end also makes the gzip stream compare its checksum.
        if (read(new byte[1], 0) > 0) {
            throw new IOException(
                    "idx: %s goes on after its %,d bytes; the file is damaged, download it again"
                            .formatted(name, total));
        }
        return elements;
    }

    private byte[] bytes(int count, long total) throws IOException {
        byte[] bytes = new byte[count];
        int filled = 0;
        while (filled < count) {
            int got = read(bytes, filled);
            if (got <= 0) {
                throw new IOException(
                        ("idx: %s ends after %,d of %,d bytes; the file is cut short,"
                                        + " download it again")
                                .formatted(name, position, total));
            }
            filled += got;
        }
        return bytes;
    }

    private int read(byte[] bytes, int from) throws IOException {
        try {
            int got = in.read(bytes, from, bytes.length - from);
            position += Math.max(0, got);
            return got;
        } catch (EOFException e) {
            return -1;
        } catch (ZipException e) {
            throw new IOException(
                    "idx: %s: corrupt gzip after %,d bytes (%s); download it again"
                            .formatted(name, position, e.getMessage()),
                    e);
        }
    }

    private static long headerLength(int magic) {
        return Integer.BYTES * (1L + (magic & 0xff));
    }

    private static String kind(int magic) {
        return magic == LABELS ? "labels" : "images";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
