package io.github.lanewise.examples.fuzz;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.onnx.OnnxFile;
import io.github.lanewise.onnx.OnnxImport;
import io.github.lanewise.onnx.OnnxModel;
import io.github.lanewise.onnx.export.OnnxExport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The importer of ONNX, by the bytes of files and by graphs. */
final class OnnxTargets {

    /** A graph may compute 2^24 numbers of its constants, however small it is. */
    private static final long COMPUTED_BYTES = 512L << 20;

    private OnnxTargets() {}

    static List<FuzzTarget> all(Path folder) throws IOException {
        Path again = folder.resolve("again.onnx");
        return List.of(
                new FileTarget(
                                "onnx",
                                folder,
                                file -> read(file, again),
                                f -> export(images(), new Shape(1, 4, 4), f),
                                f -> export(new LSTM(2, 3), new Shape(3, 2), f),
                                f ->
                                        export(
                                                new TransformerEncoderLayer(4, 2, 4).dropout(0),
                                                new Shape(3, 4),
                                                f))
                        .mayTake(COMPUTED_BYTES),
                new FileTarget("onnxgraph", folder, file -> readGraph(file, again), graphs())
                        .mayTake(COMPUTED_BYTES));
    }

    private static FileTarget.FileWriter[] graphs() throws IOException {
        String all = new String(FuzzTargets.resource("graphs"), StandardCharsets.US_ASCII);
        return Arrays.stream(all.split("\n\n"))
                .map(text -> (FileTarget.FileWriter) f -> Files.writeString(f, text))
                .toArray(FileTarget.FileWriter[]::new);
    }

    private static Layer images() {
        return new Sequential(
                new Conv2d(1, 2, 2),
                new BatchNorm2d(2),
                new ReLU(),
                new Flatten(),
                new Linear(18, 2));
    }

    private static void export(Layer model, Shape input, Path file) throws IOException {
        new OnnxExport(model).inputShape(input).write(file);
    }

    private static void readGraph(Path text, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(text);
        OnnxFile.write(GraphText.model(new String(bytes, StandardCharsets.ISO_8859_1)), file);
        OnnxImport.load(file);
    }

    private static void read(Path file, Path again) throws IOException {
        OnnxModel model = OnnxFile.read(file);
        if (isWritten(model, again)) {
            requireSame(again);
        }
        OnnxImport.load(file);
    }

    /** What is of a kind that is not read is not written either. */
    private static boolean isWritten(OnnxModel model, Path file) throws IOException {
        try {
            OnnxFile.write(model, file);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void requireSame(Path again) throws IOException {
        byte[] first = Files.readAllBytes(again);
        OnnxFile.write(OnnxFile.read(again), again);
        if (!Arrays.equals(first, Files.readAllBytes(again))) {
            throw new AssertionError("written again, it has other bytes");
        }
    }
}
