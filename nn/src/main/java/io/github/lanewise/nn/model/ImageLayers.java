package io.github.lanewise.nn.model;

import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.conv.AdaptiveAvgPool2d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.file.FormatException;

/** How layers over images are made from their options. */
final class ImageLayers {

    private ImageLayers() {}

    static LayerTypes add(LayerTypes types) {
        return types.with("AdaptiveAvgPool2d", AdaptiveAvgPool2d.class, ImageLayers::adaptive)
                .with("AvgPool2d", AvgPool2d.class, ImageLayers::avgPool)
                .with("Conv1d", Conv1d.class, ImageLayers::conv1d)
                .with("Conv2d", Conv2d.class, ImageLayers::conv2d)
                .with("ConvTranspose2d", ConvTranspose2d.class, ImageLayers::convTranspose)
                .with("MaxPool2d", MaxPool2d.class, ImageLayers::maxPool)
                .with(
                        "Patches",
                        Patches.class,
                        o -> new Patches(o.getInt("height"), o.getInt("width")));
    }

    private static AdaptiveAvgPool2d adaptive(LayerOptions o) throws FormatException {
        int[] size = o.getPair("outputSize");
        return new AdaptiveAvgPool2d(size[0], size[1]);
    }

    private static AvgPool2d avgPool(LayerOptions o) throws FormatException {
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] padding = o.getPair("padding");
        AvgPool2d layer =
                new AvgPool2d(kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1])
                        .countIncludePad(o.getBoolean("countIncludePad"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static MaxPool2d maxPool(LayerOptions o) throws FormatException {
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] padding = o.getPair("padding");
        int[] dilation = o.getPair("dilation");
        MaxPool2d layer =
                new MaxPool2d(kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1])
                        .dilation(dilation[0], dilation[1]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static Conv1d conv1d(LayerOptions o) throws FormatException {
        Conv1d layer =
                new Conv1d(o.getInt("inChannels"), o.getInt("outChannels"), o.getInt("kernelSize"))
                        .stride(o.getInt("stride"))
                        .dilation(o.getInt("dilation"))
                        .groups(o.getInt("groups"));
        WindowLayers.pad(o, layer);
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static Conv2d conv2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] dilation = o.getPair("dilation");
        Conv2d layer =
                new Conv2d(o.getInt("inChannels"), o.getInt("outChannels"), kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .dilation(dilation[0], dilation[1])
                        .groups(o.getInt("groups"));
        WindowLayers.pad(o, layer);
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static ConvTranspose2d convTranspose(LayerOptions o) throws FormatException {
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] padding = o.getPair("padding");
        int[] dilation = o.getPair("dilation");
        int[] outputPadding = o.getPair("outputPadding");
        int in = o.getInt("inChannels");
        ConvTranspose2d layer =
                new ConvTranspose2d(in, o.getInt("outChannels"), kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1])
                        .dilation(dilation[0], dilation[1])
                        .outputPadding(outputPadding[0], outputPadding[1])
                        .groups(o.getInt("groups"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }
}
