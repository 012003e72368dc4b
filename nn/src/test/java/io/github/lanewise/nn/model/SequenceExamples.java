package io.github.lanewise.nn.model;

import static io.github.lanewise.nn.model.Example.of;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.AttentionMap;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Part;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;

import java.util.ArrayList;
import java.util.List;

/** Recurrent layers and attention. */
final class SequenceExamples {

    private SequenceExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(sequences());
        all.addAll(recurrent());
        all.addAll(attentions());
        all.add(translator());
        all.add(transformer());
        all.add(looking());
        return all;
    }

    private static List<Example> sequences() {
        return List.of(
                of(new GRU(3, 4).numLayers(2).bidirectional(), 5, 3),
                of(new LSTM(3, 4).lastOutput(), 5, 3),
                of(new RNN(3, 4).relu().bidirectional().lastOutput(), 5, 3),
                of(new RNN(3, 4), 5, 3),
                of(new LayerNorm(3, 2).eps(1e-3f), 3, 2),
                of(new LayerNorm(4).withoutBias(), 3, 4),
                of(new LayerNorm(4).withoutAffine(), 3, 4),
                of(new RMSNorm(4).eps(1e-4f), 3, 4),
                of(new RMSNorm(4).withoutAffine(), 3, 4),
                of(new LearnedEncoding(6, 4), 5, 4),
                of(new MultiheadAttention(6, 2).causal(), 4, 6),
                of(new SinusoidalEncoding(), 4, 6),
                of(new TimeDistributed(new Linear(3, 2)), 4, 3),
                of(
                        new TransformerEncoderLayer(6, 2, 8)
                                .dropout(0)
                                .normFirst()
                                .activation(new GELU(GELU.Approximate.TANH)),
                        4,
                        6),
                of(new TransformerEncoderLayer(6, 3, 8).causal().dropout(0), 4, 6));
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

    private static Example transformer() {
        Input source = new Input(4, 8);
        Input target = new Input(3, 8);
        Transformer layer =
                new Transformer(8, 2, 1, 2, 9).causal().normFirst().layerNormEps(1e-3f).rotary();
        Value made = Value.merge(layer, source, target);
        return of(new Model(List.of(source, target), List.of(made)), 56);
    }
}
