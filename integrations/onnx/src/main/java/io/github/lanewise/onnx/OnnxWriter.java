package io.github.lanewise.onnx;

import com.google.protobuf.CodedOutputStream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Writes the messages of an ONNX file; field numbers are those of ONNX's format. */
final class OnnxWriter {

    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int TENSOR = 4;
    private static final int GRAPH = 5;

    /** The type of a list is that of its elements and this. */
    private static final int LIST = 5;

    /** A message that is written. */
    @FunctionalInterface
    private interface Content {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private OnnxWriter() {}

    static byte[] bytes(OnnxModel model) {
        return bytes(
                out -> {
                    out.writeInt64(1, model.irVersion());
                    text(out, 2, model.producer());
                    text(out, 3, model.producerVersion());
                    message(out, 7, inner -> graph(inner, model.graph()));
                    for (Map.Entry<String, Long> opset : model.opsets().entrySet()) {
                        message(
                                out,
                                8,
                                inner -> {
                                    text(inner, 1, opset.getKey());
                                    inner.writeInt64(2, opset.getValue());
                                });
                    }
                    for (Map.Entry<String, String> entry : model.metadata().entrySet()) {
                        message(
                                out,
                                14,
                                inner -> {
                                    text(inner, 1, entry.getKey());
                                    text(inner, 2, entry.getValue());
                                });
                    }
                    for (OnnxFunction function : model.functions()) {
                        message(out, 25, inner -> function(inner, function, model.opsets()));
                    }
                });
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            content.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OutOfMemoryError e) {
            throw new IllegalArgumentException(
                    "onnx: the model takes more than the 2 GB of the format, or than the heap", e);
        }
        return bytes.toByteArray();
    }

    private static void message(CodedOutputStream out, int field, Content content)
            throws IOException {
        out.writeByteArray(field, bytes(content));
    }

    /** An empty text is as good as none. */
    private static void text(CodedOutputStream out, int field, String text) throws IOException {
        if (!text.isEmpty()) {
            out.writeString(field, text);
        }
    }

    private static void graph(CodedOutputStream out, OnnxGraph graph) throws IOException {
        for (OnnxNode node : graph.nodes()) {
            message(out, 1, inner -> node(inner, node));
        }
        text(out, 2, graph.name());
        for (OnnxTensor tensor : graph.initializers()) {
            tensor(out, 5, tensor);
        }
        values(out, 11, graph.inputs());
        values(out, 12, graph.outputs());
        values(out, 13, graph.values());
    }

    private static void function(
            CodedOutputStream out, OnnxFunction function, Map<String, Long> opsets)
            throws IOException {
        text(out, 1, function.name());
        for (String input : function.inputs()) {
            out.writeString(4, input);
        }
        for (String output : function.outputs()) {
            out.writeString(5, output);
        }
        for (OnnxNode node : function.nodes()) {
            message(out, 7, inner -> node(inner, node));
        }
        for (Map.Entry<String, Long> opset : opsets.entrySet()) {
            message(
                    out,
                    9,
                    inner -> {
                        text(inner, 1, opset.getKey());
                        inner.writeInt64(2, opset.getValue());
                    });
        }
        text(out, 10, function.domain());
    }

    private static void node(CodedOutputStream out, OnnxNode node) throws IOException {
        for (String input : node.inputs()) {
            out.writeString(1, input);
        }
        for (String output : node.outputs()) {
            out.writeString(2, output);
        }
        text(out, 3, node.name());
        text(out, 4, node.operator());
        for (OnnxAttribute attribute : node.attributes()) {
            message(out, 5, inner -> attribute(inner, attribute));
        }
        text(out, 7, node.domain());
    }

    private static void attribute(CodedOutputStream out, OnnxAttribute attribute)
            throws IOException {
        text(out, 1, attribute.name());
        switch (attribute.value()) {
            case Float number -> out.writeFloat(2, number);
            case Long number -> out.writeInt64(3, number);
            case String text -> out.writeString(4, text);
            case OnnxTensor tensor -> tensor(out, 5, tensor);
            case OnnxGraph graph -> message(out, 6, inner -> graph(inner, graph));
            case List<?> list -> {
                for (Object element : list) {
                    element(out, element);
                }
            }
            default ->
                    throw new IllegalArgumentException(
                            "onnx: attribute %s is of a kind that is not written"
                                    .formatted(attribute.name()));
        }
        out.writeEnum(20, type(attribute.value()));
    }

    private static void element(CodedOutputStream out, Object element) throws IOException {
        switch (element) {
            case Float number -> out.writeFloat(7, number);
            case Long number -> out.writeInt64(8, number);
            case String text -> out.writeString(9, text);
            case OnnxTensor tensor -> tensor(out, 10, tensor);
            default -> message(out, 11, inner -> graph(inner, (OnnxGraph) element));
        }
    }

    private static int type(Object value) {
        return switch (value) {
            case Float number -> FLOAT;
            case Long number -> INT;
            case String text -> STRING;
            case OnnxTensor tensor -> TENSOR;
            case OnnxGraph graph -> GRAPH;
            case List<?> list -> LIST + (list.isEmpty() ? INT : type(list.getFirst()));
            default -> 0;
        };
    }

    private static void tensor(CodedOutputStream out, int field, OnnxTensor tensor)
            throws IOException {
        if (tensor.type().bytes() == 0) {
            throw new IllegalArgumentException(
                    "onnx: %s: an array of such a type is not written".formatted(tensor));
        }
        message(
                out,
                field,
                inner -> {
                    for (long dimension : tensor.shape()) {
                        inner.writeInt64(1, dimension);
                    }
                    inner.writeInt32(2, tensor.type().code());
                    text(inner, 8, tensor.name());
                    inner.writeByteBuffer(9, tensor.data());
                });
    }

    private static void values(CodedOutputStream out, int field, List<OnnxValueInfo> values)
            throws IOException {
        for (OnnxValueInfo value : values) {
            message(
                    out,
                    field,
                    inner -> {
                        text(inner, 1, value.name());
                        if (value.type() != OnnxType.UNDEFINED) {
                            message(inner, 2, kind -> message(kind, 1, t -> array(t, value)));
                        }
                    });
        }
    }

    private static void array(CodedOutputStream out, OnnxValueInfo value) throws IOException {
        out.writeInt32(1, value.type().code());
        if (value.shape() != null) {
            message(
                    out,
                    2,
                    shape -> {
                        for (OnnxDimension dimension : value.shape()) {
                            message(shape, 1, inner -> dimension(inner, dimension));
                        }
                    });
        }
    }

    private static void dimension(CodedOutputStream out, OnnxDimension dimension)
            throws IOException {
        if (dimension.size() != OnnxDimension.UNKNOWN) {
            out.writeInt64(1, dimension.size());
        } else {
            text(out, 2, dimension.name());
        }
    }
}
