package io.github.lanewise.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Writes graphs of a few nodes, for tests. The batch is open and the first axis of each input. */
final class SmallGraph {

    private final long opset;
    private final List<OnnxValueInfo> inputs = new ArrayList<>();
    private final List<OnnxValueInfo> outputs = new ArrayList<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> initializers = new ArrayList<>();
    private final Random random = new Random(3);

    SmallGraph(long opset) {
        this.opset = opset;
    }

    /** Adds an input of floats; sizes are those of a sample. */
    SmallGraph input(String name, long... sizes) {
        return input(name, OnnxType.FLOAT, sizes);
    }

    SmallGraph input(String name, OnnxType type, long... sizes) {
        List<OnnxDimension> shape = new ArrayList<>();
        shape.add(OnnxDimension.of("batch"));
        for (long size : sizes) {
            shape.add(OnnxDimension.of(size));
        }
        return value(inputs, name, type, shape);
    }

    /** Adds an input of these dimensions, the batch among them. */
    SmallGraph rawInput(String name, OnnxType type, OnnxDimension... shape) {
        return value(inputs, name, type, List.of(shape));
    }

    private SmallGraph value(
            List<OnnxValueInfo> to, String name, OnnxType type, List<OnnxDimension> shape) {
        to.add(new OnnxValueInfo(name, type, shape));
        return this;
    }

    SmallGraph output(String name) {
        return output(name, OnnxType.FLOAT);
    }

    SmallGraph output(String name, OnnxType type) {
        return value(outputs, name, type, null);
    }

    /** Adds an array of random numbers from -1 to 1. */
    SmallGraph weight(String name, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 2 * random.nextFloat() - 1;
        }
        return array(OnnxTensor.of(name, numbers, shape));
    }

    SmallGraph longs(String name, long... numbers) {
        return array(OnnxTensor.of(name, numbers, numbers.length));
    }

    SmallGraph scalar(String name, float number) {
        return array(OnnxTensor.of(name, new float[] {number}));
    }

    SmallGraph array(OnnxTensor tensor) {
        initializers.add(tensor);
        return this;
    }

    /** Adds a node; inputs and outputs are names with spaces between, a point for none. */
    SmallGraph node(String operator, String takes, String makes, OnnxAttribute... attributes) {
        return node("", operator, takes, makes, attributes);
    }

    SmallGraph node(
            String domain,
            String operator,
            String takes,
            String makes,
            OnnxAttribute... attributes) {
        nodes.add(
                new OnnxNode(
                        "node" + nodes.size(),
                        domain,
                        operator,
                        names(takes),
                        names(makes),
                        List.of(attributes)));
        return this;
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split(" ")) {
            if (!name.isEmpty()) {
                names.add(".".equals(name) ? "" : name);
            }
        }
        return names;
    }

    /** Changes all nodes. */
    SmallGraph mapNodes(UnaryOperator<OnnxNode> change) {
        nodes.replaceAll(change);
        return this;
    }

    OnnxModel model() {
        LinkedHashMap<String, Long> opsets = new LinkedHashMap<>();
        opsets.put("", opset);
        opsets.put("ai.onnx.ml", 3L);
        OnnxGraph graph = new OnnxGraph("small", inputs, outputs, nodes, initializers, List.of());
        return new OnnxModel(
                8, opsets, "test", "", graph, List.of(), new LinkedHashMap<>(Map.of()));
    }

    Path write(Path folder) throws IOException {
        Path file = folder.resolve("small.onnx");
        OnnxFile.write(model(), file);
        return file;
    }
}
