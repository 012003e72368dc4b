package io.github.lanewise.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Reads what numpy 2.4.6, safetensors 0.8.0 and torch 2.13.0 wrote, bit for bit; {@code
 * python_files.py}, among the resources, made it. With {@code LANEWISE_PYTHON}, the command of a
 * Python that has them, they read what is written here as well.
 */
class PythonFilesTest {

    private static final int COUNT = 600;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    @TempDir private Path folder;

    private Path resource(String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = PythonFilesTest.class.getResourceAsStream(name)) {
            assertNotNull(in, name);
            Files.copy(in, file);
        }
        return file;
    }

    /** The bits of the elements, by the rule of the script; U64 leaves its upper bit out. */
    private static long[] bits(DType dtype) {
        int width = dtype == DType.BOOL ? 1 : dtype == DType.U64 ? 63 : dtype.bits();
        long[] bits = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            bits[i] = i * ODD >>> 64 - width;
        }
        return bits;
    }

    /** The elements as whole numbers. */
    private static long[] whole(DType dtype) {
        return Arrays.stream(bits(dtype))
                .map(
                        bits ->
                                switch (dtype) {
                                    case I8 -> (byte) bits;
                                    case I16 -> (short) bits;
                                    case I32 -> (int) bits;
                                    default -> bits;
                                })
                .toArray();
    }

    /** The elements as floats: those of the types up to 32 bits. */
    private static float[] real(DType dtype) {
        long[] bits = bits(dtype);
        float[] floats = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            floats[i] =
                    switch (dtype) {
                        case F16 -> Float.float16ToFloat((short) bits[i]);
                        case BF16 -> Float.intBitsToFloat((int) bits[i] << 16);
                        default -> Float.intBitsToFloat((int) bits[i]);
                    };
        }
        return floats;
    }

    private static double[] doubles() {
        return Arrays.stream(bits(DType.F64)).mapToDouble(Double::longBitsToDouble).toArray();
    }

    private static void assertElements(TensorFile file, String name, DType dtype)
            throws IOException {
        assertEquals(TensorInfo.of(name, dtype, 20, 30), file.tensors().get(name));
        if (dtype.isInteger()) {
            assertArrayEquals(whole(dtype), file.readLongs(name), name);
        } else if (dtype == DType.F64) {
            double[] found = file.readDoubles(name);
            for (int i = 0; i < COUNT; i++) {
                assertEquals(bits(dtype)[i], Double.doubleToRawLongBits(found[i]), name);
            }
        } else {
            float[] found = file.readFloats(name);
            float[] expected = real(dtype);
            for (int i = 0; i < COUNT; i++) {
                assertEquals(
                        Float.floatToRawIntBits(expected[i]),
                        Float.floatToRawIntBits(found[i]),
                        name);
            }
        }
    }

    private static List<DType> types() {
        return Arrays.stream(DType.values()).filter(DType::isWritten).toList();
    }

    private static List<DType> numpyTypes() {
        return types().stream().filter(dtype -> dtype != DType.BF16).toList();
    }

    @Test
    void safetensorsOfPythonAreReadBitForBit() throws IOException {
        try (TensorFile file = TensorFile.open(resource("python.safetensors"))) {
            assertEquals(Map.of("format", "pt", "text", "ä€😀\"\\\n"), file.metadata());
            assertEquals(types().size(), file.tensors().size());
            for (DType dtype : types()) {
                assertElements(file, dtype.name(), dtype);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"python.npz", "python-compressed.npz"})
    void npzOfPythonIsReadBitForBit(String name) throws IOException {
        try (TensorFile file = TensorFile.open(resource(name))) {
            for (DType dtype : numpyTypes()) {
                assertElements(file, dtype.name(), dtype);
            }
            assertElements(file, "F32_big", DType.F32);
            assertElements(file, "I64_big", DType.I64);
            assertElements(file, "F32_columns", DType.F32);
            assertElements(file, "U8_columns", DType.U8);
            assertElements(file, "I64_columns", DType.I64);
            assertArrayEquals(new double[] {0.1}, file.readDoubles("scalar"));
            assertEquals(List.of(), file.tensors().get("scalar").shape());
            assertEquals(List.of("names", "objects"), List.copyOf(file.unreadable().keySet()));
            assertThrows(FormatException.class, () -> file.readFloats("objects"));
        }
    }

    @Test
    void npyOfPythonIsReadBitForBit() throws IOException {
        try (TensorFile file = TensorFile.open(resource("python.npy"))) {
            assertElements(file, "python", DType.F64);
        }
    }

    private static TensorData data(DType dtype) {
        TensorInfo info = TensorInfo.of(dtype.name(), dtype, 20, 30);
        if (dtype.isInteger()) {
            return TensorData.of(info, whole(dtype));
        }
        return dtype == DType.F64
                ? TensorData.of(info, doubles())
                : TensorData.of(info, real(dtype));
    }

    /** Writes what the script checks. */
    private void write() throws IOException {
        List<TensorData> all = types().stream().map(PythonFilesTest::data).toList();
        List<TensorData> numpy = numpyTypes().stream().map(PythonFilesTest::data).toList();
        Map<String, String> metadata = Map.of("text", "ä€😀\"\\\n");
        Safetensors.write(folder.resolve("lanewise.safetensors"), metadata, all);
        Npz.write(folder.resolve("lanewise.npz"), numpy);
        Npz.writeCompressed(folder.resolve("lanewise-compressed.npz"), numpy);
        for (TensorData array : numpy) {
            Npy.write(folder.resolve(array.info().name() + ".npy"), array);
        }
        List<TensorData> rounded = new ArrayList<>();
        float[] values = valuesInTheRangeOfHalf();
        for (DType dtype : List.of(DType.F32, DType.F16, DType.BF16)) {
            rounded.add(TensorData.of(TensorInfo.of(dtype.name(), dtype, values.length), values));
        }
        Safetensors.write(folder.resolve("rounded.safetensors"), Map.of(), rounded);
    }

    private static float[] valuesInTheRangeOfHalf() {
        Random random = new Random(1);
        float[] values = new float[100_000];
        for (int i = 0; i < values.length; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            boolean tie = i % 4 == 0;
            values[i] =
                    Math.abs(value) < 65504
                            ? tie
                                    ? Float.intBitsToFloat(
                                            Float.floatToRawIntBits(value) & ~0xFFF | 0x1000)
                                    : value
                            : random.nextFloat() * 1e-4f;
        }
        return values;
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS)
    void pythonReadsBitForBitWhatIsWrittenHere() throws Exception {
        String python = System.getenv("LANEWISE_PYTHON");
        assumeTrue(
                python != null,
                "LANEWISE_PYTHON is not set: a Python with numpy, torch and safetensors");
        write();
        Path script = resource("python_files.py");
        Path output = folder.resolve("output");
        Process process =
                new ProcessBuilder(python, script.toString(), "check", folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        process.waitFor();
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertTrue(said.endsWith("checked\n"), said);
        assertEquals(0, process.exitValue());
    }

    @Test
    void whatIsWrittenHereIsReadHere() throws IOException {
        write();
        try (TensorFile file = TensorFile.open(folder.resolve("lanewise.safetensors"));
                TensorFile npz = TensorFile.open(folder.resolve("lanewise.npz"));
                TensorFile small = TensorFile.open(folder.resolve("lanewise-compressed.npz"))) {
            for (DType dtype : types()) {
                assertElements(file, dtype.name(), dtype);
            }
            for (DType dtype : numpyTypes()) {
                assertElements(npz, dtype.name(), dtype);
                assertElements(small, dtype.name(), dtype);
            }
        }
    }

    /** All 256 of each type, and as PyTorch makes them floats. */
    @ParameterizedTest
    @ValueSource(strings = {"float8.safetensors", "float8.pt"})
    void floatsOfEightBitsAreThoseOfPyTorch(String name) throws IOException {
        try (TensorFile file = TensorFile.open(resource(name))) {
            List<DType> types =
                    List.of(
                            DType.F8_E4M3,
                            DType.F8_E5M2,
                            DType.F8_E8M0,
                            DType.F8_E4M3FNUZ,
                            DType.F8_E5M2FNUZ);
            for (DType type : types) {
                assertEquals(type, file.tensors().get(type.toString()).dtype());
                float[] expected = file.readFloats(type + "_F32");
                assertEquals(256, expected.length);
                assertArrayEquals(expected, file.readFloats(type.toString()), type.toString());
                double[] doubles = file.readDoubles(type.toString());
                for (int i = 0; i < expected.length; i++) {
                    assertEquals((double) expected[i], doubles[i], type + " " + i);
                }
            }
        }
    }
}
