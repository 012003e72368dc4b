package io.github.lanewise.onnx;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What an ONNX file holds.
 *
 * @param irVersion version of the format
 * @param opsets by domain, the version of its operators; the empty domain is ONNX's own
 * @param producer the program that made it, such as {@code pytorch}; may be empty
 * @param producerVersion its version; may be empty
 * @param graph the network
 * @param functions operators that the model defines itself
 * @param metadata what else the program wrote, by name
 */
public record OnnxModel(
        long irVersion,
        SequencedMap<String, Long> opsets,
        String producer,
        String producerVersion,
        OnnxGraph graph,
        List<OnnxFunction> functions,
        SequencedMap<String, String> metadata) {

    /** Copies lists and maps. */
    public OnnxModel {
        opsets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(opsets));
        Objects.requireNonNull(producer, "producer");
        Objects.requireNonNull(producerVersion, "producerVersion");
        Objects.requireNonNull(graph, "graph");
        functions = List.copyOf(functions);
        metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    }

    /** Makes a model of ONNX's own operators, without functions and metadata. */
    public OnnxModel(long irVersion, long opset, String producer, OnnxGraph graph) {
        this(
                irVersion,
                new LinkedHashMap<>(Map.of("", opset)),
                producer,
                "",
                graph,
                List.of(),
                new LinkedHashMap<>());
    }
}
