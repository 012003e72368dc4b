package io.github.lanewise.nn.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * NumPy's format of one array: versions 1.0, 2.0 and 3.0, either byte order, row- or column-major;
 * whole numbers, truth values, and f2, f4 and f8. An array of Python objects is refused: it is a
 * pickle, and a pickle is code.
 */
public final class Npy {

    /** The first four of six bytes: 0x93 and NUMPY. */
    static final int MAGIC = 0x934E554D;

    private Npy() {}

    /**
     * Opens a file. Its one array goes by the file's name without {@code .npy}, and is {@link
     * TensorFile#single()}.
     *
     * @throws FormatException with the offset, what was expected and what was found
     */
    public static TensorFile open(Path file) throws IOException {
        return NpyFile.opened(file);
    }

    /**
     * Writes an array, whole or not at all: in version 1.0, little-endian, row-major. Its name is
     * not written.
     *
     * @throws IllegalArgumentException for BF16, which NumPy does not have, and for a value that
     *     cannot be stored in its type
     */
    public static void write(Path file, TensorData tensor) throws IOException {
        byte[] header = NpyHeader.bytes(tensor.info());
        AtomicFile.write(
                file,
                channel -> {
                    try (Arena arena = Arena.ofConfined()) {
                        AtomicFile.writeFully(channel, ByteBuffer.wrap(header));
                        ByteBuffer part =
                                arena.allocate(FileStream.PART_BYTES)
                                        .asByteBuffer()
                                        .order(ByteOrder.LITTLE_ENDIAN);
                        tensor.writeTo(part, bytes -> AtomicFile.writeFully(channel, bytes));
                    }
                });
    }
}
