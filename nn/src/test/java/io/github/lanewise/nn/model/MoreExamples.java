package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.AttentionMap;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.AdaptiveAvgPool1d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool1d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool2d;
import io.github.lanewise.nn.conv.AvgPool1d;
import io.github.lanewise.nn.conv.CircularPad1d;
import io.github.lanewise.nn.conv.CircularPad2d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.conv.GlobalMaxPool;
import io.github.lanewise.nn.conv.LPPool1d;
import io.github.lanewise.nn.conv.LPPool2d;
import io.github.lanewise.nn.conv.LPPool3d;
import io.github.lanewise.nn.conv.MaxPool1d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.MaxUnpool1d;
import io.github.lanewise.nn.conv.MaxUnpool2d;
import io.github.lanewise.nn.conv.MaxUnpool3d;
import io.github.lanewise.nn.conv.PixelShuffle;
import io.github.lanewise.nn.conv.PixelUnshuffle;
import io.github.lanewise.nn.conv.ReflectionPad1d;
import io.github.lanewise.nn.conv.ReflectionPad2d;
import io.github.lanewise.nn.conv.ReplicationPad1d;
import io.github.lanewise.nn.conv.ReplicationPad2d;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.conv.ZeroPad1d;
import io.github.lanewise.nn.conv.ZeroPad2d;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Learned;
import io.github.lanewise.nn.graph.MatMul;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Part;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.graph.Where;
import io.github.lanewise.nn.layer.AlphaDropout;
import io.github.lanewise.nn.layer.DropPath;
import io.github.lanewise.nn.layer.Dropout1d;
import io.github.lanewise.nn.layer.Dropout2d;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureAlphaDropout;
import io.github.lanewise.nn.layer.GEGLU;
import io.github.lanewise.nn.layer.GLU;
import io.github.lanewise.nn.layer.GaussianNoise;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.ReGLU;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reparameterize;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;

import java.util.ArrayList;
import java.util.List;

/** More of {@link Example}: windows, random layers, gated units, operations on values. */
final class MoreExamples {

    private MoreExamples() {}

    private static Example of(Layer model, int... input) {
        return new Example(model, new Shape(input));
    }

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(windows());
        all.addAll(paddings());
        all.addAll(rows());
        all.addAll(recurrent());
        all.add(of(graph(), 2, 3, 4));
        all.addAll(attentions());
        all.add(translator());
        all.add(transformer());
        all.add(unpooled());
        all.add(of(new AdaptiveLogSoftmax(8, 9, 2, 5).divValue(2).headBias(), 3, 8));
        all.add(of(tensors(), 3, 4));
        all.add(looking());
        return all;
    }

    private static List<Example> windows() {
        return List.of(
                of(new AdaptiveAvgPool1d(3), 2, 7),
                of(new AdaptiveMaxPool1d(3), 2, 7),
                of(new AdaptiveMaxPool2d(2, 3), 2, 5, 7),
                of(new AvgPool1d(3).stride(2).padding(1).ceilMode().countIncludePad(false), 2, 7),
                of(new Conv1d(2, 3, 4).samePadding(), 2, 7),
                of(new Conv1d(2, 3, 3).causalPadding().dilation(2), 2, 7),
                of(new Conv1d(2, 3, 3).padding(0, 2), 2, 7),
                of(new Conv2d(2, 3, 4, 3).samePadding(), 2, 5, 6),
                of(new Conv2d(2, 3, 3).padding(0, 1, 2, 3), 2, 5, 6),
                of(new ConvTranspose1d(4, 2, 3).stride(2).padding(1).outputPadding(1), 4, 5),
                of(new ConvTranspose1d(4, 2, 3).groups(2).dilation(2).withoutBias(), 4, 5),
                of(new GlobalAvgPool(), 3, 4, 2),
                of(new GlobalMaxPool(), 3, 4, 2),
                of(new MaxPool1d(3).stride(1).padding(1).dilation(2).ceilMode(), 2, 7),
                of(new LPPool1d(1.5f, 3).stride(2).ceilMode(), 2, 8),
                of(new LPPool2d(2, 3, 2).stride(2, 1), 2, 7, 6),
                of(new LPPool3d(Float.POSITIVE_INFINITY, 2).stride(1).ceilMode(), 2, 3, 4, 3),
                of(new PixelShuffle(2), 8, 3, 2),
                of(new PixelUnshuffle(2), 2, 6, 4),
                of(new Upsample(3), 2, 3, 2),
                of(new Upsample(2).bilinear().alignCorners(), 2, 3, 2),
                of(new InstanceNorm1d(3), 3, 5),
                of(new InstanceNorm2d(3).eps(1e-3f).affine(), 3, 4, 5),
                of(new LocalResponseNorm(3).alpha(0.1f).beta(0.5f).k(2), 5, 4));
    }

    private static List<Example> paddings() {
        return List.of(
                of(new CircularPad1d(1, 2), 2, 4),
                of(new CircularPad2d(1, 2, 3, 0), 2, 4, 3),
                of(new ReflectionPad1d(1, 2), 2, 4),
                of(new ReflectionPad2d(1, 2, 3, 0), 2, 4, 3),
                of(new ReplicationPad1d(1, 2), 2, 4),
                of(new ReplicationPad2d(1, 2, 3, 0), 2, 4, 3),
                of(new ZeroPad1d(1, -2), 2, 4),
                of(new ZeroPad2d(1, 2, -1, 0), 2, 4, 3));
    }

    private static List<Example> rows() {
        return List.of(
                of(new AlphaDropout(0.3f), 5),
                of(new FeatureAlphaDropout(0.3f), 4, 3),
                of(new DropPath(0.3f), 5),
                of(new Dropout1d(0.3f), 4, 5),
                of(new Dropout2d(0.3f), 4, 2, 3),
                of(new GaussianNoise(0.3f), 5),
                of(new Reparameterize(), 6),
                of(new GEGLU(), 6),
                of(new GLU(), 6),
                of(new GLU(0), 4, 3),
                of(new ReGLU(), 6),
                of(new SwiGLU(), 3, 6),
                of(new Reduce(Reduce.Kind.MEAN, 1).keepDim(), 3, 4));
    }

    private static List<Example> attentions() {
        Embedding tied = new Embedding(3, 4);
        return List.of(
                of(new MultiheadAttention(8, 4).keyValueHeads(2).rotary(500).withoutBias(), 4, 8),
                of(new MultiheadAttention(6, 2).dropout(0.2f), 4, 6),
                of(new TransformerEncoderLayer(8, 4, 6).rotary().keyValueHeads(1).causal(), 4, 8),
                of(
                        new TransformerEncoder(() -> new TransformerEncoderLayer(6, 2, 8), 2)
                                .norm(new LayerNorm(6)),
                        4,
                        6),
                of(new TransformerEncoder(() -> new TransformerEncoderLayer(6, 2, 8), 1), 4, 6),
                of(new Sequential(new TiedLinear(tied).withoutBias(), new Linear(3, 4)), 5, 4),
                of(new Sequential(new Linear(2, 4), new TiedLinear(tied)), 5, 2));
    }

    /** An attention, what it sees, and a linear layer. */
    private static Example looking() {
        Input x = new Input(3, 4);
        MultiheadAttention attention = new MultiheadAttention(4, 2);
        Value seen = Value.merge(attention, x, x).then(new Linear(4, 3));
        Value map = Value.merge(new AttentionMap(attention), x, x);
        Value mean = x.then(new AttentionMap(attention).averaged());
        return of(new Model(List.of(x), List.of(seen, map, mean)), 3, 4);
    }

    /** Two inputs side by side: attention to a memory, and decoders that see it. */
    private static Example translator() {
        Input own = new Input(3, 8);
        Input memory = new Input(4, 8);
        Value keys = memory.then(new Linear(8, 5));
        MultiheadAttention cross = new MultiheadAttention(8, 2).kdim(5).vdim(6);
        Value seen = Value.merge(cross, own, keys, memory.then(new Linear(8, 6)));
        TransformerDecoder decoder =
                new TransformerDecoder(
                                () ->
                                        new TransformerDecoderLayer(8, 2, 9)
                                                .layerNormEps(1e-3f)
                                                .withoutBias()
                                                .causal(),
                                2)
                        .norm(new LayerNorm(8));
        return of(new Model(List.of(own, memory), List.of(Value.merge(decoder, seen, memory))), 56);
    }

    private static Example unpooled() {
        Input x = new Input(3, 8);
        Value[] found = new MaxPool1d(3).stride(2).padding(1).call(x).toArray(Value[]::new);
        Value series = Value.merge(new MaxUnpool1d(3).stride(2).padding(1).outputSize(8), found);
        Value image = series.then(new Reshape(1, 4, 6));
        Value[] flat = new MaxPool2d(2).call(image).toArray(Value[]::new);
        Value volume = Value.merge(new MaxUnpool2d(2), flat).then(new Reshape(1, 2, 3, 4));
        Value[] deep = new MaxPool3d(1, 2, 2).call(volume).toArray(Value[]::new);
        MaxUnpool3d last = new MaxUnpool3d(1, 2, 2).outputSize(2, 3, 4);
        return of(new Model(x, Value.merge(last, deep)), 3, 8);
    }

    private static Example transformer() {
        Input source = new Input(4, 8);
        Input target = new Input(3, 8);
        Transformer layer =
                new Transformer(8, 2, 1, 2, 9).causal().normFirst().layerNormEps(1e-3f).rotary();
        Value made = Value.merge(layer, source, target);
        return of(new Model(List.of(source, target), List.of(made)), 56);
    }

    private static List<Example> recurrent() {
        Input x = new Input(5, 3);
        LSTM lstm = new LSTM(3, 4).numLayers(2).dropout(0.3f).projSize(2);
        List<Value> read = lstm.call(x);
        Value turned = new LSTM(2, 4).call(read.get(0).slice(0, 0, 3)).get(2);
        Value again = new LSTM(2, 4).call(read.get(0), turned, read.get(2).slice(0, 1, 2)).get(0);
        return List.of(
                of(new GRU(3, 4).withoutBias().numLayers(2).dropout(0.3f), 5, 3),
                of(new LSTM(3, 4).withoutBias().projSize(3).lastOutput(), 5, 3),
                of(new RNN(3, 4).withoutBias(), 5, 3),
                of(new Reduce(Reduce.Kind.LAST, 0), 3, 4),
                of(new Part(List.of(new Shape(2, 3), new Shape(4)), 1), 10),
                of(cells(), 3, 4),
                of(new Model(x, again), 5, 3));
    }

    /** Two steps of one cell of each kind; states go on from cell to cell. */
    private static Model cells() {
        Input x = new Input(3, 4);
        List<Value> steps = x.split(0, 1, 1, 1);
        Value[] at = new Value[3];
        for (int t = 0; t < at.length; t++) {
            at[t] = steps.get(t).then(new Reshape(4));
        }
        LSTMCell lstm = new LSTMCell(4, 5);
        GRUCell gru = new GRUCell(4, 5).withoutBias();
        RNNCell rnn = new RNNCell(4, 5).relu();
        Value[] states = lstm.call(at[0]).toArray(Value[]::new);
        states = lstm.call(at[1], states).toArray(Value[]::new);
        Value hidden = gru.call(at[2], states[0]).getFirst();
        hidden = gru.call(at[0], hidden).getFirst();
        hidden = rnn.call(at[2], rnn.call(at[1], hidden).getFirst()).getFirst();
        return new Model(x, hidden.plus(states[1]));
    }

    private static Model graph() {
        Input x = new Input(2, 3, 4);
        Value turned = x.permute(1, 0, 2).then(new Linear(4, 4)).slice(0, 1, 3);
        Value scaled = turned.divide(x.norm(2).max(1).plus(2).then(new Reshape(2, 1, 1)));
        Value joint = Value.concat(1, scaled, turned.times(0.5f).minus(1));
        return new Model(x, joint.times(Value.constant(new Shape(4), 1, 2, 3, 0.1f)));
    }

    private static Model tensors() {
        Input x = new Input(3, 4);
        Value turned = x.permute(1, 0).then(new Pointwise(Pointwise.Function.ERF));
        Value product = Value.merge(new MatMul(), x, turned).then(new IndexSelect(0, 2, 2, 0));
        Value trained = Value.merge(new Learned(new Shape(3)));
        Value squares = product.then(Pointwise.pow(2)).plus(trained);
        Value condition = product.then(new Pointwise(Pointwise.Function.HEAVISIDE));
        return new Model(x, Value.merge(new Where(), condition, product, squares));
    }
}
