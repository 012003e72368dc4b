package io.github.lanewise.bench;

import io.github.lanewise.bench.front.Characters;
import io.github.lanewise.bench.front.Convolutions;
import io.github.lanewise.bench.front.Encoder;
import io.github.lanewise.bench.front.Front;
import io.github.lanewise.bench.front.Patches;
import io.github.lanewise.bench.front.Plain;
import io.github.lanewise.bench.front.ResNet;
import io.github.lanewise.bench.front.RowReader;
import io.github.lanewise.bench.front.Sequences;
import io.github.lanewise.bench.front.Tabular;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;

import java.util.ArrayList;
import java.util.List;

/** Makes a network of ours of what it is described by. */
final class OurNet {

    private OurNet() {}

    /** Makes a network. */
    static Layer of(Front front, int... widths) {
        Layer[] head = head(front, widths);
        return switch (front) {
            case Plain unused -> new Sequential(head);
            case Convolutions unused -> sequential(convolutions(), head);
            case RowReader reader -> sequential(lastOutput(reader), head);
            case Patches patches -> sequential(patches(patches), head);
            case ResNet net -> ResNetModel.of(net, head);
            case Tabular table -> TabularModel.of(table, head);
            case Characters text -> sequential(characters(text), head);
            case Sequences sequences -> sequential(lastOutput(sequences), head);
        };
    }

    /** Makes the linear layers at the end, with ReLU between them. */
    private static Layer[] head(Front front, int... widths) {
        boolean eachStep = front.answers() > 1;
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < widths.length; i++) {
            Linear linear = new Linear(widths[i - 1], widths[i]);
            layers.add(eachStep ? new TimeDistributed(linear) : linear);
            if (i < widths.length - 1) {
                layers.add(new ReLU());
            }
        }
        return layers.toArray(Layer[]::new);
    }

    private static Sequential sequential(List<Layer> first, Layer... head) {
        List<Layer> layers = new ArrayList<>(first);
        layers.addAll(List.of(head));
        return new Sequential(layers.toArray(Layer[]::new));
    }

    private static List<Layer> lastOutput(RowReader reader) {
        return List.of(new LSTM(reader.side(), reader.units()).lastOutput());
    }

    private static List<Layer> lastOutput(Sequences reader) {
        return List.of(new GRU(reader.features(), reader.units()).bidirectional().lastOutput());
    }

    private static List<Layer> convolutions() {
        List<Layer> layers = new ArrayList<>();
        int channels = 1;
        for (int out : Convolutions.CHANNELS) {
            layers.add(new Conv2d(channels, out, Convolutions.KERNEL));
            layers.add(new ReLU());
            layers.add(new MaxPool2d(2));
            channels = out;
        }
        layers.add(new Flatten());
        return layers;
    }

    private static List<Layer> patches(Patches patches) {
        List<Layer> layers = new ArrayList<>();
        Encoder encoder = patches.encoder();
        layers.add(new TimeDistributed(new Linear(patches.values(), encoder.features())));
        for (int i = 0; i < encoder.layers(); i++) {
            layers.add(encoderLayer(encoder, new ReLU()));
        }
        layers.add(new LayerNorm(encoder.features()));
        layers.add(new Flatten());
        return layers;
    }

    private static List<Layer> characters(Characters text) {
        List<Layer> layers = new ArrayList<>();
        Encoder encoder = text.encoder();
        layers.add(new Embedding(text.characters(), encoder.features()));
        layers.add(new LearnedEncoding(text.steps(), encoder.features()));
        for (int i = 0; i < encoder.layers(); i++) {
            layers.add(encoderLayer(encoder, new GELU()).causal());
        }
        layers.add(new LayerNorm(encoder.features()));
        return layers;
    }

    private static TransformerEncoderLayer encoderLayer(Encoder encoder, Nonlinearity activation) {
        return new TransformerEncoderLayer(encoder.features(), encoder.heads(), encoder.hidden())
                .normFirst()
                .activation(activation)
                .dropout(0);
    }
}
