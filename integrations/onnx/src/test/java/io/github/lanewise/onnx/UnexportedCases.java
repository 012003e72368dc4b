package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.AttentionMap;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.AdaptiveAvgPool3d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool3d;
import io.github.lanewise.nn.conv.AvgPool3d;
import io.github.lanewise.nn.conv.ChannelShuffle;
import io.github.lanewise.nn.conv.CircularPad3d;
import io.github.lanewise.nn.conv.ConstantPad1d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.ConstantPad3d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.ConvTranspose3d;
import io.github.lanewise.nn.conv.Fold;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.ReflectionPad3d;
import io.github.lanewise.nn.conv.ReplicationPad3d;
import io.github.lanewise.nn.conv.Unfold;
import io.github.lanewise.nn.conv.ZeroPad3d;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Part;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.Dropout3d;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.Softmax2d;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.layer.Unflatten;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.InstanceNorm3d;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.RecurrentStates;

import java.util.Arrays;
import java.util.List;

/** Layers that export refuses: each stands here until it has a form in ONNX. */
final class UnexportedCases {

    private UnexportedCases() {}

    static List<ExportCase> all() {
        return List.of(
                of(new CELU(), 5),
                of(new Hardshrink(), 5),
                of(new RReLU(), 5),
                of(new Softmax2d(), 2, 3, 4),
                of(new Softmin(), 5),
                of(new Softshrink(), 5),
                of(new Tanhshrink(), 5),
                of(new Threshold(1, 2), 5),
                of(new Dropout3d(0.3f), 2, 3, 4, 5),
                of(new Unflatten(0, 2, 3), 6),
                of(new ChannelShuffle(2), 4, 3),
                of(new CircularPad3d(1), 2, 3, 4, 5),
                of(new ConstantPad1d(1, 2), 2, 3),
                of(new ConstantPad2d(1, 2), 2, 3, 4),
                of(new ConstantPad3d(1, 2), 2, 3, 4, 5),
                of(new ReflectionPad3d(1), 2, 3, 4, 5),
                of(new ReplicationPad3d(1), 2, 3, 4, 5),
                of(new ZeroPad3d(1), 2, 3, 4, 5),
                of(new AdaptiveAvgPool3d(2), 2, 3, 4, 5),
                of(new AdaptiveMaxPool3d(2), 2, 3, 4, 5),
                of(new AvgPool3d(2), 2, 3, 4, 5),
                of(new MaxPool3d(2), 2, 3, 4, 5),
                of(new Conv3d(2, 3, 2), 2, 3, 4, 5),
                of(new ConvTranspose3d(2, 3, 2), 2, 3, 4, 5),
                of(new BatchNorm3d(2), 2, 3, 4, 5),
                of(new InstanceNorm3d(2), 2, 3, 4, 5),
                of(new Unfold(2), 2, 3, 4),
                of(new Fold(3, 4, 2, 2), 8, 6),
                of(new WeightNorm(new Linear(3, 2)), 3),
                of(new SpectralNorm(new Linear(3, 2)), 3),
                of(new TiedLinear(new Embedding(5, 3)), 3),
                of(new Part(List.of(new Shape(2), new Shape(3)), 1), 5),
                of(new TransformerEncoder(new TransformerEncoderLayer(4, 2, 3)), 3, 4),
                merge(new Bilinear(3, 2, 4), new Shape(3), new Shape(2)),
                merge(new CosineSimilarity(), new Shape(3), new Shape(3)),
                merge(new PairwiseDistance(), new Shape(3), new Shape(3)),
                merge(new EmbeddingBag(5, 3), new Shape(4)),
                merge(new TransformerDecoderLayer(4, 2, 3), new Shape(3, 4), new Shape(5, 4)),
                merge(
                        new TransformerDecoder(new TransformerDecoderLayer(4, 2, 3)),
                        new Shape(3, 4),
                        new Shape(5, 4)),
                merge(new AttentionMap(new MultiheadAttention(4, 2)), new Shape(3, 4)),
                merge(new RecurrentStates(new GRU(3, 2)), new Shape(4, 3)));
    }

    /** Makes a model of one layer of several inputs. */
    static ExportCase merge(Merge layer, Shape... shapes) {
        List<Input> inputs = Arrays.stream(shapes).map(Input::new).toList();
        Model model = new Model(inputs, List.of(Value.merge(layer, inputs.toArray(Value[]::new))));
        int features = Arrays.stream(shapes).mapToInt(Shape::features).sum();
        Shape input = shapes.length == 1 ? shapes[0] : new Shape(features);
        return new ExportCase(layer.toString().replaceAll("\\s+", " "), model, input);
    }

    /** Returns the layer that a case is about. */
    static Layer layer(ExportCase one) {
        return one.model() instanceof Model model ? model.calls().getLast().layer() : one.model();
    }
}
