package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.conv.AdaptiveAvgPool1d;
import io.github.lanewise.nn.conv.AdaptiveAvgPool2d;
import io.github.lanewise.nn.conv.AdaptiveAvgPool3d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool1d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool2d;
import io.github.lanewise.nn.conv.AdaptiveMaxPool3d;
import io.github.lanewise.nn.conv.AvgPool1d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.AvgPool3d;
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
import io.github.lanewise.nn.conv.MaxPoolIndices;
import io.github.lanewise.nn.conv.MaxUnpool1d;
import io.github.lanewise.nn.conv.MaxUnpool2d;
import io.github.lanewise.nn.conv.MaxUnpool3d;
import io.github.lanewise.nn.file.FormatException;

/** How pools, and layers that undo them, are made from their options. */
final class PoolLayers {

    private PoolLayers() {}

    static LayerTypes add(LayerTypes types) {
        return unpools(fractional(powers(maxima(averages(sizes(types))))));
    }

    /** Pools that are told the size of their outputs. */
    private static LayerTypes sizes(LayerTypes types) {
        return types.with(
                        "AdaptiveAvgPool1d",
                        AdaptiveAvgPool1d.class,
                        o -> new AdaptiveAvgPool1d(o.getInt("outputSize")))
                .with("AdaptiveAvgPool2d", AdaptiveAvgPool2d.class, PoolLayers::adaptiveAvg2d)
                .with("AdaptiveAvgPool3d", AdaptiveAvgPool3d.class, PoolLayers::adaptiveAvg3d)
                .with(
                        "AdaptiveMaxPool1d",
                        AdaptiveMaxPool1d.class,
                        o -> new AdaptiveMaxPool1d(o.getInt("outputSize")))
                .with("AdaptiveMaxPool2d", AdaptiveMaxPool2d.class, PoolLayers::adaptiveMax2d)
                .with("AdaptiveMaxPool3d", AdaptiveMaxPool3d.class, PoolLayers::adaptiveMax3d)
                .with("GlobalAvgPool", GlobalAvgPool.class, o -> new GlobalAvgPool())
                .with("GlobalMaxPool", GlobalMaxPool.class, o -> new GlobalMaxPool());
    }

    private static AdaptiveAvgPool2d adaptiveAvg2d(LayerOptions o) throws FormatException {
        int[] size = o.getInts("outputSize", 2);
        return new AdaptiveAvgPool2d(size[0], size[1]);
    }

    private static AdaptiveAvgPool3d adaptiveAvg3d(LayerOptions o) throws FormatException {
        int[] size = o.getInts("outputSize", 3);
        return new AdaptiveAvgPool3d(size[0], size[1], size[2]);
    }

    private static AdaptiveMaxPool2d adaptiveMax2d(LayerOptions o) throws FormatException {
        int[] size = o.getInts("outputSize", 2);
        return new AdaptiveMaxPool2d(size[0], size[1]);
    }

    private static AdaptiveMaxPool3d adaptiveMax3d(LayerOptions o) throws FormatException {
        int[] size = o.getInts("outputSize", 3);
        return new AdaptiveMaxPool3d(size[0], size[1], size[2]);
    }

    private static LayerTypes averages(LayerTypes types) {
        return types.with("AvgPool1d", AvgPool1d.class, PoolLayers::avgPool1d)
                .with("AvgPool2d", AvgPool2d.class, PoolLayers::avgPool2d)
                .with("AvgPool3d", AvgPool3d.class, PoolLayers::avgPool3d);
    }

    private static AvgPool1d avgPool1d(LayerOptions o) throws FormatException {
        AvgPool1d layer =
                new AvgPool1d(o.getInt("kernelSize"))
                        .stride(o.getInt("stride"))
                        .padding(o.getInt("padding"))
                        .countIncludePad(o.getBoolean("countIncludePad"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static AvgPool2d avgPool2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        int[] padding = o.getInts("padding", 2);
        AvgPool2d layer =
                new AvgPool2d(kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1])
                        .countIncludePad(o.getBoolean("countIncludePad"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static AvgPool3d avgPool3d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 3);
        int[] stride = o.getInts("stride", 3);
        int[] padding = o.getInts("padding", 3);
        AvgPool3d layer =
                new AvgPool3d(kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2])
                        .countIncludePad(o.getBoolean("countIncludePad"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static LayerTypes maxima(LayerTypes types) {
        return types.with("MaxPool1d", MaxPool1d.class, PoolLayers::maxPool1d)
                .with("MaxPool2d", MaxPool2d.class, PoolLayers::maxPool2d)
                .with("MaxPool3d", MaxPool3d.class, PoolLayers::maxPool3d);
    }

    private static MaxPool1d maxPool1d(LayerOptions o) throws FormatException {
        MaxPool1d layer =
                new MaxPool1d(o.getInt("kernelSize"))
                        .stride(o.getInt("stride"))
                        .padding(o.getInt("padding"))
                        .dilation(o.getInt("dilation"));
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static MaxPool2d maxPool2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        int[] padding = o.getInts("padding", 2);
        int[] dilation = o.getInts("dilation", 2);
        MaxPool2d layer =
                new MaxPool2d(kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1])
                        .dilation(dilation[0], dilation[1]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static MaxPool3d maxPool3d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 3);
        int[] stride = o.getInts("stride", 3);
        int[] padding = o.getInts("padding", 3);
        int[] dilation = o.getInts("dilation", 3);
        MaxPool3d layer =
                new MaxPool3d(kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2])
                        .dilation(dilation[0], dilation[1], dilation[2]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static LayerTypes powers(LayerTypes types) {
        return types.with("LPPool1d", LPPool1d.class, PoolLayers::lpPool1d)
                .with("LPPool2d", LPPool2d.class, PoolLayers::lpPool2d)
                .with("LPPool3d", LPPool3d.class, PoolLayers::lpPool3d);
    }

    private static LayerTypes fractional(LayerTypes types) {
        return types.with(
                        "FractionalMaxPool2d", FractionalMaxPool2d.class, PoolLayers::fractional2d)
                .with("FractionalMaxPool3d", FractionalMaxPool3d.class, PoolLayers::fractional3d);
    }

    private static LPPool1d lpPool1d(LayerOptions o) throws FormatException {
        LPPool1d layer =
                new LPPool1d(o.getFloat("normType"), o.getInts("kernelSize", 1)[0])
                        .stride(o.getInts("stride", 1)[0]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static LPPool2d lpPool2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        LPPool2d layer =
                new LPPool2d(o.getFloat("normType"), kernel[0], kernel[1])
                        .stride(stride[0], stride[1]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static LPPool3d lpPool3d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 3);
        int[] stride = o.getInts("stride", 3);
        LPPool3d layer =
                new LPPool3d(o.getFloat("normType"), kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2]);
        return o.getBoolean("ceilMode") ? layer.ceilMode() : layer;
    }

    private static FractionalMaxPool2d fractional2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        FractionalMaxPool2d layer = new FractionalMaxPool2d(kernel[0], kernel[1]);
        if (o.has("outputRatio")) {
            float[] ratio = o.getFloats("outputRatio", 2);
            layer.outputRatio(ratio[0], ratio[1]);
        } else {
            int[] size = o.getInts("outputSize", 2);
            layer.outputSize(size[0], size[1]);
        }
        return o.getBoolean("returnIndices") ? layer.returnIndices() : layer;
    }

    private static FractionalMaxPool3d fractional3d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 3);
        FractionalMaxPool3d layer = new FractionalMaxPool3d(kernel[0], kernel[1], kernel[2]);
        if (o.has("outputRatio")) {
            float[] ratio = o.getFloats("outputRatio", 3);
            layer.outputRatio(ratio[0], ratio[1], ratio[2]);
        } else {
            int[] size = o.getInts("outputSize", 3);
            layer.outputSize(size[0], size[1], size[2]);
        }
        return o.getBoolean("returnIndices") ? layer.returnIndices() : layer;
    }

    private static LayerTypes unpools(LayerTypes types) {
        return types.with("MaxPoolIndices", MaxPoolIndices.class, PoolLayers::indices)
                .with("MaxUnpool1d", MaxUnpool1d.class, PoolLayers::unpool1d)
                .with("MaxUnpool2d", MaxUnpool2d.class, PoolLayers::unpool2d)
                .with("MaxUnpool3d", MaxUnpool3d.class, PoolLayers::unpool3d);
    }

    private static MaxPoolIndices indices(LayerOptions o) throws FormatException {
        Layer pool = o.getLayer("pool");
        boolean known =
                pool instanceof MaxPool1d || pool instanceof MaxPool2d || pool instanceof MaxPool3d;
        if (!known) {
            throw o.expected("pool", "a MaxPool1d, MaxPool2d or MaxPool3d");
        }
        return new MaxPoolIndices(pool);
    }

    private static MaxUnpool1d unpool1d(LayerOptions o) throws FormatException {
        MaxUnpool1d layer =
                new MaxUnpool1d(o.getInts("kernelSize", 1)[0])
                        .stride(o.getInts("stride", 1)[0])
                        .padding(o.getInts("padding", 1)[0]);
        return o.has("outputSize") ? layer.outputSize(o.getInts("outputSize", 1)[0]) : layer;
    }

    private static MaxUnpool2d unpool2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        int[] padding = o.getInts("padding", 2);
        MaxUnpool2d layer =
                new MaxUnpool2d(kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1]);
        if (o.has("outputSize")) {
            int[] size = o.getInts("outputSize", 2);
            layer.outputSize(size[0], size[1]);
        }
        return layer;
    }

    private static MaxUnpool3d unpool3d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 3);
        int[] stride = o.getInts("stride", 3);
        int[] padding = o.getInts("padding", 3);
        MaxUnpool3d layer =
                new MaxUnpool3d(kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2]);
        if (o.has("outputSize")) {
            int[] size = o.getInts("outputSize", 3);
            layer.outputSize(size[0], size[1], size[2]);
        }
        return layer;
    }
}
