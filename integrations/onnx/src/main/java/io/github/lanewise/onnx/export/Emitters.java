package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For each layer of the library how it is said in ONNX. */
final class Emitters {

    /** All that there are. */
    static final Emitters STANDARD = standard();

    private final Map<Class<?>, MergeEmitter<Layer>> byClass = new HashMap<>();

    private static Emitters standard() {
        Emitters all = new Emitters();
        ActivationEmitters.add(all);
        RowEmitters.add(all);
        OperationEmitters.add(all);
        ConvolutionEmitters.add(all);
        PoolEmitters.add(all);
        UnpoolEmitters.add(all);
        ImageEmitters.add(all);
        PaddingEmitters.add(all);
        BlockEmitters.add(all);
        PairEmitters.add(all);
        NormEmitters.add(all);
        RecurrentEmitters.add(all);
        AttentionEmitters.add(all);
        MultiheadEmitters.add(all);
        ReparametrizedEmitters.add(all);
        WiringEmitters.add(all);
        return all;
    }

    /** Adds a layer of one input; layers of subclasses are others. */
    <L extends Layer> Emitters with(Class<L> layer, Emitter<? super L> emitter) {
        return withMerge(
                layer,
                (graph, one, inputs) -> {
                    if (inputs.size() != 1) {
                        throw graph.refusal(one, inputs.size() + " inputs");
                    }
                    return emitter.emit(graph, one, inputs.getFirst());
                });
    }

    /** Adds a layer of any number of inputs. */
    <L extends Layer> Emitters withMerge(Class<L> layer, MergeEmitter<? super L> emitter) {
        byClass.put(layer, (graph, one, inputs) -> emitter.emit(graph, layer.cast(one), inputs));
        return this;
    }

    /**
     * Adds the nodes of a layer.
     *
     * @param where it stands, for the message
     * @throws IllegalArgumentException if it is none of the library
     */
    Wire emit(GraphBuilder graph, String where, Layer layer, List<Wire> inputs) {
        MergeEmitter<Layer> emitter = byClass.get(layer.getClass());
        if (emitter == null) {
            throw new IllegalArgumentException(
                    "OnnxExport: %s is a %s, which has no form in ONNX; put layers of the library in its place, or export what stands before it"
                            .formatted(
                                    where.isEmpty() ? "the model" : "layer " + where,
                                    layer.getClass().getName()));
        }
        return emitter.emit(graph, layer, inputs);
    }
}
