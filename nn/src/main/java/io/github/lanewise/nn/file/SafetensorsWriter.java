package io.github.lanewise.nn.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Writes a safetensors file in one pass: the header with zeros for checksums, the arrays through
 * one buffer, and then the header again.
 */
final class SafetensorsWriter {

    private static final int ALIGNMENT = 8;

    private final List<TensorData> tensors;
    private final byte[] header;

    SafetensorsWriter(Map<String, String> metadata, List<TensorData> tensors) {
        Comparator<TensorData> width = Comparator.comparingInt(t -> t.info().dtype().bits());
        this.tensors = tensors.stream().sorted(width.reversed()).toList();
        header = padded(header(metadata).getBytes(StandardCharsets.UTF_8));
        if (header.length > Safetensors.MAX_HEADER_BYTES) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "safetensors: names and metadata make a header of %,d bytes; the format"
                                    + " takes at most %,d",
                            header.length,
                            Safetensors.MAX_HEADER_BYTES));
        }
    }

    void write(Path file) throws IOException {
        AtomicFile.write(file, this::writeTo);
    }

    private void writeTo(FileChannel file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            writeHeader(file);
            ByteBuffer part =
                    arena.allocate(partBytes()).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
            StringBuilder sums = new StringBuilder();
            for (TensorData tensor : tensors) {
                CRC32C sum = new CRC32C();
                tensor.writeTo(
                        part,
                        bytes -> {
                            sum.update(bytes);
                            AtomicFile.writeFully(file, bytes.rewind());
                        });
                sums.append(SafetensorsChecksum.text(sum));
            }
            SafetensorsChecksum.fill(header, sums.toString());
            writeHeader(file.position(0));
        }
    }

    /** As many as the largest array needs: to clear a megabyte takes longer than a small file. */
    private long partBytes() {
        long largest = tensors.stream().mapToLong(t -> t.info().bytes()).max().orElse(0);
        return Math.clamp(largest, Long.BYTES, FileStream.PART_BYTES);
    }

    private void writeHeader(FileChannel file) throws IOException {
        ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        AtomicFile.writeFully(file, length.putLong(header.length).flip());
        AtomicFile.writeFully(file, ByteBuffer.wrap(header));
    }

    private String header(Map<String, String> metadata) {
        Map<String, Object> strings = new LinkedHashMap<>();
        strings.put(SafetensorsChecksum.NAME, SafetensorsChecksum.placeholder(tensors.size()));
        if (metadata.containsKey(SafetensorsChecksum.NAME)) {
            throw taken(SafetensorsChecksum.NAME);
        }
        strings.putAll(new TreeMap<>(metadata));
        Map<String, Object> members = new LinkedHashMap<>();
        members.put(Safetensors.METADATA, strings);
        long begin = 0;
        for (TensorData tensor : tensors) {
            TensorInfo info = tensor.info();
            long end = Math.addExact(begin, info.bytes());
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", info.dtype().name());
            entry.put("shape", info.shape());
            entry.put("data_offsets", List.of(begin, end));
            if (info.shape().size() > SafetensorsHeader.MAX_DIMENSIONS) {
                throw new IllegalArgumentException(
                        String.format(
                                Locale.ROOT,
                                "safetensors: %s has more than %s dimensions",
                                info,
                                SafetensorsHeader.MAX_DIMENSIONS));
            }
            if (members.put(info.name(), entry) != null) {
                throw taken(info.name());
            }
            begin = end;
        }
        return Json.of(members).toString();
    }

    private static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException(
                String.format(
                        Locale.ROOT,
                        "safetensors: the name %s is there twice, or is the format's own",
                        JsonWriter.quoted(name)));
    }

    private static byte[] padded(byte[] json) {
        int length = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
        byte[] padded = Arrays.copyOf(json, length);
        Arrays.fill(padded, json.length, length, (byte) ' ');
        return padded;
    }
}
