package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Headers that break a rule of the format are refused, with the place and what was expected. */
class SafetensorsHeaderTest {

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("a.safetensors");
    }

    static Stream<String[]> badHeaders() {
        String tail = ",\"data_offsets\":[0,4]}}";
        String f32 = "{\"a\":{\"dtype\":\"F32\",\"shape\":";
        return Stream.of(
                new String[] {
                    "[]", "offset 8: expected '{' at the start of the header, found byte 0x5B"
                },
                new String[] {
                    " {}", "offset 8: expected '{' at the start of the header, found byte 0x20"
                },
                new String[] {"{}x", "offset 10: expected the end, found 'x'"},
                new String[] {"{\"a\":1}", "offset 13: expected '{', found '1'"},
                new String[] {f32 + "[1],\"data_offsets\":[0,4],\"x\":1}}", "found \"x\""},
                new String[] {
                    f32 + "[1],\"data_offsets\":[0,4],\"shape\":[1]}}",
                    "expected each name once, found \"shape\" again"
                },
                new String[] {
                    "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}",
                    "expected dtype, shape and two data_offsets of tensor \"a\", found dtype F32,"
                            + " shape [1], data_offsets null"
                },
                new String[] {
                    "{\"a\":{\"dtype\":\"F33\",\"shape\":[1]" + tail,
                    "expected a dtype such as F32, BF16 or I64, found \"F33\""
                },
                new String[] {"{\"a\":{\"dtype\":\"f32\",\"shape\":[1]" + tail, "found \"f32\""},
                new String[] {
                    f32 + "[-1]" + tail, "expected a whole number from 0 to 2^63 - 1, found '-'"
                },
                new String[] {
                    f32 + "[1.0]" + tail, "expected a whole number from 0 to 2^63 - 1, found 1.0"
                },
                new String[] {f32 + "[9223372036854775808]" + tail, "found 9223372036854775808"},
                new String[] {
                    f32 + "[" + "1,".repeat(64) + "1]" + tail,
                    "expected at most 64 dimensions, found more"
                },
                new String[] {
                    f32 + "[2]" + tail,
                    "expected data_offsets of tensor \"a\" that are F32 [2] apart, 64 bits, found 0"
                            + " to 4"
                },
                new String[] {
                    f32 + "[4294967296,4294967296]" + tail,
                    "more bytes than a long can count, found 0 to 4"
                },
                new String[] {
                    f32 + "[4611686018427387904,4]" + tail,
                    "more bytes than a long can count, found 0 to 4"
                },
                new String[] {
                    "{\"a\":{\"dtype\":\"F4\",\"shape\":[1],\"data_offsets\":[0,0]}}",
                    "4 bits, found 0 to 0"
                },
                new String[] {f32 + "[1],\"data_offsets\":[4,0]}}", "found 4 to 0"},
                new String[] {
                    f32 + "[1],\"data_offsets\":[0,4,8]}}", "expected at most 2 offsets, found more"
                },
                new String[] {f32 + "[1],\"data_offsets\":[0]}}", "data_offsets [0]"},
                new String[] {
                    f32 + "[1],\"data_offsets\":[1,5]}}",
                    "tensor a: expected to begin at data offset 0, where the one before it ends,"
                            + " found 1"
                },
                new String[] {
                    "{\"__metadata__\":[]," + f32.substring(1) + "[1]" + tail,
                    "expected '{', found '['"
                },
                new String[] {
                    "{\"__metadata__\":{\"a\":1}," + f32.substring(1) + "[1]" + tail,
                    "expected a string, found '1'"
                },
                new String[] {
                    "{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}}",
                    "expected each name once, found \"a\" again"
                },
                new String[] {
                    "{\"__metadata__\":{},\"__metadata__\":{}}",
                    "expected each name once, found \"__metadata__\" again"
                },
                new String[] {
                    f32 + "[1],\"data_offsets\":[0,4]},\"a\":{}}",
                    "expected each name once, found \"a\" again"
                },
                new String[] {
                    f32
                            + "[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[3,5]}}",
                    "tensor b: expected to begin at data offset 4, where the one before it ends,"
                            + " found 3"
                },
                new String[] {
                    f32 + "[0],\"data_offsets\":[0,0]}}",
                    "expected 0 bytes after the header, found 4"
                },
                new String[] {
                    "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                    "expected 8 bytes after the header, found 4; the file is cut short"
                });
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void rulesOfTheFormatAreKept(String header, String message) throws IOException {
        Path file = SafetensorsTest.write(file(), header, 4);
        FormatException e = assertThrows(FormatException.class, () -> Safetensors.open(file));
        assertTrue(e.getMessage().startsWith("safetensors: " + file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "100000001", "-1", "1000", "9223372036854775807", "-9223372036854775808"})
    void aLengthThatNoHeaderHasIsRefused(long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                file(),
                bytes.putLong(length).put("{}".getBytes(StandardCharsets.US_ASCII)).array());
        FormatException e = assertThrows(FormatException.class, () -> Safetensors.open(file()));
        assertEquals(
                "safetensors: %s: offset 0: expected a header's length from 2 to 92 (the file has 100 bytes), found %s; is it safetensors?"
                        .formatted(file(), Long.toUnsignedString(length)),
                e.getMessage());
    }

    @Test
    void aHeaderOfMoreThan100MegabytesIsRefused() throws IOException {
        try (RandomAccessFile sparse = new RandomAccessFile(file().toFile(), "rw")) {
            sparse.write(
                    ByteBuffer.allocate(9)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(100_000_001)
                            .put((byte) '{')
                            .array());
            sparse.setLength(200_000_000);
        }
        FormatException e = assertThrows(FormatException.class, () -> Safetensors.open(file()));
        assertTrue(e.getMessage().contains("from 2 to 100000000 "), e.getMessage());
    }
}
