package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.merge;
import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.AttentionMap;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.norm.LayerNorm;

import java.util.List;

/** Cases of attention with its options, and of stacks of it. */
final class AttentionExportCases {

    private static final float HIDDEN = Float.NEGATIVE_INFINITY;

    private AttentionExportCases() {}

    private static MultiheadAttention plain() {
        return new MultiheadAttention(8, 4);
    }

    static List<ExportCase> all() {
        Shape queries = new Shape(3, 8);
        Shape keys = new Shape(5, 8);
        MultiheadAttention wide = plain().kdim(6).vdim(2).keyValueHeads(2);
        return List.of(
                of(plain().withoutBias().dropout(0.2f), 5, 8),
                of(plain().keyValueHeads(2), 5, 8),
                of(plain().keyValueHeads(1).rotary().causal(), 5, 8),
                of(new MultiheadAttention(8, 2).rotary(50).withoutBias(), 5, 8),
                merge(plain(), queries, keys),
                merge(plain().causal().keyValueHeads(2), queries, keys),
                merge(plain().rotary(), queries, keys),
                merge(plain().withoutBias(), queries, keys, keys),
                merge(wide, queries, new Shape(5, 6), new Shape(5, 2)),
                merge(plain(), queries, keys, keys, new Shape(3, 5)),
                merge(plain(), queries, keys, keys, new Shape(4, 3, 5)),
                of("attention that hides", hiding(), 3, 4),
                of(new AdaptiveLogSoftmax(8, 9, 2, 5).divValue(2), 8),
                of(new AdaptiveLogSoftmax(8, 9, 2, 5).divValue(2).headBias(), 3, 8),
                merge(new AttentionMap(plain()), queries),
                merge(new AttentionMap(plain().causal()).averaged(), queries),
                merge(new AttentionMap(plain().rotary()).averaged(), queries, keys),
                of(encoderLayer().normFirst().withoutBias().layerNormEps(1e-3f), 5, 8),
                of(new TransformerEncoder(encoderLayer(), encoderLayer().causal()), 5, 8),
                of(
                        new TransformerEncoder(() -> encoderLayer().rotary(), 2)
                                .norm(new LayerNorm(8)),
                        5,
                        8),
                merge(decoderLayer(), queries, keys),
                merge(decoderLayer().normFirst().causal().rotary(), queries, keys),
                merge(decoderLayer().withoutBias().keyValueHeads(2), queries, keys),
                merge(
                        new TransformerDecoder(decoderLayer().causal(), decoderLayer())
                                .norm(new LayerNorm(8)),
                        queries,
                        keys),
                merge(new TransformerDecoder(decoderLayer()), queries, keys),
                merge(new Transformer(8, 4, 2, 1, 6), keys, queries),
                merge(new Transformer(8, 4, 1, 2, 6).causal().normFirst(), keys, queries));
    }

    private static TransformerEncoderLayer encoderLayer() {
        return new TransformerEncoderLayer(8, 4, 6).activation(new GELU());
    }

    private static TransformerDecoderLayer decoderLayer() {
        return new TransformerDecoderLayer(8, 4, 6);
    }

    /** The second query sees no key. */
    private static Model hiding() {
        Input x = new Input(3, 4);
        Value mask =
                Value.constant(
                        new Shape(3, 3), 0, HIDDEN, 0, HIDDEN, HIDDEN, HIDDEN, 0.5f, 0, HIDDEN);
        return new Model(x, Value.merge(new MultiheadAttention(4, 2), x, x, x, mask));
    }
}
