package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's format of several arrays by name: a zip file of {@link Npy} arrays, compressed or not.
 *
 * <p>Nothing is unpacked to disk. A file is refused if it has a name twice, a name with {@code ..}
 * or from a root, or an entry that says it is larger than deflate can make of its bytes.
 */
public final class Npz {

    /**
     * Always the same, so that the same arrays give the same file. The first day that a zip file
     * can say without naming a time zone: before it, the JDK adds one.
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Npz() {}

    /**
     * Opens a file and reads the header of each array.
     *
     * @throws FormatException with the entry, the offset, what was expected and what was found
     */
    public static TensorFile open(Path file) throws IOException {
        return NpzFile.opened(file);
    }

    /**
     * Writes arrays without compressing them, whole or not at all, as {@code numpy.savez} does.
     *
     * @throws IllegalArgumentException as {@link Npy#write} does, and for a name that is there
     *     twice
     */
    public static void write(Path file, List<TensorData> tensors) throws IOException {
        write(file, tensors, false);
    }

    /** Writes arrays compressed, as {@code numpy.savez_compressed} does. */
    public static void writeCompressed(Path file, List<TensorData> tensors) throws IOException {
        write(file, tensors, true);
    }

    private static void write(Path file, List<TensorData> tensors, boolean compressed)
            throws IOException {
        checkNames(tensors);
        AtomicFile.write(
                file,
                channel -> {
                    ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
                    for (TensorData tensor : tensors) {
                        write(zip, tensor, compressed);
                    }
                    zip.finish();
                });
    }

    private static void checkNames(List<TensorData> tensors) {
        Set<String> names = new HashSet<>();
        for (TensorData tensor : tensors) {
            String name = tensor.info().name();
            if (!names.add(name)) {
                throw new IllegalArgumentException(
                        "npz: the name %s is there twice".formatted(name));
            }
            NpzFile.complaint(name)
                    .ifPresent(
                            expected -> {
                                throw new IllegalArgumentException(
                                        "npz: %s: expected %s".formatted(name, expected));
                            });
        }
    }

    private static void write(ZipOutputStream zip, TensorData tensor, boolean compressed)
            throws IOException {
        byte[] header = NpyHeader.bytes(tensor.info());
        ByteBuffer part = ByteBuffer.allocate(FileStream.PART_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        ZipEntry entry = new ZipEntry(tensor.info().name() + ".npy");
        entry.setTimeLocal(TIME);
        entry.setMethod(compressed ? ZipEntry.DEFLATED : ZipEntry.STORED);
        if (!compressed) {
            CRC32 sum = new CRC32();
            sum.update(header);
            tensor.writeTo(part, sum::update);
            entry.setCrc(sum.getValue());
            entry.setSize(header.length + tensor.info().bytes());
        }
        zip.putNextEntry(entry);
        zip.write(header);
        tensor.writeTo(part, bytes -> zip.write(bytes.array(), 0, bytes.limit()));
        zip.closeEntry();
    }
}
