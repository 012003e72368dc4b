package io.github.lanewise.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.onnx.OnnxFile;
import io.github.lanewise.onnx.OnnxModel;
import io.github.lanewise.onnx.OnnxNode;
import io.github.lanewise.serve.ModelLoader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class ExportCommandTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        String[] texts = new String[arguments.length + 1];
        texts[0] = "export";
        for (int i = 0; i < arguments.length; i++) {
            texts[i + 1] = arguments[i].toString();
        }
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(texts);
    }

    private Path saved() throws IOException {
        Path file = folder.resolve("model.safetensors");
        new ModelFile(new Sequential(new Linear(2, 3)))
                .inputShape(new Shape(2))
                .labels("a", "b", "c")
                .metadata(ModelLoader.SCALE, Json.of(0.5f))
                .metadata(ModelLoader.SHIFT, Json.of(-1f))
                .save(file);
        return file;
    }

    @Test
    void onnxFileTakesInputsAsServeDoes() throws IOException {
        Path onnx = folder.resolve("model.onnx");
        assertEquals(0, run(saved(), "--onnx", onnx), err::toString);
        assertTrue(
                out.toString().contains("input: float batch x 2 -> output: float batch x 3"),
                out::toString);
        OnnxModel model = OnnxFile.read(onnx);
        assertEquals(
                List.of("Mul", "Add", "Gemm"),
                model.graph().nodes().stream().map(OnnxNode::operator).toList());
        assertEquals("a\nb\nc", model.metadata().get("labels"));
    }

    @Test
    void weightsGoToPyTorch() throws IOException {
        Path weights = folder.resolve("weights.safetensors");
        assertEquals(0, run(saved(), "--pytorch", weights), err::toString);
        try (TensorFile file = TensorFile.open(weights)) {
            assertEquals(List.of("0.weight", "0.bias"), List.copyOf(file.tensors().keySet()));
        }
    }

    @Test
    void shapeCanBeGivenWhereTheFileDoesNotTellIt() throws IOException {
        Path file = folder.resolve("open.safetensors");
        ModelFile.save(new Sequential(new ReLU()), file);
        Path onnx = folder.resolve("model.onnx");
        assertRefused("--shape: is not given", file, "--onnx", onnx);
        assertEquals(0, run(file, "--onnx", onnx, "--shape", "1,4,4"), err::toString);
        assertTrue(out.toString().contains("batch x 1 x 4 x 4"), out::toString);
    }

    private void assertRefused(String part, Object... arguments) {
        err.getBuffer().setLength(0);
        assertEquals(2, run(arguments));
        assertTrue(err.toString().contains(part), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void badInputIsOneLine() throws IOException {
        Path onnx = folder.resolve("model.onnx");
        assertRefused("export: is given no file to write", saved());
        assertRefused("no such file", folder.resolve("none"), "--onnx", onnx);
        assertRefused("input has 3 features", saved(), "--onnx", onnx, "--shape", "3");
        assertRefused("--shape", saved(), "--onnx", onnx, "--shape", "0");
        Path text = Files.writeString(folder.resolve("text"), "no model");
        assertRefused("text", text, "--onnx", onnx);
        assertTrue(Files.notExists(onnx));
    }
}
