package io.github.lanewise.nn.model;

import static io.github.lanewise.nn.model.Example.of;

import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.conv.AdaptiveAvgPool1d;
import io.github.lanewise.nn.conv.AdaptiveAvgPool2d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool1d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool2d;
import io.github.lanewise.nn.conv.AvgPool1d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.CircularPad1d;
import io.github.lanewise.nn.conv.CircularPad2d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.FractionalMaxPool2d;
import io.github.lanewise.nn.conv.FractionalMaxPool3d;
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
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.LocalResponseNorm;

import java.util.ArrayList;
import java.util.List;

/** Convolutions, pools, paddings and normalizations. */
final class ImageExamples {

    private ImageExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(images());
        all.addAll(windows());
        all.addAll(paddings());
        all.add(unpooled());
        return all;
    }

    private static List<Example> images() {
        return List.of(
                of(new AdaptiveAvgPool2d(2, 3), 2, 5, 7),
                of(new AvgPool2d(3, 2).stride(2, 1).padding(1).countIncludePad(false), 2, 6, 7),
                of(new AvgPool2d(2).ceilMode(), 1, 5, 5),
                of(new BatchNorm2d(3), 3, 4, 4),
                of(new Conv1d(4, 6, 3).stride(2).padding(2).dilation(2).groups(2), 4, 9),
                of(new Conv2d(4, 6, 3, 2).stride(2, 1).padding(1, 2).dilation(1, 2), 4, 7, 6),
                of(new Conv2d(4, 4, 3).groups(4).withoutBias(), 4, 6, 6),
                of(new ConvTranspose2d(4, 2, 3, 2).stride(2).outputPadding(1, 0), 4, 4, 3),
                of(new GroupNorm(2, 4).eps(1e-4f), 4, 3, 3),
                of(new MaxPool2d(3, 2).stride(2, 1).padding(1, 0).dilation(1, 2), 2, 7, 6),
                of(new MaxPool2d(2).ceilMode(), 1, 5, 5),
                of(new Patches(2, 3), 2, 4, 6));
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
                of(new FractionalMaxPool2d(2, 3).outputRatio(0.7f, 0.3f).returnIndices(), 2, 7, 8),
                of(new FractionalMaxPool3d(2).outputSize(2, 1, 3), 2, 3, 4, 4),
                of(new FractionalMaxPool2d(2).outputSize(3, 2), 2, 7, 8),
                of(new FractionalMaxPool3d(2).outputRatio(0.4f, 0.5f, 0.6f), 2, 5, 4, 4),
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
}
