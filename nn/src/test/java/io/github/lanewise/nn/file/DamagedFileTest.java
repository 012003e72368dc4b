package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What every reader does with files that are not whole, not right or no files. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DamagedFileTest {

    private static final float[] VALUES = {1, -2, 3.5f, 0.25f, 5, 6};

    @TempDir private Path folder;

    enum Format {
        SAFETENSORS {
            @Override
            void write(Path file, List<TensorData> tensors) throws IOException {
                Safetensors.write(file, Map.of("key", "value"), tensors);
            }
        },
        NPY {
            @Override
            void write(Path file, List<TensorData> tensors) throws IOException {
                Npy.write(file, tensors.get(0));
            }
        },
        NPZ {
            @Override
            void write(Path file, List<TensorData> tensors) throws IOException {
                Npz.write(file, tensors.subList(0, 1));
            }
        },
        NPZ_COMPRESSED {
            @Override
            void write(Path file, List<TensorData> tensors) throws IOException {
                Npz.writeCompressed(file, tensors.subList(0, 1));
            }
        };

        abstract void write(Path file, List<TensorData> tensors) throws IOException;

        TensorFile open(Path file) throws IOException {
            return switch (this) {
                case SAFETENSORS -> Safetensors.open(file);
                case NPY -> Npy.open(file);
                case NPZ, NPZ_COMPRESSED -> Npz.open(file);
            };
        }
    }

    private byte[] whole(Format format) throws IOException {
        Path file = folder.resolve("a");
        format.write(
                file,
                List.of(
                        TensorData.of(TensorInfo.of("a", DType.F32, 2, 3), VALUES),
                        TensorData.of(TensorInfo.of("b", DType.I64, 1), new long[] {1})));
        return Files.readAllBytes(file);
    }

    private static void readAll(Format format, Path path) throws IOException {
        try (TensorFile file = format.open(path)) {
            file.verify();
            for (TensorInfo tensor : file.tensors().values()) {
                float[] values = file.readFloats(tensor.name());
                if (file.isChecksummed() && tensor.name().equals("a")) {
                    assertArrayEquals(VALUES, values);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsCutAnywhereIsRefused(Format format) throws IOException {
        byte[] whole = whole(format);
        Path file = folder.resolve("a");
        readAll(format, file);
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            for (int length = whole.length - 1; length >= 0; length--) {
                cut.setLength(length);
                IOException e =
                        assertThrows(
                                FormatException.class, () -> readAll(format, file), "" + length);
                assertTrue(e.getMessage().contains(": " + file + ": "), e.getMessage());
            }
        }
    }

    /** Zip files may have something behind them. */
    @ParameterizedTest
    @EnumSource(names = {"SAFETENSORS", "NPY"})
    void aFileWithSomethingAddedIsRefused(Format format) throws IOException {
        byte[] whole = whole(format);
        Path file = folder.resolve("a");
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThrows(FormatException.class, () -> readAll(format, file));
    }

    @ParameterizedTest
    @EnumSource
    void aFlippedBitIsRefusedOrChangesNothingThatAChecksumCovers(Format format) throws IOException {
        byte[] bytes = whole(format);
        Path file = folder.resolve("a");
        int refused = 0;
        try (RandomAccessFile flipped = new RandomAccessFile(file.toFile(), "rw")) {
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                flipped.seek(bit / 8);
                flipped.write(bytes[bit / 8] ^ 1 << bit % 8);
                try {
                    readAll(format, file);
                } catch (FormatException e) {
                    assertTrue(e.getMessage().contains(": " + file + ": "), e.getMessage());
                    refused++;
                }
                flipped.seek(bit / 8);
                flipped.write(bytes[bit / 8]);
            }
        }
        // All but those in the name of the checksum's own key, and in the padding of NPY and zip.
        assertTrue(
                format != Format.SAFETENSORS
                        || refused >= 8 * bytes.length - 8 * "lanewise.checksum".length(),
                "refused %d of %d".formatted(refused, 8 * bytes.length));
        assertTrue(refused > 100, "refused %d of %d".formatted(refused, 8 * bytes.length));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFileIsNamedAtOnce(Format format) throws IOException {
        assertEquals(
                "is a folder; expected a file",
                lastOf(assertThrows(FormatException.class, () -> format.open(folder)), folder));
        Path missing = folder.resolve("missing");
        assertTrue(
                assertThrows(NoSuchFileException.class, () -> format.open(missing))
                        .getMessage()
                        .endsWith(": no such file"));
        Path secret = Files.createFile(folder.resolve("secret"));
        assumeFalse(
                !secret.toFile().setReadable(false) || Files.isReadable(secret), "root reads all");
        assertThrows(IOException.class, () -> format.open(secret));
    }

    private static String lastOf(IOException e, Path file) {
        String message = e.getMessage();
        return message.substring(message.indexOf(file.toString()) + file.toString().length() + 1);
    }

    @ParameterizedTest
    @EnumSource
    void theFormatIsToldByTheFirstBytes(Format format) throws IOException {
        whole(format);
        try (TensorFile file = TensorFile.open(folder.resolve("a"))) {
            assertArrayEquals(VALUES, file.readFloats("a"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "hello, world, this is text", "\u0093NUMPY", "\u0093NUMPX\1\0v\0{'descr'",
                "PK\3\4\24\0\0\0", "PK\5\6\0\0\0\0", "\0\0\0\0\0\0\0\0\0\0\0\0",
                        "GGUF\3\0\0\0\0\0\0\0"
            })
    void otherFilesAreRefusedByAll(String content) throws IOException {
        Path file = folder.resolve("a");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        for (Format format : Format.values()) {
            assertThrows(FormatException.class, () -> format.open(file), format.name());
        }
        assertThrows(FormatException.class, () -> TensorFile.open(file));
    }

    private interface Action {
        void run() throws IOException;
    }

    /**
     * Returns how many bytes a refusal allocates, at the second time, when all classes are there.
     */
    private static long allocatedByRefusing(Action action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThrows(FormatException.class, action::run);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThrows(FormatException.class, action::run);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void assertCheaplyRefused(Action action) {
        long bytes = allocatedByRefusing(action);
        assertTrue(bytes < 200_000, "allocated %,d bytes".formatted(bytes));
    }

    @Test
    void lengthsThatLieAreNotBelieved() throws IOException {
        Path file = folder.resolve("a");
        String huge =
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}";
        ByteBuffer header = ByteBuffer.allocate(8 + huge.length()).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(huge.length()).put(huge.getBytes(StandardCharsets.US_ASCII));
        Files.write(file, header.array());
        assertCheaplyRefused(() -> readAll(Format.SAFETENSORS, file));
        header.putLong(0, 99_000_000);
        Files.write(file, header.array());
        assertCheaplyRefused(() -> readAll(Format.SAFETENSORS, file));
        String npy = "{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }\n";
        for (int length : new int[] {npy.length(), 9_999, 60_000}) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(10 + npy.length()).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1));
            bytes.putShort((short) length).put(npy.getBytes(StandardCharsets.US_ASCII));
            Files.write(file, bytes.array());
            assertCheaplyRefused(() -> readAll(Format.NPY, file));
        }
    }

    @Test
    void aZipEntryIsNoLargerThanItsBytesCanMakeIt() throws IOException {
        byte[] bytes = whole(Format.NPZ_COMPRESSED);
        Path file = folder.resolve("a");
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int central = zip.getInt(bytes.length - 6);
        assertEquals(0x02014B50, zip.getInt(central));
        zip.putInt(central + 24, 2_000_000_000);
        Files.write(file, bytes);
        assertCheaplyRefused(() -> readAll(Format.NPZ, file));
    }

    @Test
    void deepAndHugeHeadersCostNoMoreThanAFewTimesTheirLength() throws IOException {
        Path file = folder.resolve("a");
        int length = 1_000_000;
        for (String filler : List.of("[", "{\"a\":", "\"\\u00e4", "{\"__metadata__\":{", "0,")) {
            String json = ("{\"a\":" + filler.repeat(length)).substring(0, length);
            ByteBuffer bytes = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(length).put(json.getBytes(StandardCharsets.US_ASCII));
            Files.write(file, bytes.array());
            long allocated = allocatedByRefusing(() -> readAll(Format.SAFETENSORS, file));
            assertTrue(allocated < 4 * length, "allocated %,d bytes".formatted(allocated));
        }
    }

    @Test
    void jsonCostsSomeHundredBytesAValue() {
        for (String element : List.of("0,", "{},", "{\"\":0},", "\"\",", "[[]],")) {
            byte[] text = ("[" + element.repeat(100_000)).getBytes(StandardCharsets.US_ASCII);
            long values = 100_000L * (element.length() > 4 ? 2 : 1);
            long allocated = allocatedByRefusing(() -> Json.parse(text, "json"));
            assertTrue(
                    allocated < 250 * values,
                    "allocated %,d bytes for %s".formatted(allocated, element));
        }
    }

    @Test
    void manyTensorsCostNoMoreThanAFewTimesTheirHeader() throws IOException {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 20_000; i++) {
            json.append(
                    "\"%x\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[%d,%d]},"
                            .formatted(i, i, i + 1));
        }
        json.setCharAt(json.length() - 1, '}');
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length() + 20_001).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length()).put(json.toString().getBytes(StandardCharsets.US_ASCII));
        Path file = Files.write(folder.resolve("a"), bytes.array());
        long allocated = allocatedByRefusing(() -> readAll(Format.SAFETENSORS, file));
        assertTrue(
                allocated < 20L * json.length(),
                "allocated %,d for %,d".formatted(allocated, json.length()));
    }
}
