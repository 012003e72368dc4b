package io.github.lanewise.nn.random;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.conv.AdaptiveAvgPool2d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool2d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.CircularPad2d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.FractionalMaxPool2d;
import io.github.lanewise.nn.conv.GlobalAvgPool;
import io.github.lanewise.nn.conv.GlobalMaxPool;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.PixelShuffle;
import io.github.lanewise.nn.conv.PixelUnshuffle;
import io.github.lanewise.nn.conv.ReflectionPad2d;
import io.github.lanewise.nn.conv.ReplicationPad2d;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.conv.ZeroPad2d;
import io.github.lanewise.nn.layer.Dropout2d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm2d;

import java.util.List;

/** Makers of layers that take images: channels x height x width. */
final class ImageMakers {

    private static final List<Maker> ALL =
            List.of(
                    (d, s) -> new AdaptiveAvgPool2d(d.number(1, 4), d.number(1, 4)),
                    (d, s) -> new AdaptiveMaxPool2d(d.number(1, 4), d.number(1, 4)),
                    ImageMakers::avgPool,
                    ImageMakers::maxPool,
                    ImageMakers::batchNorm,
                    (d, s) -> new CircularPad2d(pad(d), pad(d), pad(d), pad(d)),
                    (d, s) -> new ReflectionPad2d(pad(d), pad(d), pad(d), pad(d)),
                    (d, s) -> new ReplicationPad2d(pad(d), pad(d), pad(d), pad(d)),
                    (d, s) -> new ZeroPad2d(crop(d), crop(d), crop(d), crop(d)),
                    ImageMakers::conv,
                    ImageMakers::conv,
                    ImageMakers::conv,
                    ImageMakers::convTranspose,
                    (d, s) -> new Dropout2d(d.real(0, 0.6f)),
                    ImageMakers::fractionalMaxPool,
                    (d, s) -> new GlobalAvgPool(),
                    (d, s) -> new GlobalMaxPool(),
                    (d, s) -> new GroupNorm(d.divisor(s[0]), s[0]),
                    ImageMakers::instanceNorm,
                    (d, s) -> RowMakers.localResponse(d),
                    (d, s) -> new Patches(d.divisor(s[1]), d.divisor(s[2])),
                    (d, s) -> new PixelShuffle(d.number(1, 2)),
                    (d, s) -> new PixelUnshuffle(d.divisor(Math.min(s[1], s[2]))),
                    ImageMakers::upsample,
                    (d, s) -> RowMakers.linear(d, s[2]),
                    (d, s) -> RowMakers.layerNorm(d, s[1], s[2]),
                    (d, s) -> RowMakers.rmsNorm(d, s[2]));

    private ImageMakers() {}

    static List<Maker> all() {
        return ALL;
    }

    private static int pad(Draw d) {
        return d.number(0, 2);
    }

    private static int crop(Draw d) {
        return d.number(-1, 2);
    }

    private static Layer avgPool(Draw d, int[] s) {
        int height = d.number(1, 3);
        int width = d.number(1, 3);
        AvgPool2d layer =
                new AvgPool2d(height, width)
                        .stride(d.number(1, 3), d.number(1, 3))
                        .padding(d.number(0, height / 2), d.number(0, width / 2))
                        .countIncludePad(d.chance(0.5));
        return d.chance(0.5) ? layer.ceilMode() : layer;
    }

    private static Layer fractionalMaxPool(Draw d, int[] s) {
        int height = d.number(1, Math.min(3, s[1]));
        int width = d.number(1, Math.min(3, s[2]));
        return new FractionalMaxPool2d(height, width)
                .outputSize(d.number(1, s[1] - height + 1), d.number(1, s[2] - width + 1));
    }

    private static Layer maxPool(Draw d, int[] s) {
        int height = d.number(1, 3);
        int width = d.number(1, 3);
        MaxPool2d layer =
                new MaxPool2d(height, width)
                        .stride(d.number(1, 3), d.number(1, 3))
                        .padding(d.number(0, height / 2), d.number(0, width / 2))
                        .dilation(d.number(1, 2), d.number(1, 2));
        return d.chance(0.5) ? layer.ceilMode() : layer;
    }

    private static Layer batchNorm(Draw d, int[] s) {
        BatchNorm2d layer =
                new BatchNorm2d(s[0])
                        .eps(d.real(1e-5f, 1e-2f))
                        .momentum(d.real(0, 1))
                        .frozen(d.chance(0.2));
        return d.chance(0.3) ? layer.withoutAffine() : layer;
    }

    private static Layer conv(Draw d, int[] s) {
        int groups = d.chance(0.6) ? 1 : d.divisor(s[0]);
        boolean square = d.chance(0.4);
        Conv2d layer =
                new Conv2d(
                        s[0],
                        groups * d.number(1, 5),
                        square ? 3 : d.number(1, 5),
                        square ? 3 : d.number(1, 5));
        layer.groups(groups).stride(d.number(1, 2), d.number(1, 2));
        if (!square) {
            layer.dilation(d.number(1, 2), d.number(1, 2));
        }
        switch (d.among(0, 2)) {
            case 0 -> layer.padding(pad(d), pad(d));
            case 1 -> layer.padding(pad(d), pad(d), pad(d), pad(d));
            default -> layer.stride(1).samePadding();
        }
        return d.chance(0.3) ? layer.withoutBias() : layer;
    }

    private static Layer convTranspose(Draw d, int[] s) {
        int groups = d.chance(0.7) ? 1 : d.divisor(s[0]);
        int down = d.number(1, 3);
        int right = d.number(1, 3);
        ConvTranspose2d layer =
                new ConvTranspose2d(s[0], groups * d.number(1, 3), d.number(1, 3), d.number(1, 3))
                        .stride(down, right)
                        .padding(d.number(0, 1), d.number(0, 1))
                        .dilation(d.number(1, 2), d.number(1, 2))
                        .outputPadding(d.number(0, down - 1), d.number(0, right - 1))
                        .groups(groups);
        return d.chance(0.3) ? layer.withoutBias() : layer;
    }

    private static Layer instanceNorm(Draw d, int[] s) {
        InstanceNorm2d layer = new InstanceNorm2d(s[0]).eps(d.real(1e-5f, 1e-2f));
        return d.chance(0.5) ? layer.affine() : layer;
    }

    private static Layer upsample(Draw d, int[] s) {
        Upsample layer = new Upsample(d.number(1, 3));
        if (d.chance(0.5)) {
            layer.bilinear();
            return d.chance(0.5) ? layer.alignCorners() : layer;
        }
        return layer;
    }
}
