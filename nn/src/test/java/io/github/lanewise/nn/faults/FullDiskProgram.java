package io.github.lanewise.nn.faults;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.callback.CsvLog;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.Npy;
import io.github.lanewise.nn.file.Npz;
import io.github.lanewise.nn.file.Safetensors;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorInfo;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.model.Weights;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Checkpoints;
import io.github.lanewise.nn.train.Trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Writes each kind of file into a folder in which it cannot be written whole, over an old one that
 * must stay as it was; prints what each attempt says. Argument: the folder.
 */
final class FullDiskProgram {

    private static final String OLD = "old";

    private final Path folder;

    private FullDiskProgram(Path folder) {
        this.folder = folder;
    }

    private interface Writer {
        void write(Path file) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        FullDiskProgram program = new FullDiskProgram(Path.of(arguments[0]));
        for (Map.Entry<String, Writer> writer : program.writers().entrySet()) {
            System.out.println(writer.getKey() + ": " + program.attempt(writer.getValue()));
        }
    }

    private Map<String, Writer> writers() {
        float[] noise = new float[20_000];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextFloat();
        }
        TensorData tensor = TensorData.of(TensorInfo.of("a", DType.F32, noise.length), noise);
        Layer model = new Linear(200, 100);
        Map<String, Writer> all = new LinkedHashMap<>();
        all.put("model", f -> ModelFile.save(model, f));
        all.put("weights", f -> Weights.saveForPyTorch(model, f));
        all.put("safetensors", f -> Safetensors.write(f, Map.of(), List.of(tensor)));
        all.put("npy", f -> Npy.write(f, tensor));
        all.put("npz", f -> Npz.write(f, List.of(tensor)));
        all.put("compressed npz", f -> Npz.writeCompressed(f, List.of(tensor)));
        all.put("json", f -> Json.of(noise).write(f));
        all.put("checkpoint", f -> checkpoint(f, model));
        all.put("log", this::log);
        return all;
    }

    private static Dataset data() {
        return Dataset.of(Matrix.zeros(4, 200), new Shape(200), Targets.labels(0, 1, 2, 3));
    }

    private void checkpoint(Path file, Layer model) {
        Path first = file.resolveSibling("step-000000000001.safetensors");
        Trainer trainer = new Trainer(model, new SoftmaxCrossEntropy(), new SGD(0.1f));
        trainer.checkpoints(new Checkpoints(first.getParent()).everySteps(1));
        trainer.fit(data(), 1, 4);
    }

    private void log(Path file) {
        Trainer trainer = new Trainer(new Linear(200, 4), new SoftmaxCrossEntropy(), new SGD(0.1f));
        trainer.fit(data(), 2_000, 4, new CsvLog(file));
    }

    private String attempt(Writer writer) throws IOException {
        Path file = folder.resolve("file");
        if (Files.isWritable(folder)) {
            Files.writeString(file, OLD);
        }
        String said;
        try {
            writer.write(file);
            said = "no error";
        } catch (IOException e) {
            said = e.getMessage();
        } catch (UncheckedIOException e) {
            said = e.getCause().getMessage();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(f -> f.getFileName().toString()).toList();
            if (!names.equals(List.of("file"))) {
                return "left " + names;
            }
        }
        // A log has grown, line by line, until there was no place for the next.
        String content = Files.readString(file);
        return content.equals(OLD) || content.endsWith("\n") ? said : "a torn file";
    }
}
