package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.OperatorTest.is;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Model;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What becomes of numbers of another type is what ONNX Runtime makes of them, to the bit. */
final class CastTest {

    /** Ties, what is just below and above them, subnormal, too large and none. */
    private static final float[] REALS = {
        1.00048828125f,
        1.00146484375f,
        -1.0004883f,
        65504,
        65519.996f,
        65520,
        -1e6f,
        1e-8f,
        2.9802322e-8f,
        2.980233e-8f,
        6.1e-5f,
        -0f,
        1.00390625f,
        1.01171875f,
        3.4028235e38f,
        1e-40f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0.1f
    };

    private static final float[] SMALL = {
        0, 1, 2.75f, 2.5f, 0.99f, 100.01f, 127, -0f, 3, 1e-30f, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };

    private static final float[] SIGNED = {
        0, -1, 2.75f, -2.5f, -0.99f, 100.01f, -127, -0f, 3, -1e-30f, 7, -8, 9, 0.5f, -0.5f, 12,
        -13.5f, 14.5f, -15, 16
    };

    private static final int COUNT = REALS.length;

    @TempDir private Path folder;

    /**
     * A graph of 20 numbers.
     *
     * @param name of the case
     */
    record Case(String name, SmallGraph graph, float[] inputs) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static SmallGraph graph() {
        return new SmallGraph(17).input("x", COUNT).output("y");
    }

    private static Case there(OnnxType type, float[] inputs) {
        SmallGraph graph =
                graph().node("Cast", "x", "t", is("to", type.code()))
                        .node("Cast", "t", "y", is("to", 1));
        return new Case(type + " and back", graph, inputs);
    }

    /** Adds constants, which are of a type at first or become one. */
    private static Case constant(String name, OnnxTensor tensor, OnnxType... types) {
        SmallGraph graph = graph().array(tensor);
        String last = tensor.name();
        for (OnnxType type : types) {
            graph.node("Cast", last, last + "c", is("to", type.code()));
            last += "c";
        }
        return new Case(name, graph.node("Mul", "x " + last, "y"), SIGNED);
    }

    /** Numbers of 16 bits of all kinds but NaN. */
    private static OnnxTensor sixteen(OnnxType type, int... first) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * COUNT).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < COUNT; i++) {
            bytes.putShort((short) (i < first.length ? first[i] : 0x3C00 + 37 * i));
        }
        return new OnnxTensor("c", type, List.of((long) COUNT), bytes.array());
    }

    private static OnnxTensor floats(float[] numbers) {
        return OnnxTensor.of("c", numbers, COUNT);
    }

    static List<Case> cases() {
        SmallGraph quotient =
                graph().node("Cast", "x", "i", is("to", 7))
                        .longs("d", 3)
                        .longs("one", 1)
                        .node("Add", "i one", "j")
                        .node("Div", "j d", "q")
                        .node("Cast", "q", "y", is("to", 1));
        SmallGraph like =
                graph().array(sixteen(OnnxType.FLOAT16))
                        .node("CastLike", "x c", "t")
                        .node("Cast", "t", "y", is("to", 1));
        return List.of(
                there(OnnxType.FLOAT16, REALS),
                there(OnnxType.BFLOAT16, REALS),
                there(OnnxType.DOUBLE, REALS),
                there(OnnxType.BOOL, SIGNED),
                there(OnnxType.INT8, SIGNED),
                there(OnnxType.INT16, SIGNED),
                there(OnnxType.INT32, SIGNED),
                there(OnnxType.INT64, SIGNED),
                there(OnnxType.UINT8, SMALL),
                there(OnnxType.UINT16, SMALL),
                there(OnnxType.UINT32, SMALL),
                there(OnnxType.UINT64, SMALL),
                constant(
                        "of float16",
                        sixteen(OnnxType.FLOAT16, 0x0001, 0x7C00, 0xFBFF, 0x8000, 0x03FF),
                        OnnxType.FLOAT),
                constant(
                        "of bfloat16",
                        sixteen(OnnxType.BFLOAT16, 0x0001, 0x7F80, 0xFF7F, 0x8000, 0x007F),
                        OnnxType.FLOAT),
                constant("to float16", floats(REALS), OnnxType.FLOAT16, OnnxType.FLOAT),
                constant("to bfloat16", floats(REALS), OnnxType.BFLOAT16, OnnxType.FLOAT),
                constant("to int32", floats(SIGNED), OnnxType.INT32, OnnxType.FLOAT),
                constant("to bool", floats(SIGNED), OnnxType.BOOL, OnnxType.FLOAT),
                new Case("quotient of whole numbers", quotient, SIGNED),
                new Case("like float16", like, REALS));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void roundsAsOnnxRuntimeDoes(Case one) throws IOException {
        Path file = one.graph().write(folder);
        Ort.Array array = new Ort.Array(one.inputs(), 1, COUNT);
        float[] expected = Ort.run(file, Map.of("x", array)).values().iterator().next();
        Model model = (Model) OnnxImport.of(file).open().model();
        Matrix samples = new Matrix(one.inputs().clone(), 0, 1, COUNT, COUNT);
        Matrix found = model.bind(new Shape(COUNT), Workspace.inference(1)).forward(samples);
        for (int i = 0; i < COUNT; i++) {
            assertEquals(expected[i], found.at(0, i), "of " + one.inputs()[i]);
        }
    }
}
