package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.of;
import static io.github.lanewise.onnx.UnexportedCases.merge;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.conv.ChannelShuffle;
import io.github.lanewise.nn.conv.ConstantPad1d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.Unfold;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Part;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.Softmax2d;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.nn.layer.Unflatten;

import java.util.List;

/** Cases of the less usual layers. */
final class MoreExportCases {

    private MoreExportCases() {}

    static List<ExportCase> all() {
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
