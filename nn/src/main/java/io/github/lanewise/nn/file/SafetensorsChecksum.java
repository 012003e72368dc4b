package io.github.lanewise.nn.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** The checksums of a file, as {@link Safetensors} describes them. */
final class SafetensorsChecksum {

    static final String NAME = "lanewise.checksum";

    private static final String ALGORITHM = "crc32c:";
    private static final int DIGITS = 8;

    /** Quotes inside strings are escaped, so that this can only be the member itself. */
    private static final byte[] MEMBER =
            ("\"" + NAME + "\":\"" + ALGORITHM).getBytes(StandardCharsets.US_ASCII);

    private final String sums;

    private SafetensorsChecksum(String sums) {
        this.sums = sums;
    }

    /** Returns a value of the right length, to be filled later: see {@link #fill}. */
    static String placeholder(int tensors) {
        return ALGORITHM + "0".repeat(DIGITS * (1 + tensors));
    }

    /** Writes the sum of each array and then that of the header into a header. */
    static void fill(byte[] header, String sumsOfTensors) {
        int at = find(header);
        byte[] sums = sumsOfTensors.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sums, 0, header, at + DIGITS, sums.length);
        byte[] own = ofHeader(header, at).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(own, 0, header, at, DIGITS);
    }

    /**
     * Takes the value from a header, and compares the header's own sum.
     *
     * @param source how messages begin
     */
    static SafetensorsChecksum parse(String source, String value, int tensors, byte[] header)
            throws FormatException {
        int at = find(header);
        if (at < 0 || value.length() != placeholder(tensors).length()) {
            throw new FormatException(
                    "%s: metadata %s: expected \"%s\" and %s digits, found %s; was the file written by another program, from this one's metadata?"
                            .formatted(
                                    source,
                                    NAME,
                                    ALGORITHM,
                                    DIGITS * (1 + tensors),
                                    JsonWriter.quoted(value)));
        }
        SafetensorsChecksum checksum = new SafetensorsChecksum(value.substring(ALGORITHM.length()));
        String expected = checksum.digits(0);
        String found = ofHeader(header, at);
        if (!expected.equals(found)) {
            throw new FormatException(
                    "%s: header: expected checksum %s, found %s; the file was altered after it was written"
                            .formatted(source, expected, found));
        }
        return checksum;
    }

    /** Returns the sum of an array, by its place in the order of the bytes. */
    String ofTensor(int index) {
        return digits(1 + index);
    }

    /** Returns a sum as it stands in the file. */
    static String text(CRC32C sum) {
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private String digits(int index) {
        return sums.substring(DIGITS * index, DIGITS * (index + 1));
    }

    /** Returns where the header's own digits are, or -1. */
    private static int find(byte[] header) {
        int last = header.length - MEMBER.length - DIGITS;
        for (int i = 0; i <= last; i++) {
            if (header[i] == '"'
                    && Arrays.equals(header, i, i + MEMBER.length, MEMBER, 0, MEMBER.length)) {
                return i + MEMBER.length;
            }
        }
        return -1;
    }

    private static String ofHeader(byte[] header, int at) {
        CRC32C sum = new CRC32C();
        sum.update(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .flip());
        sum.update(header, 0, at);
        sum.update("0".repeat(DIGITS).getBytes(StandardCharsets.US_ASCII));
        sum.update(header, at + DIGITS, header.length - at - DIGITS);
        return text(sum);
    }
}
