package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

class NpyTest {

    @TempDir private Path folder;

    /** Makes an array by hand: elements 0, 1, 2, ... as 32-bit whole numbers. */
    private static byte[] array(int version, String header, int elements, ByteOrder order) {
        int size = version == 1 ? 2 : 4;
        ByteBuffer bytes = ByteBuffer.allocate(8 + size + header.length() + 4 * elements);
        bytes.put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1));
        bytes.put((byte) version).put((byte) 0).order(ByteOrder.LITTLE_ENDIAN);
        if (version == 1) {
            bytes.putShort((short) header.length());
        } else {
            bytes.putInt(header.length());
        }
        bytes.put(header.getBytes(StandardCharsets.ISO_8859_1)).order(order);
        for (int i = 0; i < elements; i++) {
            bytes.putInt(i);
        }
        return bytes.array();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("a.npy"), content);
    }

    @ParameterizedTest
    @CsvSource({"1, <i4", "2, <i4", "3, <i4", "1, >i4", "2, >i4", "3, >i4"})
    void allVersionsAndByteOrdersAreRead(int version, String descr) throws IOException {
        ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (2, 3), } \n";
        try (TensorFile file = Npy.open(file(array(version, header.formatted(descr), 6, order)))) {
            assertEquals(TensorInfo.of("a", DType.I32, 2, 3), file.single());
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, file.readInts("a"));
            assertFalse(file.isChecksummed());
        }
    }

    @Test
    void columnMajorArraysAreReadInRowMajorOrder() throws IOException {
        String header = "{'descr': '<i4', 'fortran_order': True, 'shape': (2, 3, 4), }";
        try (TensorFile file = Npy.open(file(array(1, header, 24, ByteOrder.LITTLE_ENDIAN)))) {
            int[] ints = file.readInts("a");
            float[] floats = file.readFloats("a");
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) {
                    for (int k = 0; k < 4; k++) {
                        int at = (i * 3 + j) * 4 + k;
                        assertEquals(i + 2 * j + 6 * k, ints[at]);
                        assertEquals(i + 2 * j + 6 * k, floats[at]);
                    }
                }
            }
        }
    }

    @Test
    void arraysWithoutElementsMayHaveDimensionsThatNoArrayHas() throws IOException {
        String header = "{'descr': '<i4', 'fortran_order': True, 'shape': (0, 1099511627776), }";
        try (TensorFile file = Npy.open(file(array(1, header, 0, ByteOrder.LITTLE_ENDIAN)))) {
            assertArrayEquals(new int[0], file.readInts("a"));
            assertArrayEquals(new float[0], file.readFloats("a"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"shape\":(6,),\"fortran_order\":False,\"descr\":\"<i4\"}",
                "  { 'descr' : '<i4' , 'fortran_order' : False , 'shape' : ( 6 , ) }\n\n",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (6L,), }",
                "{'descr': '<i4', 'fortran_order': True, 'shape': (3, 2), }"
            })
    void whatPythonWouldReadIsRead(String header) throws IOException {
        try (TensorFile file = Npy.open(file(array(1, header, 6, ByteOrder.LITTLE_ENDIAN)))) {
            assertEquals(6, file.single().elements());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``;offset 10: expected '{', found the end",
                "{'descr': '<i4', 'fortran_order': False};offset 10: expected all of",
                "{'descr': '<i4', 'fortran_order': 0, 'shape': (1,)};offset 44: expected True or"
                        + " False",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (1)};expected a comma after the"
                        + " one number of a tuple",
                "{'descr': '<i4', 'fortran_order': False, 'shape': [1]};expected '('",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (-1,)};expected a whole number",
                "{'descr': '<i4', 'fortran_order': False, 'shape':"
                        + " (99999999999999999999,)};expected a whole number",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (1 1)};expected a comma or ')'",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (4294967296, 4294967296)};more"
                        + " bytes than a long can count",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), 'shape': (1,)};expected"
                        + " each key once",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), 'x': 1};expected 'descr',"
                        + " 'fortran_order' or 'shape'",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (1,)} + exit();expected nothing"
                        + " after the dictionary",
                "{'descr': '\\x3ci4', 'fortran_order': False, 'shape': (1,)};expected a string"
                        + " without escapes",
                "{'descr': '<i4, 'fortran_order': False, 'shape': (1,)};expected ','",
                "{'descr': '|O', 'fortran_order': False, 'shape': (1,)};dtype \"|O\" is of Python"
                        + " objects, a pickle, and a pickle is code; refused, expected numbers",
                "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)};dtype \"<c8\" is not"
                        + " supported; expected one of b1, f2, f4, f8, i1",
                "{'descr': '<U1', 'fortran_order': False, 'shape': (1,)};dtype \"<U1\" is not"
                        + " supported",
                "{'descr': '|i4', 'fortran_order': False, 'shape': (1,)};dtype \"|i4\" is not"
                        + " supported",
                "{'descr': '<f1', 'fortran_order': False, 'shape': (1,)};dtype \"<f1\" is not"
                        + " supported",
                "{'descr': [('x', '<i4')], 'fortran_order': False, 'shape': (1,)};dtype \"[('x',"
                        + " '<i4')]\" is not supported",
                "{'descr': [('x', '<i4', 'fortran_order': False, 'shape': (1,)};expected a list"
                        + " with an end",
                "{'descr': '<i4', 'fortran_order': False, 'shape': (2,)};I32 [2]: expected 73"
                        + " bytes, found 69; the file is cut short"
            })
    void everythingElseIsRefused(String header, String message) throws IOException {
        Path file = file(array(1, header, 1, ByteOrder.LITTLE_ENDIAN));
        FormatException e = assertThrows(FormatException.class, () -> Npy.open(file));
        assertTrue(e.getMessage().startsWith("npy: " + file + ": "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        Path file = file(array(4, "{}", 0, ByteOrder.LITTLE_ENDIAN));
        FormatException e = assertThrows(FormatException.class, () -> Npy.open(file));
        assertEquals(
                "npy: " + file + ": offset 6: expected version 1.0, 2.0 or 3.0, found 4.0",
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "BOOL, b1",
        "U8, u1",
        "I8, i1",
        "U16, u2",
        "I16, i2",
        "U32, u4",
        "I32, i4",
        "U64, u8",
        "I64, i8"
    })
    void wholeNumbersAreWrittenAndRead(DType dtype, String descr) throws IOException {
        long[] values = {0, 1, 1, dtype == DType.BOOL ? 0 : 100};
        Path file = folder.resolve("b.npy");
        Npy.write(file, TensorData.of(TensorInfo.of("b", dtype, 2, 2), values));
        String start = Files.readString(file, StandardCharsets.ISO_8859_1).substring(0, 128);
        assertTrue(
                start.contains("'descr': '" + (dtype.bits() == 8 ? "|" : "<") + descr + "'"),
                start);
        assertEquals('\n', start.charAt(127));
        try (TensorFile read = Npy.open(file)) {
            assertEquals(dtype, read.single().dtype());
            assertArrayEquals(values, read.readLongs("b"));
        }
    }

    @Test
    void shapesAreWrittenAsTuples() throws IOException {
        Path file = folder.resolve("c.npy");
        for (long[] shape : new long[][] {{}, {1}, {1, 1}, {1, 1, 1}}) {
            Npy.write(file, TensorData.of(TensorInfo.of("c", DType.F32, shape), new float[1]));
            try (TensorFile read = Npy.open(file)) {
                assertEquals(TensorInfo.of("c", DType.F32, shape), read.single());
            }
        }
        TensorData bf16 = TensorData.of(TensorInfo.of("c", DType.BF16, 1), new float[1]);
        assertThrows(IllegalArgumentException.class, () -> Npy.write(file, bf16));
    }

    private Path npz(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("a.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void arraysOfAnNpzAreReadByName(boolean compressed) throws IOException {
        Path file = folder.resolve("a.npz");
        byte[] pixels = new byte[2_000_003];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * i >> 8);
        }
        double[] doubles = {0.1, Double.NaN};
        List<TensorData> tensors =
                List.of(
                        TensorData.of(TensorInfo.of("train/x", DType.U8, pixels.length), pixels),
                        TensorData.of(TensorInfo.of("y", DType.F64, 2), doubles),
                        TensorData.of(TensorInfo.of("empty", DType.F32, 0), new float[0]));
        for (int i = 0; i < 2; i++) {
            byte[] before = i == 0 ? null : Files.readAllBytes(file);
            if (compressed) {
                Npz.writeCompressed(file, tensors);
            } else {
                Npz.write(file, tensors);
            }
            if (before != null) {
                assertArrayEquals(before, Files.readAllBytes(file), "the same bytes again");
            }
        }
        assertEquals(compressed, Files.size(file) < 2_000_000);
        try (TensorFile read = Npz.open(file)) {
            assertEquals(List.of("train/x", "y", "empty"), List.copyOf(read.tensors().keySet()));
            assertTrue(read.isChecksummed());
            read.verify();
            assertArrayEquals(pixels, read.readBytes("train/x"));
            assertArrayEquals(doubles, read.readDoubles("y"));
            assertArrayEquals(new float[0], read.readFloats("empty"));
            assertThrows(FormatException.class, read::single);
        }
    }

    @Test
    void arraysThatCannotBeReadDoNotHideTheOthers() throws IOException {
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (1,), }";
        Path file =
                npz(
                        Map.of(
                                "numbers.npy",
                                array(1, header.formatted("<i4"), 1, ByteOrder.LITTLE_ENDIAN),
                                "names.npy",
                                array(1, header.formatted("<U1"), 1, ByteOrder.LITTLE_ENDIAN),
                                "objects.npy",
                                array(1, header.formatted("|O"), 1, ByteOrder.LITTLE_ENDIAN)));
        try (TensorFile read = Npz.open(file)) {
            assertEquals(1, read.tensors().size());
            assertArrayEquals(new int[1], read.readInts("numbers"));
            assertEquals(
                    List.of("names", "objects"),
                    read.unreadable().keySet().stream().sorted().toList());
            FormatException e =
                    assertThrows(FormatException.class, () -> read.readFloats("objects"));
            assertEquals(
                    "npz: "
                            + file
                            + ": entry \"objects.npy\": dtype \"|O\" is of Python objects, a"
                            + " pickle, and a pickle is code; refused, expected numbers",
                    e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../a.npy",
                "b/../../a.npy",
                "/a.npy",
                "C:\\a.npy",
                "..\\a.npy",
                "a.txt",
                "b/"
            })
    void namesThatLeadElsewhereAreRefused(String name) throws IOException {
        Path file = npz(Map.of(name, new byte[name.endsWith("/") ? 0 : 10]));
        FormatException e = assertThrows(FormatException.class, () -> Npz.open(file));
        assertTrue(e.getMessage().startsWith("npz: " + file + ": entry "), e.getMessage());
    }

    @Test
    void aNameIsShownInOneLine() throws IOException {
        Path file = npz(Map.of("a\nb.npy", new byte[10]));
        FormatException e = assertThrows(FormatException.class, () -> Npz.open(file));
        assertTrue(
                e.getMessage().startsWith("npz: " + file + ": entry \"a\\nb.npy\": "),
                e.getMessage());
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() throws IOException {
        String header = "{'descr': '<i4', 'fortran_order': False, 'shape': (1,), }";
        byte[] array = array(1, header, 1, ByteOrder.LITTLE_ENDIAN);
        Path file = npz(Map.of("a.npy", array, "b.npy", array));
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, text.replace("b.npy", "a.npy"), StandardCharsets.ISO_8859_1);
        FormatException e = assertThrows(FormatException.class, () -> Npz.open(file));
        assertTrue(
                e.getMessage().endsWith("expected each name once, found \"a.npy\" again"),
                e.getMessage());
        TensorData a = TensorData.of(TensorInfo.of("a", DType.F32, 1), new float[1]);
        TensorData up = TensorData.of(TensorInfo.of("../a", DType.F32, 1), new float[1]);
        assertThrows(IllegalArgumentException.class, () -> Npz.write(file, List.of(a, a)));
        assertThrows(IllegalArgumentException.class, () -> Npz.write(file, List.of(up)));
    }

    @Test
    void aStoredArrayWithAWrongSumIsRefused() throws IOException {
        Path file = folder.resolve("a.npz");
        Npz.write(file, List.of(TensorData.of(TensorInfo.of("a", DType.F32, 2), new float[2])));
        byte[] bytes = Files.readAllBytes(file);
        CRC32 sum = new CRC32();
        sum.update(bytes, 35, 136);
        int data = 30 + "a.npy".length() + 128;
        bytes[data] ^= 1;
        Files.write(file, bytes);
        try (TensorFile read = Npz.open(file)) {
            FormatException e = assertThrows(FormatException.class, () -> read.readFloats("a"));
            assertTrue(
                    e.getMessage()
                            .contains(
                                    "entry \"a.npy\": expected CRC-32 %08x, found "
                                            .formatted(sum.getValue())),
                    e.getMessage());
        }
    }
}
