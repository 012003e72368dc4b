package io.github.lanewise.nn.model;

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
import io.github.lanewise.nn.conv.PixelShuffle;
import io.github.lanewise.nn.conv.PixelUnshuffle;
import io.github.lanewise.nn.conv.ReflectionPad1d;
import io.github.lanewise.nn.conv.ReflectionPad2d;
import io.github.lanewise.nn.conv.ReplicationPad1d;
import io.github.lanewise.nn.conv.ReplicationPad2d;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.conv.ZeroPad1d;
import io.github.lanewise.nn.conv.ZeroPad2d;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.LocalResponseNorm;

import java.util.function.Function;

/** How pools, paddings and normalizations of images and sequences are made from their options. */
final class WindowLayers {

    private WindowLayers() {}

    static LayerTypes add(LayerTypes types) {
        return norms(paddings(pools(sizes(types))));
    }

    /** Sets the padding of a convolution: a word, one number, or one for each end. */
    static void pad(LayerOptions o, Conv1d layer) throws FormatException {
        if (o.isString("padding")) {
            if (o.getString("padding", "same", "causal").equals("same")) {
                layer.samePadding();
            } else {
                layer.causalPadding();
            }
        } else if (o.isList("padding")) {
            int[] ends = o.getPair("padding");
            layer.padding(ends[0], ends[1]);
        } else {
            layer.padding(o.getInt("padding"));
        }
    }

    /** Sets the padding of a convolution: a word, two numbers, or one for each side. */
    static void pad(LayerOptions o, Conv2d layer) throws FormatException {
        if (o.isString("padding")) {
            o.getString("padding", "same");
            layer.samePadding();
            return;
        }
        int[] sides = o.getInts("padding");
        if (sides.length == 4) {
            layer.padding(sides[0], sides[1], sides[2], sides[3]);
        } else {
            int[] both = o.getPair("padding");
            layer.padding(both[0], both[1]);
        }
    }

    private static LayerTypes sizes(LayerTypes types) {
        return types.with(
                        "AdaptiveAvgPool1d",
                        AdaptiveAvgPool1d.class,
                        o -> new AdaptiveAvgPool1d(o.getInt("outputSize")))
                .with(
                        "AdaptiveMaxPool1d",
                        AdaptiveMaxPool1d.class,
                        o -> new AdaptiveMaxPool1d(o.getInt("outputSize")))
                .with("AdaptiveMaxPool2d", AdaptiveMaxPool2d.class, WindowLayers::adaptive)
                .with("GlobalAvgPool", GlobalAvgPool.class, o -> new GlobalAvgPool())
                .with("GlobalMaxPool", GlobalMaxPool.class, o -> new GlobalMaxPool())
                .with(
                        "PixelShuffle",
                        PixelShuffle.class,
                        o -> new PixelShuffle(o.getInt("upscaleFactor")))
                .with(
                        "PixelUnshuffle",
                        PixelUnshuffle.class,
                        o -> new PixelUnshuffle(o.getInt("downscaleFactor")))
                .with("Upsample", Upsample.class, WindowLayers::upsample);
    }

    private static AdaptiveMaxPool2d adaptive(LayerOptions o) throws FormatException {
        int[] size = o.getPair("outputSize");
        return new AdaptiveMaxPool2d(size[0], size[1]);
    }

    private static Upsample upsample(LayerOptions o) throws FormatException {
        Upsample layer = new Upsample(o.getInt("scaleFactor"));
        if (o.getString("mode", "nearest", "bilinear").equals("bilinear")) {
            layer.bilinear();
        }
        return o.getBoolean("alignCorners") ? layer.alignCorners() : layer;
    }

    private static LayerTypes pools(LayerTypes types) {
        return types.with("AvgPool1d", AvgPool1d.class, WindowLayers::avgPool)
                .with("LPPool1d", LPPool1d.class, WindowLayers::lpPool1d)
                .with("LPPool2d", LPPool2d.class, WindowLayers::lpPool2d)
                .with("LPPool3d", LPPool3d.class, WindowLayers::lpPool3d)
                .with("MaxPool1d", MaxPool1d.class, WindowLayers::maxPool)
                .with("ConvTranspose1d", ConvTranspose1d.class, WindowLayers::convTranspose);
    }

    private static LPPool1d lpPool1d(LayerOptions o) throws FormatException {
        LPPool1d layer =
                new LPPool1d(o.getFloat("normType"), MoreLayers.numbers(o, "kernelSize", 1)[0])
                        .stride(MoreLayers.numbers(o, "stride", 1)[0]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static LPPool2d lpPool2d(LayerOptions o) throws FormatException {
        int[] kernel = MoreLayers.numbers(o, "kernelSize", 2);
        int[] stride = MoreLayers.numbers(o, "stride", 2);
        LPPool2d layer =
                new LPPool2d(o.getFloat("normType"), kernel[0], kernel[1])
                        .stride(stride[0], stride[1]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static LPPool3d lpPool3d(LayerOptions o) throws FormatException {
        int[] kernel = MoreLayers.numbers(o, "kernelSize", 3);
        int[] stride = MoreLayers.numbers(o, "stride", 3);
        LPPool3d layer =
                new LPPool3d(o.getFloat("normType"), kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static AvgPool1d avgPool(LayerOptions o) throws FormatException {
        AvgPool1d layer =
                new AvgPool1d(o.getInt("kernelSize"))
                        .stride(o.getInt("stride"))
                        .padding(o.getInt("padding"))
                        .countIncludePad(o.getBoolean("countIncludePad"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static MaxPool1d maxPool(LayerOptions o) throws FormatException {
        MaxPool1d layer =
                new MaxPool1d(o.getInt("kernelSize"))
                        .stride(o.getInt("stride"))
                        .padding(o.getInt("padding"))
                        .dilation(o.getInt("dilation"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static ConvTranspose1d convTranspose(LayerOptions o) throws FormatException {
        int in = o.getInt("inChannels");
        ConvTranspose1d layer =
                new ConvTranspose1d(in, o.getInt("outChannels"), o.getInt("kernelSize"))
                        .stride(o.getInt("stride"))
                        .padding(o.getInt("padding"))
                        .dilation(o.getInt("dilation"))
                        .outputPadding(o.getInt("outputPadding"))
                        .groups(o.getInt("groups"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static LayerTypes paddings(LayerTypes types) {
        return types.with(
                        "CircularPad1d",
                        CircularPad1d.class,
                        o -> padding(o, 2, p -> new CircularPad1d(p[0], p[1])))
                .with(
                        "CircularPad2d",
                        CircularPad2d.class,
                        o -> padding(o, 4, p -> new CircularPad2d(p[0], p[1], p[2], p[3])))
                .with(
                        "ReflectionPad1d",
                        ReflectionPad1d.class,
                        o -> padding(o, 2, p -> new ReflectionPad1d(p[0], p[1])))
                .with(
                        "ReflectionPad2d",
                        ReflectionPad2d.class,
                        o -> padding(o, 4, p -> new ReflectionPad2d(p[0], p[1], p[2], p[3])))
                .with(
                        "ReplicationPad1d",
                        ReplicationPad1d.class,
                        o -> padding(o, 2, p -> new ReplicationPad1d(p[0], p[1])))
                .with(
                        "ReplicationPad2d",
                        ReplicationPad2d.class,
                        o -> padding(o, 4, p -> new ReplicationPad2d(p[0], p[1], p[2], p[3])))
                .with(
                        "ZeroPad1d",
                        ZeroPad1d.class,
                        o -> padding(o, 2, p -> new ZeroPad1d(p[0], p[1])))
                .with(
                        "ZeroPad2d",
                        ZeroPad2d.class,
                        o -> padding(o, 4, p -> new ZeroPad2d(p[0], p[1], p[2], p[3])));
    }

    private static <L> L padding(LayerOptions o, int sides, Function<int[], L> maker)
            throws FormatException {
        int[] padding = o.getInts("padding");
        if (padding.length != sides) {
            throw o.expected("padding", sides + " numbers");
        }
        return maker.apply(padding);
    }

    private static LayerTypes norms(LayerTypes types) {
        return types.with("InstanceNorm1d", InstanceNorm1d.class, WindowLayers::instanceNorm1d)
                .with("InstanceNorm2d", InstanceNorm2d.class, WindowLayers::instanceNorm2d)
                .with(
                        "LocalResponseNorm",
                        LocalResponseNorm.class,
                        o ->
                                new LocalResponseNorm(o.getInt("size"))
                                        .alpha(o.getFloat("alpha"))
                                        .beta(o.getFloat("beta"))
                                        .k(o.getFloat("k")));
    }

    private static InstanceNorm1d instanceNorm1d(LayerOptions o) throws FormatException {
        InstanceNorm1d layer = new InstanceNorm1d(o.getInt("numFeatures")).eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer.affine() : layer;
    }

    private static InstanceNorm2d instanceNorm2d(LayerOptions o) throws FormatException {
        InstanceNorm2d layer = new InstanceNorm2d(o.getInt("numFeatures")).eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer.affine() : layer;
    }
}
