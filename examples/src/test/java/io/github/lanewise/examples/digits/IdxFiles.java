package io.github.lanewise.examples.digits;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Makes small IDX files for tests. */
final class IdxFiles {

    static final int SIDE = 4;

    private IdxFiles() {}

    /** Writes a sound data set with so many images to train on and as many to test on. */
    static void write(Path folder, int count) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), gzip(images(count)));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(count));
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(count));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(count)));
    }

    /** Images whose pixels count up from 0. */
    static byte[] images(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        return idx(pixels, 0x0803, count, SIDE, SIDE);
    }

    /** Labels 0, 1, 2, ..., 9, 0, ... */
    static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return idx(labels, 0x0801, count);
    }

    static byte[] idx(byte[] elements, int magic, int... dimensions) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + elements.length);
        file.putInt(magic);
        for (int dimension : dimensions) {
            file.putInt(dimension);
        }
        return file.put(elements).array();
    }

    /** A file of any type. */
    static byte[] of(IdxType type, double[] values, int... dimensions) {
        ByteBuffer elements = ByteBuffer.allocate(type.bytes() * values.length);
        for (double value : values) {
            switch (type) {
                case UBYTE, BYTE -> elements.put((byte) value);
                case SHORT -> elements.putShort((short) value);
                case INT -> elements.putInt((int) value);
                case FLOAT -> elements.putFloat((float) value);
                case DOUBLE -> elements.putDouble(value);
            }
        }
        int[] codes = {0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e};
        return idx(elements.array(), codes[type.ordinal()] << 8 | dimensions.length, dimensions);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
