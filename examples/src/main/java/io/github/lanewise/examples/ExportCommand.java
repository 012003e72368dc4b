package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.Json;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.nn.model.Weights;
import io.github.lanewise.onnx.OnnxFile;
import io.github.lanewise.onnx.OnnxModel;
import io.github.lanewise.onnx.OnnxValueInfo;
import io.github.lanewise.onnx.export.OnnxExport;
import io.github.lanewise.serve.ModelLoader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Gives a model to other programs. */
@Command(
        name = "export",
        header = "Write a model for ONNX or PyTorch.",
        description =
                "Takes a model file, such as mnist writes. The ONNX file takes inputs as serve"
                        + " does: what must become of them first is in it.",
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {

    private static final String TABULAR = "lanewise.tabular";

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Parameters(paramLabel = "MODEL", description = "model file, in safetensors")
    private Path path;

    @Option(names = "--onnx", paramLabel = "FILE", description = "write an ONNX model")
    private Path onnx;

    @Option(
            names = "--pytorch",
            paramLabel = "FILE",
            description = "write the weights, in safetensors, for PyTorch's load_state_dict")
    private Path pytorch;

    @Option(
            names = "--shape",
            paramLabel = "N",
            split = ",",
            description = "shape of a sample, such as 1,28,28, if the file does not tell it")
    private int[] shape;

    @Override
    public Integer call() throws IOException {
        BadInput.require(
                onnx != null || pytorch != null,
                "export",
                "given no file to write",
                "given --onnx FILE or --pytorch FILE");
        for (int size : shape == null ? new int[0] : shape) {
            BadInput.require(size >= 1, "--shape", size, "1 or more, for each dimension");
        }
        requireNetwork();
        ModelFile file = ModelFile.open(path);
        PrintWriter out = spec.commandLine().getOut();
        if (onnx != null) {
            OnnxModel model = onnx(file);
            OnnxFile.write(model, onnx);
            out.println(
                    text(
                            "ONNX      %s: %s -> %s",
                            onnx, names(model.graph().inputs()), names(model.graph().outputs())));
        }
        if (pytorch != null) {
            Weights.saveForPyTorch(file.model(), pytorch);
            out.println(
                    text(
                            "PyTorch   %s: %,d arrays",
                            pytorch,
                            file.model().parameters().size() + file.model().states().size()));
        }
        out.flush();
        return 0;
    }

    private static String names(List<OnnxValueInfo> values) {
        return values.stream().map(OnnxValueInfo::toString).collect(Collectors.joining(", "));
    }

    /** The networks of a table's model are of no use without what prepares its columns. */
    private void requireNetwork() throws IOException {
        try (TensorFile file = TensorFile.open(path)) {
            if (file.metadata().containsKey(TABULAR)) {
                throw new BadInput(
                        text(
                                "export: %s is a model of a table, whose networks take prepared"
                                        + " columns, and how to prepare them cannot be exported;"
                                        + " ask it by examples/run predict or serve",
                                path));
            }
        }
    }

    private OnnxModel onnx(ModelFile file) throws IOException {
        float scale = number(file, ModelLoader.SCALE, 1);
        float shift = number(file, ModelLoader.SHIFT, 0);
        try {
            OnnxExport export = OnnxExport.of(file).scaleInputs(scale, shift);
            if (shape != null) {
                export.inputShape(new Shape(shape));
            }
            BadInput.require(
                    shape != null || file.inputShape() != null,
                    "--shape",
                    "not given",
                    "given, for " + path + " does not tell the shape of a sample");
            return export.model();
        } catch (IllegalArgumentException e) {
            throw new BadInput(text("export: %s: %s", path, e.getMessage()), e);
        }
    }

    private static float number(ModelFile file, String name, float otherwise) throws IOException {
        Optional<Json> json = file.metadata(name);
        return json.isPresent() ? json.get().asFloat() : otherwise;
    }
}
