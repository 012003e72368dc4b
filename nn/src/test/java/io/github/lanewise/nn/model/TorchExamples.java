package io.github.lanewise.nn.model;

import static io.github.lanewise.nn.model.Example.of;

import io.github.lanewise.nn.conv.AdaptiveAvgPool3d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool3d;
import io.github.lanewise.nn.conv.AvgPool3d;
import io.github.lanewise.nn.conv.ChannelShuffle;
import io.github.lanewise.nn.conv.CircularPad3d;
import io.github.lanewise.nn.conv.ConstantPad1d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.ConstantPad3d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
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
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.Dropout3d;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.Softmax2d;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.nn.layer.Unflatten;
import io.github.lanewise.nn.norm.BatchNorm3d;
import io.github.lanewise.nn.norm.InstanceNorm3d;
import io.github.lanewise.nn.norm.SpectralNorm;
import io.github.lanewise.nn.norm.WeightNorm;

import java.util.ArrayList;
import java.util.List;

/** More of {@link Example}: volumes, shrinking activations, pairs, bags, reparametrized weights. */
final class TorchExamples {

    private TorchExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(rows());
        all.addAll(volumes());
        all.addAll(images());
        all.add(of(pairs(), 5));
        return all;
    }

    private static List<Example> rows() {
        return List.of(
                of(new CELU(0.7f), 5),
                of(new Hardshrink(0.3f), 5),
                of(new RReLU(0.1f, 0.2f), 5),
                of(new Softmin(), 5),
                of(new Softshrink(0.3f), 5),
                of(new Tanhshrink(), 5),
                of(new Threshold(0.1f, -1), 5),
                of(new Unflatten(1, 2, 3), 2, 6),
                of(new WeightNorm(new Linear(5, 3)), 5),
                of(new SpectralNorm(new Linear(5, 3)).nPowerIterations(2).eps(1e-6f), 5));
    }

    private static List<Example> volumes() {
        return List.of(
                of(new AdaptiveAvgPool3d(2, 1, 3), 2, 3, 4, 5),
                of(new AdaptiveMaxPool3d(2, 1, 3), 2, 3, 4, 5),
                of(new AvgPool3d(2, 2, 3).padding(1, 0, 1).ceilMode(), 2, 3, 4, 5),
                of(new AvgPool3d(2).stride(1, 2, 1).countIncludePad(false), 2, 3, 4, 5),
                of(new MaxPool3d(2, 2, 3).dilation(1, 2, 1).padding(1, 0, 1), 2, 3, 4, 5),
                of(new MaxPool3d(3).stride(1).padding(1).dilation(1).ceilMode(), 2, 3, 4, 5),
                of(new Conv3d(2, 4, 2, 3, 1).stride(1, 2, 1).padding(1, 0, 1), 2, 3, 4, 5),
                of(new Conv3d(2, 4, 2).dilation(2, 1, 1).groups(2).withoutBias(), 2, 3, 4, 5),
                of(
                        new ConvTranspose3d(4, 2, 2, 3, 1)
                                .stride(2, 1, 3)
                                .padding(1, 0, 0)
                                .outputPadding(1, 0, 2),
                        4,
                        3,
                        2,
                        3),
                of(new ConvTranspose3d(4, 2, 2).groups(2).withoutBias(), 4, 3, 2, 3),
                of(new Dropout3d(0.3f), 4, 2, 2, 3),
                of(new BatchNorm3d(2).eps(1e-3f).momentum(0.3f), 2, 3, 4, 5),
                of(new InstanceNorm3d(2).eps(1e-3f).affine(), 2, 3, 4, 5),
                of(new CircularPad3d(1, 2, 3, 0, 1, 1), 2, 3, 4, 5),
                of(new ConstantPad3d(1, 2, -1, 0, 1, 1, 0.5f), 2, 3, 4, 5),
                of(new ReflectionPad3d(1, 2, 3, 0, 1, 1), 2, 3, 4, 5),
                of(new ReplicationPad3d(1, 2, 3, 0, 1, 1), 2, 3, 4, 5),
                of(new ZeroPad3d(1, 2, -1, 0, 1, 1), 2, 3, 4, 5));
    }

    private static List<Example> images() {
        return List.of(
                of(new ChannelShuffle(2), 4, 3),
                of(new ConstantPad1d(1, -2, 0.5f), 2, 4),
                of(new ConstantPad2d(1, 2, -1, 0, 0.5f), 2, 4, 3),
                of(new Fold(3, 4, 2, 1).stride(1, 2), 4, 4),
                of(new Unfold(2, 1).stride(1, 2).padding(1, 0).dilation(2, 1), 2, 3, 4),
                of(new Softmax2d(), 3, 4, 2),
                of(new WeightNorm(new Conv2d(2, 3, 2).groups(1)), 2, 4, 3),
                of(new SpectralNorm(new ConvTranspose1d(2, 3, 2)), 2, 4));
    }

    /** Numbers from 0 to 3 that are indices, too. */
    private static Model pairs() {
        Input x = new Input(5);
        Value indices = x.then(new Hardtanh(-1e-9f, 1e-9f)).times(0);
        Value bag =
                indices.then(
                        new EmbeddingBag(4, 3).mode(EmbeddingBag.Mode.MAX).paddingIdx(2).sparse());
        Value sum = Value.merge(new EmbeddingBag(4, 3).mode(EmbeddingBag.Mode.SUM), indices, x);
        Value looked = indices.then(new Embedding(4, 3).sparse(), new Linear(3, 3)).sum(0);
        Value near = Value.merge(new PairwiseDistance(3, 0.1f, true), bag, sum);
        Value alike = Value.merge(new CosineSimilarity(0, 0.1f), bag.plus(looked), sum);
        Value both = Value.merge(new Bilinear(3, 5, 2).withoutBias(), sum, x);
        return new Model(x, Value.concat(near, alike, both).then(new Sequential(new Linear(4, 2))));
    }
}
