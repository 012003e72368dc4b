package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.file.TensorFile;
import io.github.lanewise.nn.file.TensorInfo;
import io.github.lanewise.nn.model.ModelFile;
import io.github.lanewise.tabular.ModelCard;
import io.github.lanewise.tabular.TabularModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** Shows what is in a file of arrays or a model. */
@Command(
        name = "inspect",
        header = "Show what is in a model, a checkpoint or a file of arrays.",
        description =
                "Reads safetensors, NPY, NPZ, PyTorch's files of arrays and ONNX, and runs nothing"
                        + " of what is in them.",
        sortOptions = false)
final class InspectCommand implements Callable<Integer> {

    private static final String MODEL = "lanewise.format";
    private static final String TABULAR = "lanewise.tabular";
    private static final int LONGEST = 300;

    @Spec private CommandSpec spec;

    @Mixin private HelpOption help;

    @Parameters(paramLabel = "FILE", description = "file to look at")
    private Path path;

    private PrintWriter out;

    @Override
    public Integer call() throws IOException {
        out = spec.commandLine().getOut();
        if (OnnxInspection.isMeant(path)) {
            new OnnxInspection(path, out).print();
            out.flush();
            return 0;
        }
        try (TensorFile file = TensorFile.open(path)) {
            if (file.metadata().containsKey(TABULAR)) {
                print(TabularModel.load(path));
            }
            if (file.metadata().containsKey(MODEL)) {
                print(ModelFile.open(path));
            }
            printMetadata(file);
            printArrays(file);
        }
        out.flush();
        return 0;
    }

    private void say(String format, Object... values) {
        out.println(Complaint.line(text(format, values)));
    }

    private void print(TabularModel model) {
        say(
                "Predicts %s: %s %s",
                model.target().column(),
                model.target().task(),
                model.target().classes().isEmpty() ? "" : model.target().classes());
        ModelCard card = model.card();
        say(
                "Trained on %s, %,d rows, %,d bytes, SHA-256 %s",
                card.source().name(),
                card.source().rows(),
                card.source().bytes(),
                card.source().sha256().isEmpty() ? "none" : card.source().sha256());
        say("By %s on Java %s, seed %d", card.createdBy(), card.java(), card.seed());
        say("%s", card.recipe());
        say("Threshold %s; networks: %d", model.threshold(), model.networks().size());
        out.println();
        card.leaderBoard().forEach((name, measures) -> say("%-8s %s", name, measures));
        out.println();
        say("Columns, with an example of medians and most frequent levels:");
        Map<String, String> example = model.example();
        model.schema()
                .columns()
                .forEach(
                        plan ->
                                say(
                                        "  %s%s",
                                        plan,
                                        example.containsKey(plan.name())
                                                ? ", " + example.get(plan.name())
                                                : ""));
        out.println();
        printArchitecture(model.networks().getFirst());
    }

    private void print(ModelFile file) {
        say("%s", file);
        if (!file.labels().isEmpty()) {
            say("Labels: %s", String.join(", ", file.labels()));
        }
        printArchitecture(file.model());
    }

    private void printArchitecture(Layer network) {
        out.println("Architecture:");
        network.toString().lines().forEach(line -> out.println("  " + line));
        out.println();
    }

    private void printMetadata(TensorFile file) {
        file.metadata()
                .forEach(
                        (name, value) -> {
                            boolean known = name.startsWith(TABULAR);
                            String shown =
                                    known || value.length() > LONGEST
                                            ? text("%,d characters", value.length())
                                            : value;
                            say("%s: %s", name, shown);
                        });
        if (!file.metadata().isEmpty()) {
            out.println();
        }
    }

    private void printArrays(TensorFile file) throws IOException {
        int width = 5;
        long elements = 0;
        for (TensorInfo info : file.tensors().values()) {
            width = Math.max(width, Math.min(40, info.name().length()));
            elements += info.elements();
        }
        say(
                "%-" + width + "s %-5s %-16s %11s %11s %8s",
                "array",
                "type",
                "shape",
                "mean",
                "deviation",
                "zeros");
        for (TensorInfo info : file.tensors().values()) {
            ArrayStatistics statistics =
                    Memory.need("the array", "", () -> ArrayStatistics.of(file, info));
            say(
                    "%-" + width + "s %-5s %-16s %s",
                    info.name(),
                    info.dtype(),
                    info.shape(),
                    info.elements() == 0
                            ? "empty"
                            : statistics == null ? "a type that is not read" : statistics);
        }
        for (Map.Entry<String, String> entry : file.unreadable().entrySet()) {
            say("%s: not read: %s", entry.getKey(), entry.getValue());
        }
        say(
                "%,d arrays, %,d numbers%s",
                file.tensors().size(),
                elements,
                file.isChecksummed() ? ", checksums are right" : "");
    }
}
