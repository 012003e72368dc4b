package io.github.lanewise.examples.fuzz;

import io.github.lanewise.onnx.OnnxAttribute;
import io.github.lanewise.onnx.OnnxDimension;
import io.github.lanewise.onnx.OnnxGraph;
import io.github.lanewise.onnx.OnnxModel;
import io.github.lanewise.onnx.OnnxNode;
import io.github.lanewise.onnx.OnnxTensor;
import io.github.lanewise.onnx.OnnxType;
import io.github.lanewise.onnx.OnnxValueInfo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An ONNX graph as text, so that a change of a byte is a change of the graph, not a broken file. A
 * statement a line:
 *
 * <pre>
 * opset 17
 * input x 3 4          a sample of 3 x 4; the batch comes before
 * weight w 4 2         floats, of any values
 * longs s 0 -1         whole numbers
 * node MatMul x,w y    operator, inputs, outputs, options
 * node Flatten y z axis=1
 * output z
 * </pre>
 *
 * <p>Options are whole numbers, floats (with a point), lists of whole numbers (with commas) and
 * texts. Statements that are none are left out.
 */
final class GraphText {

    private static final long MOST_ELEMENTS = 4096;

    private long opset = 17;
    private final List<OnnxValueInfo> inputs = new ArrayList<>();
    private final List<OnnxValueInfo> outputs = new ArrayList<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxTensor> arrays = new ArrayList<>();

    static OnnxModel model(String text) {
        GraphText graph = new GraphText();
        for (String line : text.split("\n")) {
            try {
                graph.add(line.split(" "));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                continue; // no statement
            }
        }
        OnnxGraph made =
                new OnnxGraph(
                        "fuzz", graph.inputs, graph.outputs, graph.nodes, graph.arrays, List.of());
        return new OnnxModel(8, graph.opset, "fuzz", made);
    }

    private void add(String... words) {
        String name = words[1];
        switch (words[0]) {
            case "opset" -> opset = Long.parseLong(name);
            case "input" -> inputs.add(value(name, numbers(words)));
            case "output" -> outputs.add(new OnnxValueInfo(name, OnnxType.FLOAT, null));
            case "weight" -> arrays.add(weight(name, numbers(words)));
            case "longs" -> {
                long[] all = numbers(words);
                arrays.add(OnnxTensor.of(name, all, all.length));
            }
            case "node" -> nodes.add(node(words));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static long[] numbers(String... words) {
        return Arrays.stream(words).skip(2).mapToLong(Long::parseLong).toArray();
    }

    private static OnnxValueInfo value(String name, long... sizes) {
        List<OnnxDimension> shape = new ArrayList<>();
        shape.add(OnnxDimension.of("batch"));
        for (long size : sizes) {
            shape.add(OnnxDimension.of(size));
        }
        return new OnnxValueInfo(name, OnnxType.FLOAT, shape);
    }

    private static OnnxTensor weight(String name, long... sizes) {
        long count = 1;
        for (long size : sizes) {
            count *= Math.min(size, MOST_ELEMENTS);
            if (count < 0 || count > MOST_ELEMENTS) {
                throw new IllegalArgumentException("too many");
            }
        }
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 * 0.25f - 0.5f;
        }
        return OnnxTensor.of(name, values, sizes);
    }

    private static OnnxNode node(String... words) {
        List<OnnxAttribute> options = new ArrayList<>();
        for (String option : Arrays.asList(words).subList(4, words.length)) {
            String[] parts = option.split("=", 2);
            options.add(new OnnxAttribute(parts[0], optionValue(parts[1])));
        }
        return new OnnxNode(
                "", "", words[1], names(words[2]), names(words[3]), List.copyOf(options));
    }

    private static List<String> names(String text) {
        return List.of(text.split(",", -1));
    }

    private static Object optionValue(String text) {
        if (text.matches("-?[0-9]{1,18}")) {
            return Long.valueOf(text);
        }
        if (text.matches("(-?[0-9]{1,18},?)+")) {
            return Arrays.stream(text.split(",")).map(Long::valueOf).toList();
        }
        return text.matches("-?[0-9]*\\.[0-9]+") ? (Object) Float.valueOf(text) : text;
    }
}
