package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.merge;
import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.ChannelShuffle;
import io.github.lanewise.nn.conv.ConstantPad1d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.Fold;
import io.github.lanewise.nn.conv.Unfold;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Part;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureAlphaDropout;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.Softmax2d;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.layer.Unflatten;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;
import io.github.lanewise.nn.recurrent.RecurrentStates;

import java.util.List;

/** Cases of the less usual layers. */
final class RareExportCases {

    private RareExportCases() {}

    static List<ExportCase> all() {
        Embedding vectors = new Embedding(7, 3);
        Shape image = new Shape(3, 4);
        return List.of(
                of(new CELU(0.7f), 5),
                of(new Hardshrink(0.7f), 2, 5),
                of(new RReLU(0.1f, 0.4f), 5),
                of(new Softmax2d(), 2, 3, 4),
                of(new Softmin(), 2, 5),
                of(new Softshrink(0.7f), 2, 5),
                of(new Tanhshrink(), 5),
                of(new Threshold(0.3f, -2), 2, 5),
                of(new TiedLinear(new Embedding(5, 3)), 3),
                of(new TiedLinear(new Embedding(5, 3)).withoutBias(), 2, 3),
                of(
                        "Embedding and TiedLinear",
                        new Sequential(vectors, new Tanh(), new TiedLinear(vectors)),
                        4),
                of(new WeightNorm(new Linear(3, 2)), 3),
                of(new WeightNorm(new Conv2d(2, 3, 2).withoutBias()), 2, 4, 5),
                of(new WeightNorm(new ConvTranspose1d(2, 3, 2)), 2, 4),
                of(new SpectralNorm(new Linear(3, 2)), 3),
                of(
                        "norms of weights",
                        new Sequential(
                                new SpectralNorm(new Conv1d(2, 3, 2)),
                                new SpectralNorm(new ConvTranspose1d(3, 2, 2)),
                                new WeightNorm(new Conv1d(2, 3, 2))),
                        2,
                        5),
                merge(new EmbeddingBag(7, 3).mode(EmbeddingBag.Mode.MEAN), new Shape(4)),
                merge(new EmbeddingBag(7, 3).mode(EmbeddingBag.Mode.SUM), new Shape(2, 4)),
                merge(new EmbeddingBag(7, 3).mode(EmbeddingBag.Mode.MAX), new Shape(4)),
                of(new Fold(4, 5, 2, 3), 12, 9),
                of(new Fold(5, 6, 3, 2).stride(2, 3).padding(1, 2).dilation(1, 2), 12, 9),
                merge(new RecurrentStates(new GRU(3, 4)), new Shape(5, 3)),
                merge(
                        new RecurrentStates(new LSTM(3, 4).numLayers(2).bidirectional()),
                        new Shape(5, 3)),
                merge(
                        new RecurrentStates(new LSTM(3, 4).numLayers(2).bidirectional()),
                        new Shape(5, 3),
                        new Shape(4, 4),
                        new Shape(4, 4)),
                merge(
                        new RecurrentStates(new GRU(3, 4).numLayers(2).withoutBias().lastOutput()),
                        new Shape(5, 3),
                        new Shape(2, 4)),
                merge(
                        new RecurrentStates(new RNN(3, 4).relu().bidirectional()),
                        new Shape(5, 3),
                        new Shape(2, 4)),
                merge(new RNNCell(3, 4).relu(), new Shape(3), new Shape(4)),
                merge(new LSTMCell(3, 4), new Shape(3), new Shape(4), new Shape(4)),
                merge(new GRUCell(3, 4).withoutBias(), new Shape(3), new Shape(4)),
                merge(new GRUCell(3, 4), new Shape(3)),
                of(new FeatureAlphaDropout(0.3f), 4, 3),
                of(new Unflatten(1, 2, 3), 2, 6, 3),
                of(new ChannelShuffle(2), 6, 3, 2),
                of(new ConstantPad1d(1, -1, 2.5f), 2, 4),
                of(new ConstantPad2d(1, 2, 0, 3, -2.5f), 2, 3, 4),
                of(new Unfold(2, 3), 2, 4, 5),
                of(new Unfold(3, 2).stride(2, 1).padding(1, 2).dilation(1, 2), 2, 5, 6),
                of(new Part(List.of(new Shape(2), new Shape(2, 3), new Shape(1)), 1), 9),
                merge(new Bilinear(3, 2, 4), new Shape(3), new Shape(2)),
                merge(new Bilinear(3, 2, 4).withoutBias(), new Shape(3), new Shape(2)),
                merge(new CosineSimilarity(), new Shape(3), new Shape(3)),
                merge(new CosineSimilarity(1, 1.5f), image, image),
                merge(new CosineSimilarity(0, 1e-8f), image, image),
                merge(new PairwiseDistance(), new Shape(3), new Shape(3)),
                merge(new PairwiseDistance(1, 0.1f, true), image, image),
                merge(new PairwiseDistance(3.5f, 0.1f, false), image, image),
                merge(new PairwiseDistance(300, 0.1f, false), image, image),
                merge(new PairwiseDistance(Float.POSITIVE_INFINITY, 0.1f, false), image, image));
    }
}
