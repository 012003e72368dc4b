package io.github.lanewise.onnx;

import io.github.lanewise.nn.file.FormatException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Reads the messages of an ONNX file; field numbers are those of ONNX's format. */
final class OnnxReader {

    private final ProtoInput in;
    private final TensorReader tensors;

    OnnxReader(ProtoInput in, ExternalData external) {
        this.in = in;
        this.tensors = new TensorReader(in, external);
    }

    OnnxModel model() throws IOException {
        var model =
                new Object() {
                    long version;
                    final SequencedMap<String, Long> opsets = new LinkedHashMap<>();
                    String producer = "";
                    String producerVersion = "";
                    OnnxGraph graph;
                    final List<OnnxFunction> functions = new ArrayList<>();
                    final SequencedMap<String, String> metadata = new LinkedHashMap<>();
                };
        in.fields(
                number -> {
                    switch (number) {
                        case 1 -> model.version = in.number();
                        case 2 -> model.producer = in.text();
                        case 3 -> model.producerVersion = in.text();
                        case 7 -> model.graph = graph();
                        case 8 -> opset(model.opsets);
                        case 14 -> tensors.entry(model.metadata);
                        case 25 -> ProtoInput.add(model.functions, function());
                        default -> in.skip();
                    }
                });
        if (model.graph == null) {
            throw new FormatException("expected a graph, found none; it is no ONNX model");
        }
        return new OnnxModel(
                model.version,
                model.opsets,
                model.producer,
                model.producerVersion,
                model.graph,
                model.functions,
                model.metadata);
    }

    private void opset(SequencedMap<String, Long> opsets) throws IOException {
        var opset =
                new Object() {
                    String domain = "";
                    long version;
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> opset.domain = in.text();
                        case 2 -> opset.version = in.number();
                        default -> in.skip();
                    }
                });
        opsets.put("ai.onnx".equals(opset.domain) ? "" : opset.domain, opset.version);
    }

    private OnnxGraph graph() throws IOException {
        var graph =
                new Object() {
                    String name = "";
                    final List<OnnxValueInfo> inputs = new ArrayList<>();
                    final List<OnnxValueInfo> outputs = new ArrayList<>();
                    final List<OnnxNode> nodes = new ArrayList<>();
                    final List<OnnxTensor> initializers = new ArrayList<>();
                    final List<OnnxValueInfo> values = new ArrayList<>();
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> ProtoInput.add(graph.nodes, node());
                        case 2 -> graph.name = in.text();
                        case 5 -> ProtoInput.add(graph.initializers, tensors.tensor());
                        case 11 -> ProtoInput.add(graph.inputs, valueInfo());
                        case 12 -> ProtoInput.add(graph.outputs, valueInfo());
                        case 13 -> ProtoInput.add(graph.values, valueInfo());
                        case 15 -> throw new FormatException("a sparse array; none is read");
                        default -> in.skip();
                    }
                });
        return new OnnxGraph(
                graph.name,
                graph.inputs,
                graph.outputs,
                graph.nodes,
                graph.initializers,
                graph.values);
    }

    private OnnxFunction function() throws IOException {
        var function =
                new Object() {
                    String name = "";
                    String domain = "";
                    final List<String> inputs = new ArrayList<>();
                    final List<String> outputs = new ArrayList<>();
                    final List<OnnxNode> nodes = new ArrayList<>();
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> function.name = in.text();
                        case 4 -> ProtoInput.add(function.inputs, in.text());
                        case 5 -> ProtoInput.add(function.outputs, in.text());
                        case 7 -> ProtoInput.add(function.nodes, node());
                        case 10 -> function.domain = in.text();
                        default -> in.skip();
                    }
                });
        return new OnnxFunction(
                function.domain, function.name, function.inputs, function.outputs, function.nodes);
    }

    private OnnxNode node() throws IOException {
        var node =
                new Object() {
                    final List<String> inputs = new ArrayList<>();
                    final List<String> outputs = new ArrayList<>();
                    String name = "";
                    String operator = "";
                    final List<OnnxAttribute> attributes = new ArrayList<>();
                    String domain = "";
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> ProtoInput.add(node.inputs, in.text());
                        case 2 -> ProtoInput.add(node.outputs, in.text());
                        case 3 -> node.name = in.text();
                        case 4 -> node.operator = in.text();
                        case 5 -> ProtoInput.add(node.attributes, attribute());
                        case 7 -> node.domain = in.text();
                        default -> in.skip();
                    }
                });
        String domain = "ai.onnx".equals(node.domain) ? "" : node.domain;
        return new OnnxNode(
                node.name, domain, node.operator, node.inputs, node.outputs, node.attributes);
    }

    /** The field that is there tells the kind; of an empty list and of 0 the type does. */
    private OnnxAttribute attribute() throws IOException {
        var attribute =
                new Object() {
                    String name = "";
                    Object value;
                    final List<Object> list = new ArrayList<>();
                    int type;
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> attribute.name = in.text();
                        case 2 -> attribute.value = in.real();
                        case 3 -> attribute.value = in.number();
                        case 4 -> attribute.value = in.text();
                        case 5 -> attribute.value = tensors.tensor();
                        case 6 -> attribute.value = graph();
                        case 7 -> in.reals(x -> attribute.list.add((float) x));
                        case 8 -> in.numbers(attribute.list::add);
                        case 9 -> ProtoInput.add(attribute.list, in.text());
                        case 10 -> ProtoInput.add(attribute.list, tensors.tensor());
                        case 11 -> ProtoInput.add(attribute.list, graph());
                        case 20 -> attribute.type = (int) in.number();
                        default -> in.skip();
                    }
                });
        Object value = attribute.list.isEmpty() ? attribute.value : attribute.list;
        return new OnnxAttribute(attribute.name, value == null ? absent(attribute.type) : value);
    }

    private static Object absent(int type) {
        return switch (type) {
            case 1 -> 0f;
            case 2 -> 0L;
            case 3 -> "";
            case 6, 7, 8, 9, 10 -> List.of();
            default -> OnnxAttribute.Unread.SOMETHING;
        };
    }

    private OnnxValueInfo valueInfo() throws IOException {
        var value =
                new Object() {
                    String name = "";
                    OnnxType type = OnnxType.UNDEFINED;
                    List<OnnxDimension> shape;
                };
        ProtoInput.Field array =
                number -> {
                    switch (number) {
                        case 1 -> value.type = OnnxType.of((int) in.number());
                        case 2 -> value.shape = shape();
                        default -> in.skip();
                    }
                };
        ProtoInput.Field kind =
                number -> {
                    if (number == 1) {
                        in.message(array);
                    } else {
                        in.skip();
                    }
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> value.name = in.text();
                        case 2 -> in.message(kind);
                        default -> in.skip();
                    }
                });
        return new OnnxValueInfo(value.name, value.type, value.shape);
    }

    private List<OnnxDimension> shape() throws IOException {
        List<OnnxDimension> shape = new ArrayList<>();
        in.message(
                number -> {
                    if (number == 1) {
                        ProtoInput.add(shape, dimension());
                    } else {
                        in.skip();
                    }
                });
        return shape;
    }

    private OnnxDimension dimension() throws IOException {
        var dimension =
                new Object() {
                    long size = OnnxDimension.UNKNOWN;
                    String name = "";
                };
        in.message(
                number -> {
                    switch (number) {
                        case 1 -> dimension.size = in.number();
                        case 2 -> dimension.name = in.text();
                        default -> in.skip();
                    }
                });
        return new OnnxDimension(dimension.size, dimension.name);
    }
}
