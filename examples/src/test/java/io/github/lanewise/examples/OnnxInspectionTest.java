package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.onnx.OnnxDimension;
import io.github.lanewise.onnx.OnnxFile;
import io.github.lanewise.onnx.OnnxGraph;
import io.github.lanewise.onnx.OnnxModel;
import io.github.lanewise.onnx.OnnxNode;
import io.github.lanewise.onnx.OnnxTensor;
import io.github.lanewise.onnx.OnnxValueInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What inspect shows of an ONNX file. */
class OnnxInspectionTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int inspect(Path file) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute("inspect", file.toString());
    }

    private Path write(String operator) throws IOException {
        OnnxValueInfo x = OnnxValueInfo.floats("x", OnnxDimension.of("batch"), OnnxDimension.of(3));
        OnnxValueInfo y = OnnxValueInfo.floats("y", OnnxDimension.of("batch"), OnnxDimension.of(2));
        OnnxGraph graph =
                new OnnxGraph(
                        "net",
                        List.of(x),
                        List.of(y),
                        List.of(
                                OnnxNode.of("MatMul", List.of("x", "w"), List.of("h")),
                                OnnxNode.of(operator, List.of("h"), List.of("y"))),
                        List.of(OnnxTensor.of("w", new float[6], 3, 2)),
                        List.of(new OnnxValueInfo("h", y.type(), y.shape())));
        Path file = folder.resolve("net.onnx");
        OnnxFile.write(new OnnxModel(8, 17, "test", graph), file);
        return file;
    }

    @Test
    void showsNodesWeightsAndTheModel() throws IOException {
        assertEquals(0, inspect(write("Relu")), err::toString);
        for (String part :
                List.of(
                        "Input  x: float batch x 3",
                        "x, w -> h: float batch x 2",
                        "w: float 3x2",
                        "1 arrays, 6 numbers",
                        "Linear(3 -> 2, no bias)",
                        "Total: 6 trained")) {
            assertTrue(out.toString().contains(part), out::toString);
        }
    }

    @Test
    void saysWhyAModelIsNotImported() throws IOException {
        assertEquals(0, inspect(write("Det")), err::toString);
        assertTrue(out.toString().contains("Not to be imported: onnx: "), out::toString);
        assertTrue(out.toString().contains("operator Det is not imported"), out::toString);
    }

    @Test
    void complainsInALineOfADamagedFile() throws IOException {
        Path file = Files.write(folder.resolve("bad.onnx"), new byte[] {0x3a, 0x7f, 1});
        assertEquals(2, inspect(file));
        assertEquals(1, err.toString().lines().count(), err::toString);
    }
}
