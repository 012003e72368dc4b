package io.github.lanewise.nn.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The header of a safetensors file, checked by all rules of the format.
 *
 * @param metadata strings by name
 * @param entries the arrays in the order of their bytes, which follow each other without gaps
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {

    /** As many as PyTorch and NumPy take; more would only cost memory. */
    static final int MAX_DIMENSIONS = 64;

    /**
     * An array.
     *
     * @param begin offset of its first byte after the header
     */
    record Entry(TensorInfo info, long begin) {

        long end() {
            return begin + info.bytes();
        }
    }

    /** Reads one header: what is its own while it is read. */
    private static final class Parser {

        private final String source;
        private final JsonReader json;
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final List<Entry> entries = new ArrayList<>();

        Parser(String source, byte[] header, long base) {
            this.source = source;
            json = new JsonReader(source, header, base);
        }

        void parse() throws FormatException {
            Set<String> names = new HashSet<>();
            json.open('{');
            while (json.more('}')) {
                long offset = json.offset();
                String name = json.name();
                if (!names.add(name)) {
                    throw json.twice(offset, name);
                }
                if (name.equals(Safetensors.METADATA)) {
                    metadata();
                } else {
                    entries.add(entry(name));
                }
            }
            json.end();
        }

        private void metadata() throws FormatException {
            json.open('{');
            while (json.more('}')) {
                long offset = json.offset();
                String name = json.name();
                if (metadata.putIfAbsent(name, json.string()) != null) {
                    throw json.twice(offset, name);
                }
            }
        }

        private Entry entry(String name) throws FormatException {
            long offset = json.offset();
            DType dtype = null;
            List<Long> shape = null;
            List<Long> offsets = null;
            json.open('{');
            while (json.more('}')) {
                long memberOffset = json.offset();
                String member = json.name();
                boolean twice = false;
                switch (member) {
                    case "dtype" -> {
                        twice = dtype != null;
                        dtype = dtype();
                    }
                    case "shape" -> {
                        twice = shape != null;
                        shape = naturals(MAX_DIMENSIONS, "dimensions");
                    }
                    case "data_offsets" -> {
                        twice = offsets != null;
                        offsets = naturals(2, "offsets");
                    }
                    default ->
                            throw json.error(
                                    memberOffset,
                                    "dtype, shape or data_offsets",
                                    JsonWriter.quoted(member));
                }
                if (twice) {
                    throw json.twice(memberOffset, member);
                }
            }
            if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
                throw json.error(
                        offset,
                        "dtype, shape and two data_offsets of tensor " + JsonWriter.quoted(name),
                        String.format(
                                Locale.ROOT,
                                "dtype %s, shape %s, data_offsets %s",
                                dtype,
                                shape,
                                offsets));
            }
            return entry(name, dtype, shape, offsets.get(0), offsets.get(1), offset);
        }

        private Entry entry(
                String name, DType dtype, List<Long> shape, long begin, long end, long offset)
                throws FormatException {
            long bits = TensorInfo.bits(dtype, shape);
            if (bits < 0 || bits % 8 != 0 || end < begin || end - begin != bits / 8) {
                String size =
                        bits < 0
                                ? "more bytes than a long can count"
                                : String.format(Locale.ROOT, "%,d bits", bits);
                throw json.error(
                        offset,
                        String.format(
                                Locale.ROOT,
                                "data_offsets of tensor %s that are %s %s apart, %s",
                                JsonWriter.quoted(name),
                                dtype,
                                shape,
                                size),
                        String.format(Locale.ROOT, "%s to %s", begin, end));
            }
            return new Entry(new TensorInfo(name, dtype, shape), begin);
        }

        private DType dtype() throws FormatException {
            long offset = json.offset();
            String name = json.string();
            try {
                return DType.valueOf(name);
            } catch (IllegalArgumentException e) {
                throw json.error(
                        offset, "a dtype such as F32, BF16 or I64", JsonWriter.quoted(name));
            }
        }

        private List<Long> naturals(int most, String what) throws FormatException {
            List<Long> numbers = new ArrayList<>(4);
            json.open('[');
            while (json.more(']')) {
                long offset = json.offset();
                numbers.add(json.natural());
                if (numbers.size() > most) {
                    throw json.error(
                            offset,
                            String.format(Locale.ROOT, "at most %s %s", most, what),
                            "more");
                }
            }
            return numbers;
        }

        private void checkPlaces(long dataBytes) throws FormatException {
            long end = 0;
            for (Entry entry : entries) {
                if (entry.begin() != end) {
                    throw new FormatException(
                            String.format(
                                    Locale.ROOT,
                                    "%s: tensor %s: expected to begin at data offset %s, where the"
                                            + " one before it ends, found %s",
                                    source,
                                    entry.info().name(),
                                    end,
                                    entry.begin()));
                }
                end = entry.end();
            }
            if (end != dataBytes) {
                throw new FormatException(
                        String.format(
                                Locale.ROOT,
                                "%s: expected %,d bytes after the header, found %,d; the file is"
                                        + " cut short, or something was added",
                                source,
                                end,
                                dataBytes));
            }
        }
    }

    /**
     * Reads a header.
     *
     * @param source how messages begin
     * @param header its bytes
     * @param base offset of the header in the file
     * @param dataBytes how many bytes the file has after the header
     */
    static SafetensorsHeader parse(String source, byte[] header, long base, long dataBytes)
            throws FormatException {
        Parser parser = new Parser(source, header, base);
        parser.parse();
        parser.entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        parser.checkPlaces(dataBytes);
        return new SafetensorsHeader(
                Collections.unmodifiableMap(parser.metadata),
                Collections.unmodifiableList(parser.entries));
    }
}
