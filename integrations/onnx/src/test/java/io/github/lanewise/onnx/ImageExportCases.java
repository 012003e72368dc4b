package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
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
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.norm.BatchNorm2d;

import java.util.ArrayList;
import java.util.List;

/** Cases of images and sequences of channels. */
final class ImageExportCases {

    private ImageExportCases() {}

    static List<ExportCase> all() {
        List<ExportCase> all = new ArrayList<>();
        all.addAll(convolutions());
        all.addAll(pools());
        all.addAll(paddings());
        all.addAll(networks());
        return all;
    }

    private static List<ExportCase> convolutions() {
        return List.of(
                of(new Conv1d(4, 6, 3).stride(2).padding(2).dilation(2).groups(2), 4, 9),
                of(new Conv1d(2, 3, 4).samePadding(), 2, 7),
                of(new Conv1d(2, 3, 3).causalPadding().dilation(2), 2, 7),
                of(new Conv1d(2, 3, 3).padding(0, 2), 2, 7),
                of(new Conv2d(4, 6, 3, 2).stride(2, 1).padding(1, 2).dilation(1, 2), 4, 7, 6),
                of(new Conv2d(4, 4, 3).groups(4).withoutBias(), 4, 6, 6),
                of(new Conv2d(2, 3, 4, 3).samePadding(), 2, 5, 6),
                of(new Conv2d(2, 3, 3).padding(0, 1, 2, 3), 2, 5, 6),
                of(new ConvTranspose1d(4, 2, 3).stride(2).padding(1).outputPadding(1), 4, 5),
                of(new ConvTranspose1d(4, 2, 3).groups(2).dilation(2).withoutBias(), 4, 5),
                of(new ConvTranspose1d(4, 2, 3).padding(1).dilation(3).outputPadding(2), 4, 5),
                of(new ConvTranspose2d(4, 2, 3, 2).stride(2).outputPadding(1, 0), 4, 4, 3),
                of(
                        new ConvTranspose2d(4, 2, 3, 2)
                                .stride(1, 2)
                                .dilation(2, 1)
                                .outputPadding(1, 1),
                        4,
                        4,
                        3));
    }

    private static List<ExportCase> pools() {
        return List.of(
                of(new AdaptiveAvgPool1d(3), 2, 7),
                of(new AdaptiveAvgPool1d(3), 2, 6),
                of(new LPPool1d(2, 3).stride(2).ceilMode(), 2, 8),
                of(new LPPool2d(4, 3, 2).stride(2, 1), 2, 7, 6),
                of(new LPPool3d(Float.POSITIVE_INFINITY, 2), 2, 4, 4, 3),
                of(new FractionalMaxPool2d(3, 2).outputSize(4, 6), 2, 7, 9),
                of(new FractionalMaxPool3d(2).outputRatio(0.5f), 2, 5, 4, 6),
                of(new AdaptiveAvgPool2d(2, 3), 2, 5, 7),
                of(new AdaptiveAvgPool2d(2, 2), 2, 4, 6),
                of(new AdaptiveMaxPool1d(3), 2, 7),
                of(new AdaptiveMaxPool2d(2, 3), 2, 5, 7),
                of(new AdaptiveMaxPool2d(2, 3), 2, 4, 6),
                of(new AvgPool1d(3).stride(2).padding(1).ceilMode().countIncludePad(false), 2, 8),
                of(new AvgPool1d(3).stride(2).padding(1).ceilMode(), 2, 8),
                of(new AvgPool2d(3, 2).stride(2, 1).padding(1).countIncludePad(false), 2, 6, 7),
                of(new AvgPool2d(3, 2).stride(2, 1).padding(1), 2, 6, 7),
                of(new AvgPool2d(2).ceilMode(), 1, 5, 5),
                of(new AvgPool2d(3).stride(2).padding(1).ceilMode(), 2, 6, 7),
                of(new GlobalAvgPool(), 3, 4, 2),
                of(new GlobalAvgPool(), 3, 4),
                of(new GlobalMaxPool(), 3, 4, 2),
                of(new MaxPool1d(3).stride(1).padding(1).dilation(2).ceilMode(), 2, 7),
                of(new MaxPool1d(3).stride(2).dilation(3).ceilMode(), 2, 8),
                of(new MaxPool2d(3, 2).stride(2, 1).padding(1, 0).dilation(1, 2), 2, 7, 6),
                of("unpooled series", unpooled(), 3, 8),
                of(new MaxPool2d(2).ceilMode(), 1, 5, 5),
                of(new MaxPool2d(3).stride(2).padding(1).ceilMode(), 2, 6, 7),
                of(new PixelShuffle(2), 8, 3, 2),
                of(new PixelUnshuffle(2), 2, 6, 4),
                of(new Upsample(3), 2, 3, 2),
                of(new Upsample(3), 2, 4),
                of(new Upsample(2).bilinear(), 2, 3, 2),
                of(new Upsample(3).bilinear(), 2, 4),
                of(new Upsample(2).bilinear().alignCorners(), 2, 3, 2));
    }

    /** Back from pools of a series, an image and a volume; windows lie apart. */
    private static Model unpooled() {
        Input x = new Input(3, 8);
        Value[] found = new MaxPool1d(2).call(x).toArray(Value[]::new);
        Value image = Value.merge(new MaxUnpool1d(2), found).then(new Reshape(2, 3, 4));
        Value[] flat =
                new MaxPool2d(3, 2).padding(1, 0).ceilMode().call(image).toArray(Value[]::new);
        Value volume =
                Value.merge(new MaxUnpool2d(3, 2).padding(1, 0).outputSize(3, 4), flat)
                        .then(new Reshape(1, 2, 3, 4));
        Value[] deep = new MaxPool3d(1, 2, 2).call(volume).toArray(Value[]::new);
        MaxUnpool3d last = new MaxUnpool3d(1, 2, 2).outputSize(2, 3, 4);
        return new Model(x, Value.merge(last, deep));
    }

    private static List<ExportCase> paddings() {
        return List.of(
                of(new CircularPad1d(1, 2), 2, 4),
                of(new CircularPad1d(-1, 2), 2, 4),
                of(new CircularPad2d(1, 2, 3, 0), 2, 4, 3),
                of(new ReflectionPad1d(1, 2), 2, 4),
                of(new ReflectionPad1d(2, -1), 2, 4),
                of(new ReflectionPad2d(1, 2, 3, 0), 2, 4, 3),
                of(new ReplicationPad1d(1, 2), 2, 4),
                of(new ReplicationPad2d(1, 2, 3, 0), 2, 4, 3),
                of(new ReplicationPad2d(-1, 2, 0, -2), 2, 4, 3),
                of(new ZeroPad1d(1, -2), 2, 4),
                of(new ZeroPad2d(1, 2, -1, 0), 2, 4, 3));
    }

    private static List<ExportCase> networks() {
        return List.of(
                of(
                        "convolutional network",
                        new Sequential(
                                new Conv2d(1, 4, 3).padding(1),
                                new BatchNorm2d(4),
                                new ReLU(),
                                new MaxPool2d(2),
                                new Flatten(),
                                new Dropout(),
                                new Linear(36, 3)),
                        1,
                        6,
                        6),
                of(
                        "residual network",
                        new Sequential(
                                new Conv2d(2, 4, 3).padding(1).withoutBias(),
                                new BatchNorm2d(4),
                                new Residual(
                                        new Conv2d(4, 4, 3).padding(1),
                                        new BatchNorm2d(4),
                                        new ReLU(),
                                        new Conv2d(4, 4, 3).padding(1)),
                                new GlobalAvgPool(),
                                new Linear(4, 3)),
                        2,
                        6,
                        6),
                of(
                        "vision transformer",
                        new Sequential(
                                new Patches(2, 2),
                                new Linear(4, 8),
                                new LearnedEncoding(9, 8),
                                new TransformerEncoderLayer(8, 2, 16),
                                new TransformerEncoderLayer(8, 4, 16).normFirst(),
                                new Reduce(Reduce.Kind.MEAN, 0),
                                new Linear(8, 3)),
                        1,
                        6,
                        6));
    }
}
