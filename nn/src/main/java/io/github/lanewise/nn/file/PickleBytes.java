package io.github.lanewise.nn.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The bytes of a pickle, taken one operation or argument after another. */
final class PickleBytes {

    private static final int MAX_LONG_BYTES = 8;

    private final String source;
    private final ByteBuffer bytes;

    PickleBytes(String source, byte[] bytes) {
        this.source = source;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean hasRemaining() {
        return bytes.hasRemaining();
    }

    FormatException error(String expected, String found) {
        return new FormatException(
                String.format(
                        Locale.ROOT,
                        "%s: offset %s: expected %s, found %s",
                        source,
                        bytes.position(),
                        expected,
                        found));
    }

    int unsignedByte() throws FormatException {
        return take(1).get() & 0xFF;
    }

    int unsignedShort() throws FormatException {
        return take(2).getShort() & 0xFFFF;
    }

    int fourBytes() throws FormatException {
        return take(4).getInt();
    }

    long eightBytes() throws FormatException {
        return take(8).getLong();
    }

    /** Pickles hold doubles big-endian. */
    double doubleNumber() throws FormatException {
        return Double.longBitsToDouble(Long.reverseBytes(take(8).getLong()));
    }

    ByteBuffer take(int count) throws FormatException {
        if (count < 0 || bytes.remaining() < count) {
            throw error(String.format(Locale.ROOT, "%s bytes more", count), "the end");
        }
        ByteBuffer part = bytes.slice(bytes.position(), count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + count);
        return part;
    }

    /**
     * Reads a number of so many bytes, the lowest first; one too large for a long stands for no
     * number.
     */
    Object longNumber(int length) throws FormatException {
        ByteBuffer part = take(length);
        if (length > MAX_LONG_BYTES) {
            return new PickleValues.Passed(
                    String.format(Locale.ROOT, "a number of %,d bytes", length));
        }
        long number = 0;
        for (int i = length - 1; i >= 0; i--) {
            number = i == length - 1 ? part.get(i) : number << 8 | part.get(i) & 0xFF;
        }
        return number;
    }

    byte[] bytes(long length) throws FormatException {
        if (length < 0 || length > bytes.remaining()) {
            throw error(String.format(Locale.ROOT, "%,d bytes more", length), "the end");
        }
        byte[] part = new byte[(int) length];
        bytes.get(part);
        return part;
    }

    String string(long length) throws FormatException {
        if (length < 0 || length > bytes.remaining()) {
            throw error(String.format(Locale.ROOT, "a string of %,d bytes", length), "the end");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(take((int) length)).toString();
        } catch (CharacterCodingException e) {
            throw error("a string in UTF-8", "other bytes");
        }
    }

    String line() throws FormatException {
        int from = bytes.position();
        while (take(1).get() != '\n') {
            continue;
        }
        byte[] line = new byte[bytes.position() - 1 - from];
        bytes.get(from, line);
        return new String(line, StandardCharsets.UTF_8);
    }
}
