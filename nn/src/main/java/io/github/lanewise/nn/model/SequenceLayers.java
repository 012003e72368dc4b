package io.github.lanewise.nn.model;

import io.github.lanewise.nn.attention.AttentionMap;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.attention.TransformerLayer;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.internal.StackDepth;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;
import io.github.lanewise.nn.recurrent.Recurrent;
import io.github.lanewise.nn.recurrent.RecurrentStates;

import java.util.List;

/** How layers over sequences are made from their options. */
final class SequenceLayers {

    private SequenceLayers() {}

    static LayerTypes add(LayerTypes types) {
        return attention(cells(recurrent(types)));
    }

    private static LayerTypes recurrent(LayerTypes types) {
        return types.with("GRU", GRU.class, SequenceLayers::gru)
                .with("LSTM", LSTM.class, SequenceLayers::lstm)
                .with("RNN", RNN.class, SequenceLayers::rnn)
                .with(
                        "RecurrentStates",
                        RecurrentStates.class,
                        o -> new RecurrentStates(o.getLayer("layer", Recurrent.class)));
    }

    private static LayerTypes cells(LayerTypes types) {
        return types.with("GRUCell", GRUCell.class, SequenceLayers::gruCell)
                .with("LSTMCell", LSTMCell.class, SequenceLayers::lstmCell)
                .with("RNNCell", RNNCell.class, SequenceLayers::rnnCell);
    }

    private static GRUCell gruCell(LayerOptions o) throws FormatException {
        GRUCell cell = new GRUCell(o.getInt("inputSize"), o.getInt("hiddenSize"));
        return o.getBoolean("bias") ? cell : cell.withoutBias();
    }

    private static LSTMCell lstmCell(LayerOptions o) throws FormatException {
        LSTMCell cell = new LSTMCell(o.getInt("inputSize"), o.getInt("hiddenSize"));
        return o.getBoolean("bias") ? cell : cell.withoutBias();
    }

    private static RNNCell rnnCell(LayerOptions o) throws FormatException {
        RNNCell cell = new RNNCell(o.getInt("inputSize"), o.getInt("hiddenSize"));
        if (o.getString("nonlinearity", "tanh", "relu").equals("relu")) {
            cell.relu();
        }
        return o.getBoolean("bias") ? cell : cell.withoutBias();
    }

    private static GRU gru(LayerOptions o) throws FormatException {
        GRU layer =
                new GRU(o.getInt("inputSize"), o.getInt("hiddenSize"))
                        .numLayers(o.getInt("numLayers", StackDepth.MOST));
        if (o.getBoolean("bidirectional")) {
            layer.bidirectional();
        }
        if (hasNoBias(o)) {
            layer.withoutBias();
        }
        layer.dropout(dropout(o));
        return o.getBoolean("lastOutput") ? layer.lastOutput() : layer;
    }

    private static LSTM lstm(LayerOptions o) throws FormatException {
        LSTM layer =
                new LSTM(o.getInt("inputSize"), o.getInt("hiddenSize"))
                        .numLayers(o.getInt("numLayers", StackDepth.MOST));
        if (o.getBoolean("bidirectional")) {
            layer.bidirectional();
        }
        if (hasNoBias(o)) {
            layer.withoutBias();
        }
        if (o.has("projSize")) {
            layer.projSize(o.getInt("projSize"));
        }
        layer.dropout(dropout(o));
        return o.getBoolean("lastOutput") ? layer.lastOutput() : layer;
    }

    private static RNN rnn(LayerOptions o) throws FormatException {
        RNN layer =
                new RNN(o.getInt("inputSize"), o.getInt("hiddenSize"))
                        .numLayers(o.getInt("numLayers", StackDepth.MOST));
        if (o.getBoolean("bidirectional")) {
            layer.bidirectional();
        }
        if (o.getString("nonlinearity", "tanh", "relu").equals("relu")) {
            layer.relu();
        }
        if (hasNoBias(o)) {
            layer.withoutBias();
        }
        layer.dropout(dropout(o));
        return o.getBoolean("lastOutput") ? layer.lastOutput() : layer;
    }

    /** These options came after the first files of version 1, which have biases and no dropout. */
    private static boolean hasNoBias(LayerOptions o) throws FormatException {
        return o.has("bias") && !o.getBoolean("bias");
    }

    private static float dropout(LayerOptions o) throws FormatException {
        return o.has("dropout") ? o.getFloat("dropout") : 0;
    }

    private static LayerTypes attention(LayerTypes types) {
        return types.with("AttentionMap", AttentionMap.class, SequenceLayers::map)
                .with(
                        "LearnedEncoding",
                        LearnedEncoding.class,
                        o -> new LearnedEncoding(o.getInt("steps"), o.getInt("features")))
                .with("MultiheadAttention", MultiheadAttention.class, SequenceLayers::attention)
                .with("SinusoidalEncoding", SinusoidalEncoding.class, o -> new SinusoidalEncoding())
                .with("Transformer", Transformer.class, SequenceLayers::transformer)
                .with("TransformerDecoder", TransformerDecoder.class, SequenceLayers::decoder)
                .with(
                        "TransformerDecoderLayer",
                        TransformerDecoderLayer.class,
                        SequenceLayers::decoderLayer)
                .with("TransformerEncoder", TransformerEncoder.class, SequenceLayers::encoder)
                .with(
                        "TransformerEncoderLayer",
                        TransformerEncoderLayer.class,
                        SequenceLayers::encoderLayer);
    }

    private static AttentionMap map(LayerOptions o) throws FormatException {
        AttentionMap map = new AttentionMap(o.getLayer("attention", MultiheadAttention.class));
        return o.getBoolean("averaged") ? map.averaged() : map;
    }

    private static MultiheadAttention attention(LayerOptions o) throws FormatException {
        MultiheadAttention layer =
                new MultiheadAttention(o.getInt("embedDim"), o.getInt("numHeads"));
        if (o.getBoolean("causal")) {
            layer.causal();
        }
        if (o.has("dropout")) {
            layer.dropout(o.getFloat("dropout"));
        }
        if (o.has("kdim")) {
            layer.kdim(o.getInt("kdim"));
        }
        if (o.has("vdim")) {
            layer.vdim(o.getInt("vdim"));
        }
        if (o.has("keyValueHeads")) {
            layer.keyValueHeads(o.getInt("keyValueHeads"));
        }
        if (o.has("rotary")) {
            layer.rotary(o.getFloat("rotary"));
        }
        return o.has("bias") && !o.getBoolean("bias") ? layer.withoutBias() : layer;
    }

    private static TransformerEncoderLayer encoderLayer(LayerOptions o) throws FormatException {
        return withOptions(
                o,
                new TransformerEncoderLayer(
                        o.getInt("dModel"), o.getInt("nhead"), o.getInt("dimFeedforward")));
    }

    private static TransformerDecoderLayer decoderLayer(LayerOptions o) throws FormatException {
        return withOptions(
                o,
                new TransformerDecoderLayer(
                        o.getInt("dModel"), o.getInt("nhead"), o.getInt("dimFeedforward")));
    }

    private static Transformer transformer(LayerOptions o) throws FormatException {
        return withOptions(
                o,
                new Transformer(
                        o.getInt("dModel"),
                        o.getInt("nhead"),
                        o.getInt("numEncoderLayers", StackDepth.MOST),
                        o.getInt("numDecoderLayers", StackDepth.MOST),
                        o.getInt("dimFeedforward")));
    }

    /** Dropout and what follows it came after the first files of version 1. */
    private static <L extends TransformerLayer<L>> L withOptions(LayerOptions o, L layer)
            throws FormatException {
        layer.activation(o.getLayer("activation", Nonlinearity.class));
        if (o.getBoolean("normFirst")) {
            layer.normFirst();
        }
        if (o.getBoolean("causal")) {
            layer.causal();
        }
        layer.dropout(o.has("dropout") ? o.getFloat("dropout") : 0);
        if (o.has("layerNormEps")) {
            layer.layerNormEps(o.getFloat("layerNormEps"));
        }
        if (o.has("keyValueHeads")) {
            layer.keyValueHeads(o.getInt("keyValueHeads"));
        }
        if (o.has("rotary")) {
            layer.rotary(o.getFloat("rotary"));
        }
        return o.has("bias") && !o.getBoolean("bias") ? layer.withoutBias() : layer;
    }

    private static TransformerEncoder encoder(LayerOptions o) throws FormatException {
        List<TransformerEncoderLayer> layers = o.getLayers("layers", TransformerEncoderLayer.class);
        TransformerEncoder stack =
                new TransformerEncoder(layers.toArray(TransformerEncoderLayer[]::new));
        return o.has("norm") ? stack.norm(o.getLayer("norm")) : stack;
    }

    private static TransformerDecoder decoder(LayerOptions o) throws FormatException {
        List<TransformerDecoderLayer> layers = o.getLayers("layers", TransformerDecoderLayer.class);
        TransformerDecoder stack =
                new TransformerDecoder(layers.toArray(TransformerDecoderLayer[]::new));
        return o.has("norm") ? stack.norm(o.getLayer("norm")) : stack;
    }
}
