package io.github.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.file.FormatException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files of records: what is written is read again, and what is damaged is refused in a line. */
class OnnxFileTest {

    @TempDir Path folder;

    private static OnnxModel linear() {
        OnnxTensor weight = OnnxTensor.of("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        OnnxTensor bias = OnnxTensor.of("b", new float[] {0.5f, -0.5f}, 2);
        OnnxGraph graph =
                new OnnxGraph(
                        "linear",
                        List.of(
                                OnnxValueInfo.floats(
                                        "x", OnnxDimension.of("batch"), OnnxDimension.of(3))),
                        List.of(
                                OnnxValueInfo.floats(
                                        "y", OnnxDimension.of("batch"), OnnxDimension.of(2))),
                        List.of(
                                OnnxNode.of(
                                        "Gemm",
                                        List.of("x", "w", "b"),
                                        List.of("h"),
                                        OnnxAttribute.of("transB", 1),
                                        OnnxAttribute.of("alpha", 2f)),
                                OnnxNode.of("Relu", List.of("h"), List.of("y"))),
                        List.of(weight, bias),
                        List.of());
        return new OnnxModel(8, 17, "lanewise", graph);
    }

    private Path write(OnnxModel model) throws IOException {
        Path file = folder.resolve("model.onnx");
        OnnxFile.write(model, file);
        return file;
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        OnnxModel model = OnnxFile.read(write(linear()));
        assertEquals(8, model.irVersion());
        assertEquals(Map.of("", 17L), model.opsets());
        assertEquals("lanewise", model.producer());
        OnnxGraph graph = model.graph();
        assertEquals(linear().graph().nodes(), graph.nodes());
        assertEquals(linear().graph().inputs(), graph.inputs());
        assertEquals(linear().graph().outputs(), graph.outputs());
        assertEquals(List.of(2L, 3L), graph.initializers().getFirst().shape());
        assertEquals(6, graph.initializers().getFirst().number(5));
    }

    @Test
    void onnxRuntimeReadsIt() throws IOException {
        Map<String, Ort.Array> inputs = Map.of("x", new Ort.Array(new float[] {1, 0, -1}, 1, 3));
        assertArrayEquals(new float[] {0, 0}, Ort.run(write(linear()), inputs).get("y"));
        inputs = Map.of("x", new Ort.Array(new float[] {1, 1, 1, 0, 0, 1}, 2, 3));
        assertArrayEquals(
                new float[] {12.5f, 29.5f, 6.5f, 11.5f}, Ort.run(write(linear()), inputs).get("y"));
    }

    @Test
    void everyKindOfAttributeIsReadAgain() throws IOException {
        OnnxNode node =
                OnnxNode.of(
                        "Any",
                        List.of(),
                        List.of("y"),
                        OnnxAttribute.of("i", 0),
                        OnnxAttribute.of("f", -0.25f),
                        OnnxAttribute.of("s", "same"),
                        OnnxAttribute.ofLongs("ints", 1, -2),
                        OnnxAttribute.ofLongs("none"),
                        new OnnxAttribute("floats", List.of(0.5f)),
                        OnnxAttribute.ofStrings("strings", "a", ""));
        OnnxGraph graph =
                new OnnxGraph("", List.of(), List.of(), List.of(node), List.of(), List.of());
        OnnxModel model = OnnxFile.read(write(new OnnxModel(8, 17, "", graph)));
        assertEquals(node, model.graph().nodes().getFirst());
    }

    @Test
    void everyCutIsRefusedOrAShorterModel() throws IOException {
        byte[] bytes = Files.readAllBytes(write(linear()));
        Path file = folder.resolve("cut.onnx");
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            try {
                OnnxFile.read(file);
            } catch (FormatException e) {
                refused++;
                assertOneLine(e);
            }
        }
        assertTrue(refused > bytes.length / 2, refused + " of " + bytes.length + " refused");
    }

    @Test
    void noAlteredByteDoesHarm() throws IOException {
        byte[] bytes = Files.readAllBytes(write(linear()));
        Path file = folder.resolve("altered.onnx");
        for (int at = 0; at < bytes.length; at++) {
            for (int flip : new int[] {0x01, 0x80, 0xff}) {
                byte[] altered = bytes.clone();
                altered[at] ^= (byte) flip;
                Files.write(file, altered);
                try {
                    OnnxFile.read(file);
                } catch (FormatException e) {
                    assertOneLine(e);
                }
            }
        }
    }

    private static void assertOneLine(FormatException e) {
        assertTrue(e.getMessage().startsWith("onnx: "), e.getMessage());
        assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
    }

    @Test
    void aLengthThatLiesTakesNoMemory() throws IOException {
        // field 7, graph, of 2 GB; in it field 5, an array; in it field 9, its bytes, of 1 GB
        byte[] lie = {
            0x3a,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            7,
            0x2a,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            6,
            0x4a,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            3
        };
        Path file = Files.write(folder.resolve("lie.onnx"), lie);
        assertOneLine(assertThrows(FormatException.class, () -> OnnxFile.read(file)));
    }

    @Test
    void endlessDepthIsRefused() throws IOException {
        byte[] message = {};
        for (int i = 0; i < 2001; i++) {
            // a graph (7 or 6) holds a node (1), that an attribute (5), that a graph (6)
            int field = i % 3 == 0 ? 6 : i % 3 == 1 ? 5 : 1;
            message = nested(field, message);
        }
        Path file = Files.write(folder.resolve("deep.onnx"), nested(7, message));
        FormatException e = assertThrows(FormatException.class, () -> OnnxFile.read(file));
        assertTrue(e.getMessage().contains("deep"), e.getMessage());
    }

    private static byte[] nested(int field, byte[] content) {
        ByteBuffer bytes = ByteBuffer.allocate(content.length + 6);
        bytes.put((byte) (field << 3 | 2));
        int length = content.length;
        while (length > 0x7f) {
            bytes.put((byte) (length & 0x7f | 0x80));
            length >>>= 7;
        }
        bytes.put((byte) length).put(content);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Test
    void anArrayMustHaveTheBytesOfItsShape() {
        byte[] four = new byte[4];
        for (List<Long> shape :
                List.of(
                        List.of(2L),
                        List.of(0L),
                        List.of(-1L),
                        List.of(1L << 31, 1L << 33),
                        List.of(1L << 20, 1L << 20))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new OnnxTensor("w", OnnxType.FLOAT, shape, four));
        }
        assertEquals(1, new OnnxTensor("w", OnnxType.FLOAT, List.of(), four).elements());
    }

    @Test
    void numbersOfEveryTypeAreRead() {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(-2);
        Map<OnnxType, Double> expected = new LinkedHashMap<>();
        expected.put(OnnxType.INT64, -2.0);
        expected.put(OnnxType.INT32, -2.0);
        expected.put(OnnxType.UINT32, 4294967294.0);
        expected.put(OnnxType.INT16, -2.0);
        expected.put(OnnxType.UINT16, 65534.0);
        expected.put(OnnxType.INT8, -2.0);
        expected.put(OnnxType.UINT8, 254.0);
        expected.forEach(
                (type, number) ->
                        assertEquals(
                                number,
                                new OnnxTensor(
                                                "w",
                                                type,
                                                List.of(),
                                                Arrays.copyOf(bytes.array(), type.bytes()))
                                        .number(0),
                                type::toString));
    }

    @Test
    void noFileOutsideTheFolderIsRead() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[8]);
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.createSymbolicLink(inner.resolve("link"), secret);
        for (String location : List.of("../secret", secret.toString(), "link", "", "absent")) {
            ExternalData data = new ExternalData(inner.resolve("model.onnx"));
            FormatException e =
                    assertThrows(
                            FormatException.class,
                            () -> data.read(Map.of("location", location), 8));
            assertTrue(e.getMessage().contains("folder"), e.getMessage());
        }
        Files.write(inner.resolve("own"), new byte[] {0, 1, 2, 3});
        ExternalData data = new ExternalData(inner.resolve("model.onnx"));
        assertArrayEquals(
                new byte[] {1, 2}, data.read(Map.of("location", "own", "offset", "1"), 2));
        for (Map<String, String> lie :
                List.of(
                        Map.of("location", "own", "offset", "3"),
                        Map.of("location", "own", "offset", "-1"),
                        Map.of("location", "own", "offset", "" + Long.MAX_VALUE),
                        Map.of("location", "own", "length", "3"))) {
            assertThrows(FormatException.class, () -> data.read(lie, 2));
        }
    }
}
