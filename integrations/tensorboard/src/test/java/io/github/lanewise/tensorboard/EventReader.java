package io.github.lanewise.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads event files by what TFRecord and protocol buffers are, without the classes under test. */
final class EventReader {

    private EventReader() {}

    /** A message: for each field its values, which are Long, Double, Float or byte[]. */
    record Fields(Map<Integer, List<Object>> values) {

        static Fields of(byte[] message) throws IOException {
            Map<Integer, List<Object>> values = new LinkedHashMap<>();
            CodedInputStream in = CodedInputStream.newInstance(message);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                Object value =
                        switch (WireFormat.getTagWireType(tag)) {
                            case WireFormat.WIRETYPE_VARINT -> in.readInt64();
                            case WireFormat.WIRETYPE_FIXED64 -> in.readDouble();
                            case WireFormat.WIRETYPE_FIXED32 -> in.readFloat();
                            default -> in.readByteArray();
                        };
                values.computeIfAbsent(WireFormat.getTagFieldNumber(tag), _ -> new ArrayList<>())
                        .add(value);
            }
            return new Fields(values);
        }

        boolean has(int field) {
            return values.containsKey(field);
        }

        Object value(int field) {
            return values.get(field).getFirst();
        }

        String text(int field) {
            return new String((byte[]) value(field), StandardCharsets.UTF_8);
        }

        Fields message(int field) throws IOException {
            return of((byte[]) value(field));
        }

        double[] doubles(int field) {
            ByteBuffer bytes = ByteBuffer.wrap((byte[]) value(field));
            double[] all = new double[bytes.remaining() / Double.BYTES];
            bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(all);
            return all;
        }
    }

    /** An event, with its only value if it is a summary. */
    record Event(Fields fields, Fields value) {

        static Event of(byte[] record) throws IOException {
            Fields fields = Fields.of(record);
            return new Event(fields, fields.has(5) ? fields.message(5).message(1) : null);
        }

        long step() {
            return fields.has(2) ? (long) fields.value(2) : 0;
        }

        String tag() {
            return value.text(1);
        }

        /** Returns the number of a scalar. */
        float scalar() {
            return (float) value.value(2);
        }
    }

    /** Reads a file, each record of which must be whole and have right checksums. */
    static List<Event> read(Path file) throws IOException {
        return read(Files.readAllBytes(file));
    }

    static List<Event> read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            int at = in.position();
            int length = Math.toIntExact(in.getLong());
            assertEquals(mask(bytes, at, 8), in.getInt(), "checksum of the length at " + at);
            byte[] record = new byte[length];
            in.get(record);
            assertEquals(mask(record, 0, length), in.getInt(), "checksum of the record at " + at);
            events.add(Event.of(record));
        }
        assertEquals("brain.Event:2", events.getFirst().fields().text(3));
        return events;
    }

    private static int mask(byte[] data, int from, int length) {
        int crc = -1;
        for (int i = from; i < from + length; i++) {
            crc ^= data[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : 0x82f63b78);
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    /** Returns the summaries of all files of a folder, in order. */
    static List<Event> summaries(Path folder) throws IOException {
        List<Event> events = new ArrayList<>();
        for (Path file : files(folder)) {
            events.addAll(read(file).stream().filter(event -> event.value() != null).toList());
        }
        return events;
    }

    /** Returns the event files of a folder, in the order of their names. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("tfevents"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns step and value of the scalars of a tag. */
    static Map<Long, Float> scalars(Path folder, String tag) throws IOException {
        Map<Long, Float> scalars = new LinkedHashMap<>();
        for (Event event : summaries(folder)) {
            if (event.tag().equals(tag)) {
                scalars.put(event.step(), event.scalar());
            }
        }
        return scalars;
    }

    /** Returns the tags of a folder's summaries, each once. */
    static List<String> tags(Path folder) throws IOException {
        return summaries(folder).stream().map(Event::tag).distinct().toList();
    }

    /** Returns numbers as they compare in a test. */
    static String show(double[] numbers) {
        return Arrays.toString(numbers);
    }
}
