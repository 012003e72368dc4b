package io.github.lanewise.examples.fuzz;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.examples.digits.IdxReader;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Npy;
import io.github.lanewise.nn.file.Npz;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.model.Weights;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.tabular.Csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The readers of files, with sound files of their formats. */
final class FileTargets {

    private static final List<TensorData> TENSORS =
            List.of(
                    TensorData.of(
                            TensorInfo.of("a", DType.F32, 2, 3), new float[] {1, -2, 3, 0, 5, 6}),
                    TensorData.of(TensorInfo.of("b", DType.I64, 2), new long[] {1, -7}));

    private FileTargets() {}

    static List<FuzzTarget> all(Path folder, Path disk) {
        Layer known = model();
        return List.of(
                new FileTarget(
                        "json",
                        folder,
                        FileTargets::readJson,
                        f -> Files.writeString(f, "{\"a\":[1,-2.5e3,\"\\u00e4\\n\",null,true]}"),
                        f -> Files.writeString(f, "[[],{},{\"x\":{\"y\":[0.1]}}]")),
                new FileTarget(
                        "safetensors",
                        folder,
                        FileTargets::readTensors,
                        f -> Safetensors.write(f, Map.of("key", "value"), TENSORS),
                        f -> Files.write(f, withoutChecksum())),
                new FileTarget(
                        "npy",
                        folder,
                        FileTargets::readTensors,
                        f -> Npy.write(f, TENSORS.get(0)),
                        f -> Npy.write(f, TENSORS.get(1))),
                new FileTarget(
                        "npz",
                        disk,
                        FileTargets::readTensors,
                        f -> Npz.write(f, TENSORS),
                        f -> Npz.writeCompressed(f, TENSORS)),
                new FileTarget(
                        "torch",
                        disk,
                        FileTargets::readTensors,
                        f -> Files.write(f, FuzzTargets.resource("torch.pt"))),
                new FileTarget(
                        "model",
                        folder,
                        file -> readModel(file, folder.resolve("again")),
                        f -> ModelFile.save(model(), f),
                        f -> Files.write(f, withoutChecksum(folder, model()))),
                SealedTarget.of(
                        "architecture",
                        folder,
                        file -> readModel(file, folder.resolve("again")),
                        f -> ModelFile.save(model(), f)),
                SealedTarget.of(
                        "progress", folder, FileTargets::resume, f -> checkpoint(folder, f)),
                new FileTarget(
                        "weights",
                        folder,
                        file -> Weights.load(known, file),
                        f -> Weights.saveForPyTorch(model(), f)),
                new FileTarget(
                        "checkpoint", folder, FileTargets::resume, f -> checkpoint(folder, f)),
                new FileTarget(
                        "idx",
                        folder,
                        FileTargets::readIdx,
                        f -> Files.write(f, idx(3)),
                        f -> Files.write(f, idx(1)),
                        f -> Files.write(f, gzip(idx(3)))),
                new FileTarget(
                        "csv",
                        folder,
                        file -> Csv.read(file),
                        f -> Files.writeString(f, "a,b,c\n1,x,2020-01-02\n2,\"y\"\"z\",\n,,NA\n"),
                        f -> Files.writeString(f, "a;b\r\n1,5;\"x\ny\"\r\n")));
    }

    private static void readJson(Path file) throws IOException {
        Json json = Json.read(file);
        if (!Json.parse(json.toBytes(), "again").equals(json)) {
            throw new AssertionError("another value came back: " + json);
        }
    }

    /** Reads all arrays by every type; those that are of another must say so. */
    static void readTensors(Path path) throws IOException {
        try (TensorFile file = TensorFile.open(path)) {
            file.verify();
            for (TensorInfo tensor : file.tensors().values()) {
                if (tensor.dtype().isInteger()) {
                    file.readLongs(tensor.name());
                }
                file.readFloats(tensor.name());
            }
        }
    }

    private static void readModel(Path file, Path again) throws IOException {
        ModelFile model = ModelFile.open(file);
        model.save(again);
        byte[] first = Files.readAllBytes(again);
        ModelFile.open(again).save(again);
        if (!Arrays.equals(first, Files.readAllBytes(again))) {
            throw new AssertionError("written again, it has other bytes");
        }
    }

    private static Layer model() {
        return new Sequential(
                new Conv2d(1, 2, 2),
                new BatchNorm2d(2),
                new Flatten(),
                new Dropout(0.5f),
                new Linear(8, 2));
    }

    private static Trainer trainer() {
        return new Trainer(model(), new SoftmaxCrossEntropy(), new Adam(0.1f));
    }

    private static Dataset data() {
        return Dataset.of(Matrix.zeros(4, 9), new Shape(1, 3, 3), Targets.labels(0, 1, 0, 1));
    }

    private static void resume(Path file) throws IOException {
        try {
            trainer().resume(file).fit(data(), 1, 2);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void checkpoint(Path folder, Path file) throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder.resolve("run"));
        trainer().checkpoints(checkpoints.everySteps(1)).fit(data(), 1, 2);
        Files.write(file, Files.readAllBytes(checkpoints.latest().orElseThrow()));
    }

    private static void readIdx(Path file) throws IOException {
        IOException refused = null;
        try {
            IdxReader.images(file);
        } catch (IOException e) {
            refused = e;
        }
        IdxReader.labels(file);
        if (refused == null) {
            throw new AssertionError("both images and labels");
        }
    }

    private static byte[] idx(int dimensions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 8, (byte) dimensions});
        for (int i = 0; i < dimensions; i++) {
            bytes.writeBytes(new byte[] {0, 0, 0, 2});
        }
        bytes.writeBytes(new byte[1 << dimensions]);
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    /** A file as another program writes it, in which a change is not found out at once. */
    private static byte[] withoutChecksum() {
        String header =
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[8,12]}}";
        return withHeader(header, new byte[12]);
    }

    /** The file of a model, without the checksums. */
    private static byte[] withoutChecksum(Path folder, Layer model) throws IOException {
        Path file = folder.resolve("seed");
        ModelFile.save(model, file);
        byte[] bytes = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        String plain = header.replaceAll("\"lanewise.checksum\":\"[^\"]*\",?", "").strip();
        byte[] content = Arrays.copyOfRange(bytes, 8 + length, bytes.length);
        return withHeader(plain.replace(",}", "}"), content);
    }

    private static byte[] withHeader(String header, byte[] content) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(8 + text.length + content.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        return file.putLong(text.length).put(text).put(content).array();
    }
}
