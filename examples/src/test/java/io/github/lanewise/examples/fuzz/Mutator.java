package io.github.lanewise.examples.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes broken inputs of sound ones: bits, numbers, pieces, words of the formats. */
final class Mutator {

    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        7,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 31,
        1L << 32,
        (1L << 32) - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final byte[][] WORDS =
            bytes(
                    "\"",
                    "{",
                    "}",
                    "[",
                    "]",
                    ":",
                    ",",
                    "0",
                    "-",
                    "1e999",
                    "-0",
                    "1e-400",
                    "NaN",
                    "null",
                    "true",
                    "\\u0000",
                    "\\ud800",
                    "\"shape\":[",
                    "\"dtype\":\"F32\"",
                    "\"data_offsets\":[0,0]",
                    "__metadata__",
                    "9223372036854775808",
                    "'descr'",
                    "'fortran_order'",
                    "'shape'",
                    "(1,)",
                    "<f4",
                    ">i8",
                    "|O",
                    "PK\u0001\u0002",
                    "PK\u0003\u0004",
                    "\n",
                    "\r\n",
                    ";",
                    "\t",
                    "\u00ef\u00bb\u00bf",
                    "ctorch\n",
                    "cos\nsystem\n",
                    "(",
                    ")",
                    "R.",
                    "\u0080\u0002",
                    "Content-Length: ",
                    "Transfer-Encoding: chunked\r\n",
                    "0\r\n\r\n",
                    "POST ",
                    "--",
                    "--help",
                    "=",
                    "\0",
                    "../",
                    "%00",
                    "%n",
                    "$(x)",
                    "\u001f\u008b");

    private final SplittableRandom random;

    Mutator(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns one of the inputs with some changes. */
    byte[] mutate(List<byte[]> inputs) {
        byte[] bytes = pick(inputs).clone();
        for (int changes = 1 + random.nextInt(1 << random.nextInt(4)); changes > 0; changes--) {
            bytes = change(bytes, inputs);
        }
        return bytes;
    }

    private byte[] pick(List<byte[]> inputs) {
        return inputs.get(random.nextInt(inputs.size()));
    }

    private byte[] change(byte[] bytes, List<byte[]> inputs) {
        int at = random.nextInt(bytes.length + 1);
        int to = at + random.nextInt(Math.min(64, bytes.length - at) + 1);
        return switch (random.nextInt(9)) {
            case 0 -> withBit(bytes);
            case 1 -> withByte(bytes);
            case 2, 3 -> withNumber(bytes);
            case 4 -> joined(bytes, at, word(), at);
            case 5 -> joined(bytes, at, new byte[0], to);
            case 6 -> joined(bytes, at, slice(bytes, at, to), at);
            case 7 -> joined(bytes, at, piece(pick(inputs)), to);
            default -> random.nextInt(4) == 0 ? slice(bytes, 0, at) : withByte(bytes);
        };
    }

    private byte[] withBit(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] withByte(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private byte[] withNumber(byte[] bytes) {
        int size = 1 << random.nextInt(4);
        if (bytes.length < size) {
            return bytes;
        }
        long number = NUMBERS[random.nextInt(NUMBERS.length)] + random.nextInt(3) - 1;
        boolean little = random.nextBoolean();
        ByteBuffer eight =
                ByteBuffer.allocate(Long.BYTES)
                        .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        eight.putLong(number);
        int at = random.nextInt(bytes.length - size + 1);
        System.arraycopy(eight.array(), little ? 0 : Long.BYTES - size, bytes, at, size);
        return bytes;
    }

    private byte[] word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static byte[][] bytes(String... words) {
        return Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }

    private byte[] piece(byte[] other) {
        int from = random.nextInt(other.length + 1);
        return slice(other, from, from + random.nextInt(other.length - from + 1));
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Returns the bytes up to a place, then others, then the bytes from another place on. */
    private static byte[] joined(byte[] bytes, int end, byte[] middle, int begin) {
        byte[] all = Arrays.copyOf(bytes, end + middle.length + bytes.length - begin);
        System.arraycopy(middle, 0, all, end, middle.length);
        System.arraycopy(bytes, begin, all, end + middle.length, bytes.length - begin);
        return all;
    }
}
