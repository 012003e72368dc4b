package io.github.lanewise.nn.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A safetensors file that is open for reading. */
final class SafetensorsFile extends TensorFile {

    private static final int LENGTH_BYTES = 8;

    /** Where an array is, and its checksum as it must be. */
    private record Place(long offset, Optional<String> checksum) {}

    private final FileStream stream;
    private final Map<String, String> metadata;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final boolean checksummed;

    private SafetensorsFile(String source, FileStream stream, byte[] header) throws IOException {
        super(source);
        this.stream = stream;
        long data = LENGTH_BYTES + header.length;
        SafetensorsHeader parsed =
                SafetensorsHeader.parse(source, header, LENGTH_BYTES, stream.size() - data);
        Map<String, String> strings = new LinkedHashMap<>(parsed.metadata());
        String checksum = strings.remove(SafetensorsChecksum.NAME);
        List<SafetensorsHeader.Entry> entries = parsed.entries();
        checksummed = checksum != null;
        Optional<SafetensorsChecksum> sums =
                checksummed
                        ? Optional.of(
                                SafetensorsChecksum.parse(source, checksum, entries.size(), header))
                        : Optional.empty();
        for (int i = 0; i < entries.size(); i++) {
            int index = i;
            TensorInfo info = entries.get(i).info();
            tensors.put(info.name(), info);
            places.put(
                    info.name(),
                    new Place(data + entries.get(i).begin(), sums.map(sum -> sum.ofTensor(index))));
        }
        metadata = Collections.unmodifiableMap(strings);
    }

    static SafetensorsFile opened(Path file) throws IOException {
        String source = "safetensors: " + file;
        FileStream stream = new FileStream(source, InputFile.open("safetensors", file));
        try {
            return new SafetensorsFile(source, stream, header(source, stream));
        } catch (Throwable e) {
            stream.close();
            throw e;
        }
    }

    private static byte[] header(String source, FileStream stream) throws IOException {
        long size = stream.size();
        if (size < LENGTH_BYTES + 2) {
            throw new FormatException(
                    "%s: expected at least %s bytes, found %s"
                            .formatted(source, LENGTH_BYTES + 2, size));
        }
        ByteBuffer first = stream.read(0, LENGTH_BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
        long length = first.getLong(0);
        long most = Math.min(size - LENGTH_BYTES, Safetensors.MAX_HEADER_BYTES);
        if (length < 2 || length > most) {
            throw new FormatException(
                    "%s: offset 0: expected a header's length from 2 to %s (the file has %s bytes), found %s; is it safetensors?"
                            .formatted(source, most, size, Long.toUnsignedString(length)));
        }
        if (first.get(LENGTH_BYTES) != '{') {
            throw new FormatException(
                    "%s: offset %s: expected '{' at the start of the header, found byte 0x%02X"
                            .formatted(source, LENGTH_BYTES, first.get(LENGTH_BYTES)));
        }
        return stream.read(LENGTH_BYTES, (int) length).array();
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public boolean isChecksummed() {
        return checksummed;
    }

    @Override
    void stream(TensorInfo tensor, Sink sink) throws IOException {
        Place place = places.get(tensor.name());
        CRC32C sum = new CRC32C();
        stream.stream(
                place.offset(),
                tensor.bytes(),
                ByteOrder.LITTLE_ENDIAN,
                (bytes, offset) -> {
                    int from = bytes.position();
                    if (checksummed) {
                        sum.update(bytes);
                    }
                    sink.accept(bytes.position(from), offset);
                });
        String found = SafetensorsChecksum.text(sum);
        if (checksummed && !place.checksum().get().equals(found)) {
            throw new FormatException(
                    "%s: tensor %s, offsets %s to %s: expected checksum %s, found %s; the file was altered after it was written"
                            .formatted(
                                    source(),
                                    tensor.name(),
                                    place.offset(),
                                    place.offset() + tensor.bytes(),
                                    place.checksum().get(),
                                    found));
        }
    }

    @Override
    Optional<ColumnMajor> order(TensorInfo tensor) {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
