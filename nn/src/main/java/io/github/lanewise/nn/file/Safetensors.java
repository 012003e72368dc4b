package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: the header's length in 8 bytes, a header in JSON that names arrays with
 * their types, shapes and places, then their bytes, little-endian, without gaps.
 *
 * <p>What {@link #write} writes, Python's {@code safetensors} reads, and the other way round.
 *
 * <p>Files from here carry checksums in their metadata, under {@code lanewise.checksum}: {@code
 * crc32c:} and, in hexadecimal, the CRC-32C of the 8 bytes and the header (taken with its own eight
 * digits as zeros), then that of each array in the order of the bytes. So every byte is covered,
 * the one that was torn or altered is in the array that the error names, and reading one array
 * checks just that one. CRC-32C is there against accidents, and finds each change of up to 32 bits
 * in a row; it is no defence against intent, which would write a checksum that fits. It was chosen
 * over SHA-256 for its speed: some 50 GB/s against 1.4 on one core.
 */
public final class Safetensors {

    /** The format's own limit, against headers that would fill the memory. */
    static final int MAX_HEADER_BYTES = 100_000_000;

    /** The member of the header that is no array. */
    static final String METADATA = "__metadata__";

    private Safetensors() {}

    /**
     * Opens a file and checks its header: by the rules of the format and, where it has one, by its
     * checksum.
     *
     * @throws FormatException with the offset, what was expected and what was found
     */
    public static TensorFile open(Path file) throws IOException {
        return SafetensorsFile.opened(file);
    }

    /**
     * Writes a file: whole, or not at all.
     *
     * <p>The arrays come in the order given, but for those of wider elements, which come before
     * those of narrower ones, so that each begins at a multiple of its element's size.
     *
     * @param metadata strings by name, written in the order of their names; {@code
     *     lanewise.checksum} is taken
     * @throws IOException if it cannot be written; what was there before is unchanged, as after any
     *     other failure
     * @throws IllegalArgumentException if a name is taken or is there twice, or if a value cannot
     *     be stored in its type
     */
    public static void write(Path file, Map<String, String> metadata, List<TensorData> tensors)
            throws IOException {
        new SafetensorsWriter(metadata, tensors).write(file);
    }
}
