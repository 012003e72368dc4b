package io.github.lanewise.nn.random;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.AdaptiveAvgPool1d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool1d;
import io.github.lanewise.nn.conv.AvgPool1d;
import io.github.lanewise.nn.conv.CircularPad1d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.conv.GlobalMaxPool;
import io.github.lanewise.nn.conv.MaxPool1d;
import io.github.lanewise.nn.conv.ReflectionPad1d;
import io.github.lanewise.nn.conv.ReplicationPad1d;
import io.github.lanewise.nn.conv.ZeroPad1d;
import io.github.lanewise.nn.layer.Dropout1d;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;

import java.util.List;

/** Makers of layers that take sequences: channels x steps, or steps x features. */
final class SequenceMakers {

    private static final List<Maker> ALL =
            List.of(
                    (d, s) -> new AdaptiveAvgPool1d(d.number(1, 5)),
                    (d, s) -> new AdaptiveMaxPool1d(d.number(1, 5)),
                    SequenceMakers::avgPool,
                    SequenceMakers::maxPool,
                    (d, s) -> RowMakers.batchNorm(d, s[0]),
                    (d, s) -> new CircularPad1d(pad(d), pad(d)),
                    (d, s) -> new ReflectionPad1d(pad(d), pad(d)),
                    (d, s) -> new ReplicationPad1d(pad(d), pad(d)),
                    (d, s) -> new ZeroPad1d(d.number(-1, 2), d.number(-1, 2)),
                    SequenceMakers::conv,
                    SequenceMakers::conv,
                    SequenceMakers::convTranspose,
                    (d, s) -> new Dropout1d(d.real(0, 0.6f)),
                    (d, s) -> new GlobalAvgPool(),
                    (d, s) -> new GlobalMaxPool(),
                    (d, s) -> new GroupNorm(d.divisor(s[0]), s[0]),
                    SequenceMakers::instanceNorm,
                    (d, s) -> RowMakers.localResponse(d),
                    (d, s) -> RowMakers.linear(d, s[1]),
                    (d, s) -> RowMakers.layerNorm(d, s[1]),
                    (d, s) -> RowMakers.layerNorm(d, s[0], s[1]),
                    (d, s) -> RowMakers.rmsNorm(d, s[1]),
                    SequenceMakers::rnn,
                    SequenceMakers::lstm,
                    SequenceMakers::gru,
                    (d, s) -> new LearnedEncoding(d.number(s[0], s[0] + 3), s[1]),
                    (d, s) -> new SinusoidalEncoding(),
                    (d, s) -> new SwiGLU(),
                    SequenceMakers::attention,
                    SequenceMakers::encoder,
                    (d, s) -> new TimeDistributed(RowMakers.linear(d, s[1])));

    private SequenceMakers() {}

    static List<Maker> all() {
        return ALL;
    }

    private static int pad(Draw d) {
        return d.number(0, 2);
    }

    private static Layer avgPool(Draw d, int[] s) {
        int kernel = d.number(1, 3);
        AvgPool1d layer =
                new AvgPool1d(kernel)
                        .stride(d.number(1, 3))
                        .padding(d.number(0, kernel / 2))
                        .countIncludePad(d.chance(0.5));
        return d.chance(0.5) ? layer.ceilMode() : layer;
    }

    private static Layer maxPool(Draw d, int[] s) {
        int kernel = d.number(1, 3);
        MaxPool1d layer =
                new MaxPool1d(kernel)
                        .stride(d.number(1, 3))
                        .padding(d.number(0, kernel / 2))
                        .dilation(d.number(1, 2));
        return d.chance(0.5) ? layer.ceilMode() : layer;
    }

    private static Layer conv(Draw d, int[] s) {
        int groups = d.chance(0.7) ? 1 : d.divisor(s[0]);
        Conv1d layer =
                new Conv1d(s[0], groups * d.number(1, 4), d.number(1, 4))
                        .stride(d.number(1, 2))
                        .dilation(d.number(1, 2))
                        .groups(groups);
        switch (d.among(0, 3)) {
            case 0 -> layer.padding(d.number(0, 2));
            case 1 -> layer.padding(d.number(0, 2), d.number(0, 2));
            case 2 -> layer.stride(1).samePadding();
            default -> layer.causalPadding();
        }
        return d.chance(0.3) ? layer.withoutBias() : layer;
    }

    private static Layer convTranspose(Draw d, int[] s) {
        int groups = d.chance(0.7) ? 1 : d.divisor(s[0]);
        int stride = d.number(1, 3);
        ConvTranspose1d layer =
                new ConvTranspose1d(s[0], groups * d.number(1, 4), d.number(1, 3))
                        .stride(stride)
                        .padding(d.number(0, 1))
                        .dilation(d.number(1, 2))
                        .outputPadding(d.number(0, stride - 1))
                        .groups(groups);
        return d.chance(0.3) ? layer.withoutBias() : layer;
    }

    private static Layer instanceNorm(Draw d, int[] s) {
        InstanceNorm1d layer = new InstanceNorm1d(s[0]).eps(d.real(1e-5f, 1e-2f));
        return d.chance(0.5) ? layer.affine() : layer;
    }

    private static Layer rnn(Draw d, int[] s) {
        RNN layer = new RNN(s[1], d.number(1, 9)).numLayers(d.number(1, 2));
        if (d.chance(0.3)) {
            layer.relu();
        }
        if (d.chance(0.4)) {
            layer.bidirectional();
        }
        return d.chance(0.5) ? layer.lastOutput() : layer;
    }

    private static Layer lstm(Draw d, int[] s) {
        LSTM layer = new LSTM(s[1], d.number(1, 9)).numLayers(d.number(1, 2));
        if (d.chance(0.4)) {
            layer.bidirectional();
        }
        return d.chance(0.5) ? layer.lastOutput() : layer;
    }

    private static Layer gru(Draw d, int[] s) {
        GRU layer = new GRU(s[1], d.number(1, 9)).numLayers(d.number(1, 2));
        if (d.chance(0.4)) {
            layer.bidirectional();
        }
        return d.chance(0.5) ? layer.lastOutput() : layer;
    }

    private static Layer attention(Draw d, int[] s) {
        MultiheadAttention layer = new MultiheadAttention(s[1], d.divisor(s[1]));
        return d.chance(0.5) ? layer.causal() : layer;
    }

    private static Layer encoder(Draw d, int[] s) {
        TransformerEncoderLayer layer =
                new TransformerEncoderLayer(s[1], d.divisor(s[1]), d.size())
                        .activation(PointwiseMakers.activation(d));
        if (d.chance(0.5)) {
            layer.normFirst();
        }
        return d.chance(0.5) ? layer.causal() : layer;
    }
}
