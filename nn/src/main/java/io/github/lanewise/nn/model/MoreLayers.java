package io.github.lanewise.nn.model;

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
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.Dropout3d;
import io.github.lanewise.nn.layer.Hardshrink;
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

import java.util.Locale;

/** How the less usual layers are made from their options: volumes, shrinking, pairs, bags. */
final class MoreLayers {

    private MoreLayers() {}

    static LayerTypes add(LayerTypes types) {
        return norms(pairs(blocks(volumes(paddings(activations(types))))));
    }

    private static LayerTypes activations(LayerTypes types) {
        return types.with("CELU", CELU.class, o -> new CELU(o.getFloat("alpha")))
                .with("Hardshrink", Hardshrink.class, o -> new Hardshrink(o.getFloat("lambd")))
                .with(
                        "RReLU",
                        RReLU.class,
                        o -> new RReLU(o.getFloat("lower"), o.getFloat("upper")))
                .with("Softmax2d", Softmax2d.class, o -> new Softmax2d())
                .with("Softmin", Softmin.class, o -> new Softmin())
                .with("Softshrink", Softshrink.class, o -> new Softshrink(o.getFloat("lambd")))
                .with("Tanhshrink", Tanhshrink.class, o -> new Tanhshrink())
                .with(
                        "Threshold",
                        Threshold.class,
                        o -> new Threshold(o.getFloat("threshold"), o.getFloat("value")));
    }

    private static LayerTypes paddings(LayerTypes types) {
        return types.with("CircularPad3d", CircularPad3d.class, MoreLayers::circular)
                .with("ConstantPad1d", ConstantPad1d.class, MoreLayers::constant1d)
                .with("ConstantPad2d", ConstantPad2d.class, MoreLayers::constant2d)
                .with("ConstantPad3d", ConstantPad3d.class, MoreLayers::constant3d)
                .with("ReflectionPad3d", ReflectionPad3d.class, MoreLayers::reflection)
                .with("ReplicationPad3d", ReplicationPad3d.class, MoreLayers::replication)
                .with("ZeroPad3d", ZeroPad3d.class, MoreLayers::zero);
    }

    static int[] numbers(LayerOptions o, String name, int count) throws FormatException {
        int[] numbers = o.getInts(name);
        if (numbers.length != count) {
            throw o.expected(name, count + " numbers");
        }
        return numbers;
    }

    private static CircularPad3d circular(LayerOptions o) throws FormatException {
        int[] p = numbers(o, "padding", 6);
        return new CircularPad3d(p[0], p[1], p[2], p[3], p[4], p[5]);
    }

    private static ConstantPad1d constant1d(LayerOptions o) throws FormatException {
        int[] p = numbers(o, "padding", 2);
        return new ConstantPad1d(p[0], p[1], o.getFloat("value"));
    }

    private static ConstantPad2d constant2d(LayerOptions o) throws FormatException {
        int[] p = numbers(o, "padding", 4);
        return new ConstantPad2d(p[0], p[1], p[2], p[3], o.getFloat("value"));
    }

    private static ConstantPad3d constant3d(LayerOptions o) throws FormatException {
        int[] p = numbers(o, "padding", 6);
        return new ConstantPad3d(p[0], p[1], p[2], p[3], p[4], p[5], o.getFloat("value"));
    }

    private static ReflectionPad3d reflection(LayerOptions o) throws FormatException {
        int[] p = numbers(o, "padding", 6);
        return new ReflectionPad3d(p[0], p[1], p[2], p[3], p[4], p[5]);
    }

    private static ReplicationPad3d replication(LayerOptions o) throws FormatException {
        int[] p = numbers(o, "padding", 6);
        return new ReplicationPad3d(p[0], p[1], p[2], p[3], p[4], p[5]);
    }

    private static ZeroPad3d zero(LayerOptions o) throws FormatException {
        int[] p = numbers(o, "padding", 6);
        return new ZeroPad3d(p[0], p[1], p[2], p[3], p[4], p[5]);
    }

    private static LayerTypes volumes(LayerTypes types) {
        return types.with("AdaptiveAvgPool3d", AdaptiveAvgPool3d.class, MoreLayers::adaptiveAvg)
                .with("AdaptiveMaxPool3d", AdaptiveMaxPool3d.class, MoreLayers::adaptiveMax)
                .with("AvgPool3d", AvgPool3d.class, MoreLayers::avgPool)
                .with("Conv3d", Conv3d.class, MoreLayers::conv)
                .with("ConvTranspose3d", ConvTranspose3d.class, MoreLayers::convTranspose)
                .with("Dropout3d", Dropout3d.class, o -> new Dropout3d(o.getFloat("p")))
                .with("MaxPool3d", MaxPool3d.class, MoreLayers::maxPool);
    }

    private static AdaptiveAvgPool3d adaptiveAvg(LayerOptions o) throws FormatException {
        int[] size = numbers(o, "outputSize", 3);
        return new AdaptiveAvgPool3d(size[0], size[1], size[2]);
    }

    private static AdaptiveMaxPool3d adaptiveMax(LayerOptions o) throws FormatException {
        int[] size = numbers(o, "outputSize", 3);
        return new AdaptiveMaxPool3d(size[0], size[1], size[2]);
    }

    private static AvgPool3d avgPool(LayerOptions o) throws FormatException {
        int[] kernel = numbers(o, "kernelSize", 3);
        int[] stride = numbers(o, "stride", 3);
        int[] padding = numbers(o, "padding", 3);
        AvgPool3d layer =
                new AvgPool3d(kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2])
                        .countIncludePad(o.getBoolean("countIncludePad"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static MaxPool3d maxPool(LayerOptions o) throws FormatException {
        int[] kernel = numbers(o, "kernelSize", 3);
        int[] stride = numbers(o, "stride", 3);
        int[] padding = numbers(o, "padding", 3);
        int[] dilation = numbers(o, "dilation", 3);
        MaxPool3d layer =
                new MaxPool3d(kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2])
                        .dilation(dilation[0], dilation[1], dilation[2]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static Conv3d conv(LayerOptions o) throws FormatException {
        int[] kernel = numbers(o, "kernelSize", 3);
        int[] stride = numbers(o, "stride", 3);
        int[] padding = numbers(o, "padding", 3);
        int[] dilation = numbers(o, "dilation", 3);
        int in = o.getInt("inChannels");
        Conv3d layer =
                new Conv3d(in, o.getInt("outChannels"), kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2])
                        .dilation(dilation[0], dilation[1], dilation[2])
                        .groups(o.getInt("groups"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static ConvTranspose3d convTranspose(LayerOptions o) throws FormatException {
        int[] kernel = numbers(o, "kernelSize", 3);
        int[] stride = numbers(o, "stride", 3);
        int[] padding = numbers(o, "padding", 3);
        int[] dilation = numbers(o, "dilation", 3);
        int[] extra = numbers(o, "outputPadding", 3);
        int in = o.getInt("inChannels");
        ConvTranspose3d layer =
                new ConvTranspose3d(in, o.getInt("outChannels"), kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2])
                        .dilation(dilation[0], dilation[1], dilation[2])
                        .outputPadding(extra[0], extra[1], extra[2])
                        .groups(o.getInt("groups"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static LayerTypes blocks(LayerTypes types) {
        return types.with(
                        "ChannelShuffle",
                        ChannelShuffle.class,
                        o -> new ChannelShuffle(o.getInt("groups")))
                .with("Fold", Fold.class, MoreLayers::fold)
                .with("Unfold", Unfold.class, MoreLayers::unfold)
                .with(
                        "Unflatten",
                        Unflatten.class,
                        o -> new Unflatten(o.getInt("dim"), o.getInts("unflattenedSize")));
    }

    private static Fold fold(LayerOptions o) throws FormatException {
        int[] size = o.getPair("outputSize");
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] padding = o.getPair("padding");
        int[] dilation = o.getPair("dilation");
        return new Fold(size[0], size[1], kernel[0], kernel[1])
                .stride(stride[0], stride[1])
                .padding(padding[0], padding[1])
                .dilation(dilation[0], dilation[1]);
    }

    private static Unfold unfold(LayerOptions o) throws FormatException {
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] padding = o.getPair("padding");
        int[] dilation = o.getPair("dilation");
        return new Unfold(kernel[0], kernel[1])
                .stride(stride[0], stride[1])
                .padding(padding[0], padding[1])
                .dilation(dilation[0], dilation[1]);
    }

    private static LayerTypes pairs(LayerTypes types) {
        return types.with("AdaptiveLogSoftmax", AdaptiveLogSoftmax.class, MoreLayers::adaptive)
                .with("Bilinear", Bilinear.class, MoreLayers::bilinear)
                .with(
                        "CosineSimilarity",
                        CosineSimilarity.class,
                        o -> new CosineSimilarity(o.getInt("dim"), o.getFloat("eps")))
                .with("EmbeddingBag", EmbeddingBag.class, MoreLayers::bag)
                .with(
                        "PairwiseDistance",
                        PairwiseDistance.class,
                        o ->
                                new PairwiseDistance(
                                        o.getFloat("p"),
                                        o.getFloat("eps"),
                                        o.getBoolean("keepdim")));
    }

    private static AdaptiveLogSoftmax adaptive(LayerOptions o) throws FormatException {
        AdaptiveLogSoftmax layer =
                new AdaptiveLogSoftmax(
                                o.getInt("inFeatures"), o.getInt("nClasses"), o.getInts("cutoffs"))
                        .divValue(o.getFloat("divValue"));
        return o.getBoolean("headBias") ? layer.headBias() : layer;
    }

    private static Bilinear bilinear(LayerOptions o) throws FormatException {
        Bilinear layer =
                new Bilinear(
                        o.getInt("in1Features"), o.getInt("in2Features"), o.getInt("outFeatures"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static EmbeddingBag bag(LayerOptions o) throws FormatException {
        String mode = o.getString("mode", "mean", "sum", "max");
        EmbeddingBag layer =
                new EmbeddingBag(o.getInt("numEmbeddings"), o.getInt("embeddingDim"))
                        .mode(EmbeddingBag.Mode.valueOf(mode.toUpperCase(Locale.ROOT)));
        if (o.has("paddingIdx")) {
            layer.paddingIdx(o.getInt("paddingIdx"));
        }
        return o.getBoolean("sparse") ? layer.sparse() : layer;
    }

    private static LayerTypes norms(LayerTypes types) {
        return types.with("BatchNorm3d", BatchNorm3d.class, MoreLayers::batchNorm)
                .with("InstanceNorm3d", InstanceNorm3d.class, MoreLayers::instanceNorm)
                .with(
                        "SpectralNorm",
                        SpectralNorm.class,
                        o ->
                                new SpectralNorm(o.getLayer("layer"))
                                        .nPowerIterations(o.getInt("nPowerIterations"))
                                        .eps(o.getFloat("eps")))
                .with("WeightNorm", WeightNorm.class, o -> new WeightNorm(o.getLayer("layer")));
    }

    private static BatchNorm3d batchNorm(LayerOptions o) throws FormatException {
        BatchNorm3d layer =
                new BatchNorm3d(o.getInt("numFeatures"))
                        .eps(o.getFloat("eps"))
                        .momentum(o.getFloat("momentum"))
                        .frozen(o.getBoolean("frozen"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static InstanceNorm3d instanceNorm(LayerOptions o) throws FormatException {
        InstanceNorm3d layer = new InstanceNorm3d(o.getInt("numFeatures")).eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer.affine() : layer;
    }
}
