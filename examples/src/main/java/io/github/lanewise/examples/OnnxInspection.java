package io.github.lanewise.examples;

import static io.github.lanewise.examples.Text.text;

import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Summary;
import io.github.lanewise.onnx.OnnxFile;
import io.github.lanewise.onnx.OnnxGraph;
import io.github.lanewise.onnx.OnnxImport;
import io.github.lanewise.onnx.OnnxModel;
import io.github.lanewise.onnx.OnnxNode;
import io.github.lanewise.onnx.OnnxTensor;
import io.github.lanewise.onnx.OnnxValueInfo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows an ONNX file: its nodes, its weights, and the model that it becomes. */
final class OnnxInspection {

    private static final String ENDING = ".onnx";

    private final Path path;
    private final PrintWriter out;

    OnnxInspection(Path path, PrintWriter out) {
        this.path = path;
        this.out = out;
    }

    /** Says by its name whether a file is one. */
    static boolean isMeant(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    private void say(String format, Object... values) {
        out.println(Complaint.line(text(format, values)));
    }

    void print() throws IOException {
        OnnxModel model = OnnxFile.read(path);
        OnnxGraph graph = model.graph();
        say(
                "ONNX, format %d, operators %s, by %s %s",
                model.irVersion(), model.opsets(), model.producer(), model.producerVersion());
        graph.inputs().forEach(input -> say("Input  %s", input));
        graph.outputs().forEach(output -> say("Output %s", output));
        model.metadata().forEach((name, value) -> say("%s: %s", name, value));
        out.println();
        Map<String, OnnxValueInfo> declared = new HashMap<>();
        graph.values().forEach(value -> declared.put(value.name(), value));
        for (OnnxNode node : graph.nodes()) {
            String made =
                    node.outputs().stream()
                            .map(name -> declared.containsKey(name) ? declared.get(name) : name)
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
            say(
                    "%-20s %s -> %s%s",
                    node.domain().isEmpty()
                            ? node.operator()
                            : node.domain() + "." + node.operator(),
                    String.join(", ", node.inputs()),
                    made,
                    node.attributes().isEmpty() ? "" : "  " + node.attributes());
        }
        out.println();
        printWeights(graph.initializers());
        out.println();
        printModel();
    }

    private void printWeights(List<OnnxTensor> weights) {
        long numbers = 0;
        for (OnnxTensor weight : weights) {
            numbers += weight.elements();
            say("%s", weight);
        }
        say("%,d arrays, %,d numbers", weights.size(), numbers);
    }

    private void printModel() throws IOException {
        try {
            Model model = OnnxImport.load(path);
            out.println("As a model:");
            Summary.of(model).toString().lines().forEach(line -> out.println("  " + line));
        } catch (FormatException e) {
            say("Not to be imported: %s", e.getMessage());
        }
    }
}
