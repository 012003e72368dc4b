package io.github.lanewise.examples.digits;

import static io.github.lanewise.examples.Text.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Reads one IDX file, gzipped or plain, the format of MNIST, with elements of any type.
 *
 * <p>A big-endian header (0, 0, element type, number of dimensions, then each dimension as an int),
 * then the elements. What is broken is named with the file, the place and the remedy.
 */
public final class IdxReader {

    private static final int IMAGE_DIMENSIONS = 3;
    private static final int LABEL_DIMENSIONS = 1;
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 64;
    private static final long UNCOUNTED = Long.MAX_VALUE / 16;
    private static final int CHUNK = 1 << 13;

    private final String name;
    private final IdxStream in;
    private final IdxType type;
    private final int[] dimensions;
    private final int size;

    /**
     * Images as the file holds them.
     *
     * @param pixels image after image
     * @param count number of images
     * @param rows pixels from top to bottom
     * @param cols pixels from left to right
     */
    public record Images(Pixels pixels, int count, int rows, int cols) {}

    private IdxReader(IdxStream in, int expected, String kind) throws IOException {
        this.in = in;
        name = in.name();
        int magic = in.integer(Integer.BYTES * (1L + expected));
        type = IdxType.of(magic >> 8).orElseThrow(() -> noIdx(magic));
        if ((magic & 0xff) != expected) {
            throw otherDimensions(magic & 0xff, expected, kind);
        }
        dimensions = new int[expected];
        long product = 1;
        for (int i = 0; i < expected; i++) {
            dimensions[i] = dimension();
            product = product > UNCOUNTED / dimensions[i] ? UNCOUNTED : product * dimensions[i];
        }
        in.expect(product * type.bytes(), sizes());
        if (product > MOST_ELEMENTS) {
            throw new IOException(
                    text(
                            "idx: %s: has %s elements; a Java array holds at most %,d,"
                                    + " so make the set smaller",
                            name, sizes(), MOST_ELEMENTS));
        }
        size = (int) product;
    }

    /** Reads a file of images: three dimensions. */
    public static Images images(Path file) throws IOException {
        try (IdxStream in = IdxStream.open(file)) {
            IdxReader reader = new IdxReader(in, IMAGE_DIMENSIONS, "images");
            int[] sizes = reader.dimensions;
            Pixels pixels =
                    reader.type == IdxType.UBYTE
                            ? new Pixels.Bytes(in.bytes(reader.size))
                            : new Pixels.Floats(reader.floats());
            in.expectEnd();
            return new Images(pixels, sizes[0], sizes[1], sizes[2]);
        }
    }

    /** Reads a file of labels: whole numbers from 0 to below {@link DigitSet#MOST_CLASSES}. */
    public static int[] labels(Path file) throws IOException {
        try (IdxStream in = IdxStream.open(file)) {
            IdxReader reader = new IdxReader(in, LABEL_DIMENSIONS, "labels");
            int[] labels = reader.classes();
            in.expectEnd();
            return labels;
        }
    }

    private int dimension() throws IOException {
        long at = in.position();
        int length = in.integer(Integer.BYTES * (1L + dimensions.length));
        if (length < 1) {
            throw new IOException(
                    text(
                            "idx: %s: a dimension is %,d at byte %d; it must be 1 to %,d",
                            name, Integer.toUnsignedLong(length), at, Integer.MAX_VALUE));
        }
        return length;
    }

    private float[] floats() throws IOException {
        float[] values = new float[size];
        forEachElement(
                (i, value) -> {
                    values[i] = (float) value;
                    if (!Float.isFinite(values[i])) {
                        int image = i / (size / dimensions[0]);
                        throw new IOException(
                                text(
                                        "idx: %s: image %,d holds the pixel %s;"
                                                + " pixels must be finite floats",
                                        name, image, value));
                    }
                });
        return values;
    }

    private int[] classes() throws IOException {
        int[] labels = new int[size];
        forEachElement(
                (i, value) -> {
                    labels[i] = (int) value;
                    if (labels[i] != value || value < 0 || value >= DigitSet.MOST_CLASSES) {
                        throw new IOException(
                                text(
                                        "idx: %s: label %,d is %s; labels must be whole numbers"
                                                + " from 0 to %d",
                                        name, i, plain(value), DigitSet.MOST_CLASSES - 1));
                    }
                });
        return labels;
    }

    /** Takes the value of element i. */
    @FunctionalInterface
    private interface ElementSink {
        void take(int i, double value) throws IOException;
    }

    private void forEachElement(ElementSink sink) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(Math.min(CHUNK, size) * type.bytes());
        for (int from = 0; from < size; from += CHUNK) {
            int count = Math.min(CHUNK, size - from);
            in.fill(chunk.clear().limit(count * type.bytes()));
            for (int i = from; i < from + count; i++) {
                sink.take(i, type.read(chunk));
            }
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private IOException noIdx(int magic) {
        return new IOException(
                text(
                        "idx: %s: begins with 0x%08x; an IDX file begins with 0x00, 0x00, its type"
                                + " (0x08, 0x09, 0x0b to 0x0e) and its number of dimensions",
                        name, magic));
    }

    private IOException otherDimensions(int found, int expected, String kind) {
        String swapped =
                found == LABEL_DIMENSIONS && expected == IMAGE_DIMENSIONS
                        ? "; this is a file of labels, swap the two files"
                        : found == IMAGE_DIMENSIONS && expected == LABEL_DIMENSIONS
                                ? "; this is a file of images, swap the two files"
                                : "; give a file of " + kind;
        return new IOException(
                text(
                        "idx: %s: has %d dimensions, %s have %d%s",
                        name, found, kind, expected, swapped));
    }

    private String sizes() {
        StringBuilder sizes = new StringBuilder();
        for (int dimension : dimensions) {
            sizes.append(sizes.isEmpty() ? "" : " x ").append(text("%,d", dimension));
        }
        return sizes.toString();
    }
}
