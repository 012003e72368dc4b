package io.github.lanewise.onnx;

import io.github.lanewise.nn.file.FormatException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Arrays that lie in files beside the model, as PyTorch writes them. No file outside the model's
 * folder is read, by whatever name or link.
 */
final class ExternalData {

    private final Path folder;

    /** What was read, by place: arrays may share one, and no file gives more than it has. */
    private final Map<Place, byte[]> known = new HashMap<>();

    private final Map<String, Long> given = new HashMap<>();

    private record Place(String location, long offset, long bytes) {}

    ExternalData(Path model) {
        this.folder = model.toAbsolutePath().getParent();
    }

    /**
     * Reads an array.
     *
     * @param entries location, offset and length, by name
     * @param bytes what its shape demands
     */
    byte[] read(Map<String, String> entries, long bytes) throws IOException {
        String location = entries.getOrDefault("location", "");
        long offset = number(entries, "offset", 0);
        long length = number(entries, "length", bytes);
        if (length != bytes) {
            throw new FormatException(
                    String.format(
                            Locale.ROOT,
                            "expected %,d bytes in %s, found a length of %,d",
                            bytes,
                            location,
                            length));
        }
        Place place = new Place(location, offset, bytes);
        byte[] array = known.get(place);
        if (array == null) {
            array = read(place);
            known.put(place, array);
        }
        return array;
    }

    private byte[] read(Place place) throws IOException {
        String location = place.location;
        long offset = place.offset;
        long bytes = place.bytes;
        try (FileChannel file = FileChannel.open(inside(location), StandardOpenOption.READ)) {
            if (bytes > Integer.MAX_VALUE - 8 || offset > file.size() - bytes) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "expected %,d bytes from %,d on in %s, found %,d in all; it is cut"
                                        + " short",
                                bytes,
                                offset,
                                location,
                                file.size()));
            }
            if (given.merge(location, bytes, Long::sum) > file.size()) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "expected arrays beside each other in %s, found more than its %,d"
                                        + " bytes",
                                location,
                                file.size()));
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) bytes);
            while (buffer.hasRemaining()) {
                if (file.read(buffer, offset + buffer.position()) < 0) {
                    throw new FormatException(location + " was cut short while it was read");
                }
            }
            return buffer.array();
        }
    }

    private static long number(Map<String, String> entries, String name, long otherwise)
            throws FormatException {
        String text = entries.get(name);
        try {
            long number = text == null ? otherwise : Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new FormatException("expected a number as %s, found %s".formatted(name, text));
    }

    private Path inside(String location) throws IOException {
        Path file;
        try {
            file = folder.resolve(location);
        } catch (InvalidPathException e) {
            throw new FormatException("no file can have the name of its data: " + location, e);
        }
        if (location.isEmpty() || !file.normalize().startsWith(folder.normalize())) {
            throw outside(location);
        }
        if (!Files.isRegularFile(file)) {
            throw new FormatException(
                    "its numbers are in %s, which is no file in the model's folder; put it there"
                            .formatted(location));
        }
        if (!file.toRealPath().startsWith(folder.toRealPath())) {
            throw outside(location);
        }
        return file;
    }

    private static FormatException outside(String location) {
        return new FormatException(
                "its numbers are in \"%s\", outside the model's folder; no such file is read"
                        .formatted(location));
    }
}
