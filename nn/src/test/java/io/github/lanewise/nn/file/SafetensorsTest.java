package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is written is read again, and what does not fit is named. */
class SafetensorsTest {

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("a.safetensors");
    }

    /** Writes a file by hand: a header, and so many bytes of 0 behind it. */
    static Path write(Path file, String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(file, bytes.array());
    }

    private static String header(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, length % 8);
        return new String(bytes, 8, length, StandardCharsets.UTF_8);
    }

    private static TensorData floats(String name, DType dtype, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i - 2.5f;
        }
        return TensorData.of(TensorInfo.of(name, dtype, count), values);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7})
    void aFileTooShortForAnyFormatIsRefused(int bytes) throws IOException {
        Path file = folder.resolve("short");
        Files.write(file, new byte[bytes]);
        IOException e = assertThrows(IOException.class, () -> TensorFile.open(file));
        assertEquals(
                "open: %s: expected arrays of safetensors, NumPy or PyTorch, found a file of %d bytes"
                        .formatted(file, bytes),
                e.getMessage());
    }

    @Test
    void allThatIsWrittenIsReadAgain() throws IOException {
        float[] floats = {0, 1, -0f, Float.NaN, 0.5f, Float.MIN_VALUE};
        double[] doubles = {0.1, -0d, Double.MIN_VALUE};
        long[] longs = {Long.MIN_VALUE, 0, Long.MAX_VALUE};
        int[] ints = {Integer.MIN_VALUE, 7, Integer.MAX_VALUE};
        byte[] bytes = {0, 127, -128, -1};
        Safetensors.write(
                file(),
                Map.of("architecture", "{\"ä\":\"\\n\"}", "empty", ""),
                List.of(
                        TensorData.of(TensorInfo.of("bytes", DType.U8, 4), bytes),
                        TensorData.of(TensorInfo.of("f32", DType.F32, 2, 3), floats),
                        TensorData.of(TensorInfo.of("one", DType.F32), new float[] {42}),
                        TensorData.of(TensorInfo.of("none", DType.F32, 3, 0), new float[0]),
                        TensorData.of(TensorInfo.of("f64", DType.F64, 3), doubles),
                        TensorData.of(TensorInfo.of("wide", DType.F64, 2), new float[] {1, 0.1f}),
                        TensorData.of(TensorInfo.of("i64", DType.I64, 3), longs),
                        TensorData.of(TensorInfo.of("i32", DType.I32, 3), ints),
                        TensorData.of(TensorInfo.of("made", DType.F32, 1), () -> new float[] {3}),
                        TensorData.of(TensorInfo.of("part", DType.F32, 2), floats, 4)));
        try (TensorFile file = TensorFile.open(file())) {
            assertEquals(Map.of("architecture", "{\"ä\":\"\\n\"}", "empty", ""), file.metadata());
            assertTrue(file.isChecksummed());
            file.verify();
            assertEquals(
                    List.of(
                            "f64 F64 [3]",
                            "wide F64 [2]",
                            "i64 I64 [3]",
                            "f32 F32 [2, 3]",
                            "one F32 []",
                            "none F32 [3, 0]",
                            "i32 I32 [3]",
                            "made F32 [1]",
                            "part F32 [2]",
                            "bytes U8 [4]"),
                    file.tensors().values().stream().map(TensorInfo::toString).toList());
            assertArrayEquals(floats, file.readFloats("f32"));
            assertArrayEquals(new float[] {42}, file.readFloats("one"));
            assertArrayEquals(new float[0], file.readFloats("none"));
            assertArrayEquals(doubles, file.readDoubles("f64"));
            assertArrayEquals(new double[] {1, 0.1f}, file.readDoubles("wide"));
            assertArrayEquals(longs, file.readLongs("i64"));
            assertArrayEquals(ints, file.readInts("i32"));
            assertArrayEquals(bytes, file.readBytes("bytes"));
            assertArrayEquals(new int[] {0, 127, 128, 255}, file.readInts("bytes"));
            assertArrayEquals(new float[] {3}, file.readFloats("made"));
            float[] into = {9, 9, 9, 9};
            file.readFloats("part", into, 1);
            assertArrayEquals(new float[] {9, 0.5f, Float.MIN_VALUE, 9}, into);
        }
    }

    @Test
    void arraysLongerThanABufferAreWhole() throws IOException {
        int count = FileStream.PART_BYTES / 2 * 3 + 5;
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 256;
        }
        List<TensorData> tensors = new ArrayList<>();
        for (DType dtype : List.of(DType.F32, DType.F16, DType.BF16, DType.F64)) {
            tensors.add(TensorData.of(TensorInfo.of(dtype.name(), dtype, count), values));
        }
        Safetensors.write(file(), Map.of(), tensors);
        try (TensorFile file = Safetensors.open(file())) {
            for (String name : file.tensors().keySet()) {
                assertArrayEquals(values, file.readFloats(name), name);
            }
        }
    }

    @Test
    void eachArrayBeginsAtAMultipleOfItsElements() throws IOException {
        List<TensorData> tensors = new ArrayList<>();
        for (DType dtype : List.of(DType.F16, DType.F32, DType.BF16, DType.F64, DType.F32)) {
            tensors.add(floats(dtype + "." + tensors.size(), dtype, 3));
        }
        tensors.add(2, TensorData.of(TensorInfo.of("u8", DType.U8, 3), new byte[3]));
        Safetensors.write(file(), Map.of(), tensors);
        String header = header(file());
        assertTrue(header.startsWith("{\"__metadata__\":{\"lanewise.checksum\":\"crc32c:"), header);
        SafetensorsHeader parsed =
                SafetensorsHeader.parse(
                        "test", header.getBytes(StandardCharsets.UTF_8), 8, 24 + 24 + 12 + 3);
        for (SafetensorsHeader.Entry entry : parsed.entries()) {
            assertEquals(0, entry.begin() % (entry.info().dtype().bits() / 8), header);
        }
        assertEquals(
                List.of("F64.3", "F32.1", "F32.4", "F16.0", "BF16.2", "u8"),
                parsed.entries().stream().map(entry -> entry.info().name()).toList());
    }

    @Test
    void theSameIsWrittenWithTheSameBytes() throws IOException {
        List<TensorData> tensors = List.of(floats("a", DType.F32, 10));
        Safetensors.write(file(), Map.of("a", "b"), tensors);
        byte[] first = Files.readAllBytes(file());
        Safetensors.write(file(), Map.of("a", "b"), tensors);
        assertArrayEquals(first, Files.readAllBytes(file()));
    }

    /** The sums were computed by other code, bit by bit, from the polynomial 0x1EDC6F41. */
    @Test
    void theFormatOfTheChecksumStaysAsItIs() throws IOException {
        TensorInfo info = TensorInfo.of("a", DType.F32, 1);
        Map<String, String> metadata = Map.of("y", "2", "x", "1", "z", "3");
        Safetensors.write(file(), metadata, List.of(TensorData.of(info, new float[] {1})));
        String header =
                "{\"__metadata__\":{\"lanewise.checksum\":\"crc32c:61d4da73dd54c4ab\",\"x\":\"1\",\"y\":\"2\",\"z\":\"3\"},"
                    + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        assertEquals(header, header(file()).strip());
    }

    @Test
    void aFileWithoutArraysIsOne() throws IOException {
        Safetensors.write(file(), Map.of("only", "this"), List.of());
        try (TensorFile file = Safetensors.open(file())) {
            assertEquals(Map.of(), file.tensors());
            assertEquals(Map.of("only", "this"), file.metadata());
        }
        try (TensorFile file = Safetensors.open(write(file(), "{}", 0))) {
            assertEquals(Map.of(), file.tensors());
            assertFalse(file.isChecksummed());
        }
    }

    @Test
    void filesOfOthersNeedNoChecksumNorOrderNorMetadata() throws IOException {
        String header =
                "{\"b\":{\"shape\":[2],\"data_offsets\":[4,8],\"dtype\":\"BF16\"},"
                        + " \"a\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]},"
                        + "\"f8\":{\"dtype\":\"F8_E4M3\",\"shape\":[3],\"data_offsets\":[8,11]},"
                        + "\"f4\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[11,12]}}   ";
        try (TensorFile file = Safetensors.open(write(file(), header, 12))) {
            assertEquals(List.of("a", "b", "f8", "f4"), List.copyOf(file.tensors().keySet()));
            assertArrayEquals(new float[2], file.readFloats("b"));
            file.verify();
            assertArrayEquals(new float[3], file.readFloats("f8"));
            FormatException e = assertThrows(FormatException.class, () -> file.readFloats("f4"));
            assertEquals(
                    "safetensors: "
                            + file()
                            + ": f4 F4 [2]: this type is not supported; convert it to F32, F16"
                            + " or BF16",
                    e.getMessage());
        }
    }

    @Test
    void offsetsBeyondTwoGigabytesAreRead() throws IOException {
        long large = 3L << 30;
        String header =
                "{\"large\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]},\"last\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[%d,%d]}}"
                        .formatted(large, large, large, large + 4);
        Path file = write(file(), header, 0);
        long end = Files.size(file) + large + 4;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(end);
            sparse.seek(end - 4);
            sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3F});
        }
        try (TensorFile opened = Safetensors.open(file)) {
            assertArrayEquals(new float[] {1}, opened.readFloats("last"));
            FormatException e =
                    assertThrows(FormatException.class, () -> opened.readBytes("large"));
            assertEquals(
                    "safetensors: %s: large U8 [3221225472] has 3,221,225,472 elements; an array of Java holds at most 2,147,483,639"
                            .formatted(file),
                    e.getMessage());
        }
    }

    @Test
    void whatDoesNotFitTheReaderIsNamed() throws IOException {
        Safetensors.write(
                file(),
                Map.of(),
                List.of(
                        floats("f", DType.F32, 2),
                        TensorData.of(
                                TensorInfo.of("i", DType.I64, 2), new long[] {1, (1L << 40) + 1})));
        try (TensorFile file = Safetensors.open(file())) {
            String start = "safetensors: " + file() + ": ";
            assertEquals(
                    start + "expected an array \"w\", found i, f",
                    assertThrows(FormatException.class, () -> file.readFloats("w")).getMessage());
            assertEquals(
                    start + "f F32 [2]: expected whole numbers; read it as floats or doubles",
                    assertThrows(FormatException.class, () -> file.readLongs("f")).getMessage());
            assertEquals(
                    start
                            + "i I64 [2]: expected elements that a float holds, found 1099511627777"
                            + " as number 1 in the file",
                    assertThrows(FormatException.class, () -> file.readFloats("i")).getMessage());
            assertEquals(
                    start
                            + "i I64 [2]: expected elements that a int holds, found 1099511627777"
                            + " as number 1 in the file",
                    assertThrows(FormatException.class, () -> file.readInts("i")).getMessage());
            assertThrows(FormatException.class, () -> file.readBytes("i"));
            assertEquals(
                    "readFloats: f F32 [2] has 2 elements; the array has room for 1 from 2 on",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> file.readFloats("f", new float[3], 2))
                            .getMessage());
            assertThrows(
                    IllegalArgumentException.class, () -> file.readFloats("f", new float[3], -1));
        }
    }

    @Test
    void whatDoesNotFitTheFileLeavesTheOldOne() throws IOException {
        Safetensors.write(file(), Map.of(), List.of(floats("a", DType.F32, 2)));
        byte[] old = Files.readAllBytes(file());
        float[] values = new float[1_000_000];
        values[999_999] = 70_000;
        List<TensorData> half =
                List.of(TensorData.of(TensorInfo.of("a", DType.F16, 1_000_000), values));
        assertEquals(
                "write: a: element 999,999 is out of the range of F16 (it would become Infinity);"
                        + " store it in a wider type",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Safetensors.write(file(), Map.of(), half))
                        .getMessage());
        TensorData a = floats("a", DType.F32, 2);
        TensorData reserved = floats("__metadata__", DType.F32, 2);
        for (List<TensorData> bad : List.of(List.of(a, a), List.of(reserved))) {
            assertThrows(
                    IllegalArgumentException.class, () -> Safetensors.write(file(), Map.of(), bad));
        }
        Map<String, String> taken = Map.of("lanewise.checksum", "mine");
        assertThrows(
                IllegalArgumentException.class, () -> Safetensors.write(file(), taken, List.of(a)));
        assertArrayEquals(old, Files.readAllBytes(file()));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void typesAndLengthsThatDoNotMatchAreRefused() {
        TensorInfo f32 = TensorInfo.of("a", DType.F32, 2, 3);
        TensorInfo i32 = TensorInfo.of("a", DType.I32, 6);
        TensorInfo f8 = TensorInfo.of("a", DType.F8_E4M3, 6);
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(f32, new float[5]));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(f32, new float[7]));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(f32, new float[7], 2));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(f32, new double[6]));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(f32, new long[6]));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(i32, new float[6]));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(i32, new byte[6]));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(f8, new byte[6]));
        assertThrows(IllegalArgumentException.class, () -> TensorData.of(f8, new float[6]));
        assertThrows(IllegalArgumentException.class, () -> TensorInfo.of("a", DType.F32, -1));
        assertThrows(
                IllegalArgumentException.class,
                () -> TensorInfo.of("a", DType.F32, 1L << 40, 1L << 40));
    }

    @Test
    void anAlteredByteIsFoundInTheArrayThatHasIt() throws IOException {
        Safetensors.write(
                file(),
                Map.of(),
                List.of(floats("a", DType.F32, 100), floats("b", DType.F32, 100)));
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(), bytes);
        try (TensorFile file = Safetensors.open(file())) {
            file.readFloats("a");
            FormatException e = assertThrows(FormatException.class, () -> file.readFloats("b"));
            assertTrue(
                    e.getMessage()
                            .matches(
                                    "safetensors: .*: tensor b, offsets %d to %d: expected checksum [0-9a-f]{8}, found [0-9a-f]{8}; the file was altered after it was written"
                                            .formatted(bytes.length - 400, bytes.length)),
                    e.getMessage());
            assertThrows(FormatException.class, file::verify);
        }
    }

    @Test
    void aFileThatShrinksWhileItIsReadIsAnError() throws IOException {
        Safetensors.write(file(), Map.of(), List.of(floats("a", DType.F32, 100)));
        try (TensorFile file = Safetensors.open(file());
                RandomAccessFile other = new RandomAccessFile(file().toFile(), "rw")) {
            long length = other.length();
            other.setLength(length - 100);
            FormatException e = assertThrows(FormatException.class, () -> file.readFloats("a"));
            assertEquals(
                    "safetensors: %s: offset %d: expected bytes up to %d, found the end"
                            .formatted(file(), length - 100, length),
                    e.getMessage());
        }
    }

    @Test
    void metadataOfOursInAFileOfOthersIsExplained() throws IOException {
        Path file =
                write(file(), "{\"__metadata__\":{\"lanewise.checksum\":\"crc32c:00000000\"}}", 0);
        FormatException e = assertThrows(FormatException.class, () -> Safetensors.open(file));
        assertTrue(
                e.getMessage().contains("header: expected checksum 00000000, found "),
                e.getMessage());
        Path newer = write(file(), "{\"__metadata__\":{\"lanewise.checksum\":\"sha256:00\"}}", 0);
        e = assertThrows(FormatException.class, () -> Safetensors.open(newer));
        assertTrue(e.getMessage().contains("written by another program"), e.getMessage());
    }

    @Test
    void closedTwiceIsClosed() throws IOException {
        Safetensors.write(file(), Map.of(), List.of(floats("a", DType.F32, 1)));
        TensorFile file = Safetensors.open(file());
        file.close();
        file.close();
        assertThrows(Exception.class, () -> file.readFloats("a"));
    }
}
