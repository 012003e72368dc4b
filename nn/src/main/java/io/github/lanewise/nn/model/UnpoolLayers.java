package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.conv.MaxPool1d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.conv.MaxPool3d;
import io.github.lanewise.nn.conv.MaxPoolIndices;
import io.github.lanewise.nn.conv.MaxUnpool1d;
import io.github.lanewise.nn.conv.MaxUnpool2d;
import io.github.lanewise.nn.conv.MaxUnpool3d;
import io.github.lanewise.nn.file.FormatException;

/** How layers that undo a pooling are made from their options. */
final class UnpoolLayers {

    private UnpoolLayers() {}

    static LayerTypes add(LayerTypes types) {
        return types.with("MaxPoolIndices", MaxPoolIndices.class, UnpoolLayers::indices)
                .with("MaxUnpool1d", MaxUnpool1d.class, UnpoolLayers::unpool1d)
                .with("MaxUnpool2d", MaxUnpool2d.class, UnpoolLayers::unpool2d)
                .with("MaxUnpool3d", MaxUnpool3d.class, UnpoolLayers::unpool3d);
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
                new MaxUnpool1d(MoreLayers.numbers(o, "kernelSize", 1)[0])
                        .stride(MoreLayers.numbers(o, "stride", 1)[0])
                        .padding(MoreLayers.numbers(o, "padding", 1)[0]);
        return o.has("outputSize")
                ? layer.outputSize(MoreLayers.numbers(o, "outputSize", 1)[0])
                : layer;
    }

    private static MaxUnpool2d unpool2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] padding = o.getPair("padding");
        MaxUnpool2d layer =
                new MaxUnpool2d(kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1]);
        if (o.has("outputSize")) {
            int[] size = o.getPair("outputSize");
            layer.outputSize(size[0], size[1]);
        }
        return layer;
    }

    private static MaxUnpool3d unpool3d(LayerOptions o) throws FormatException {
        int[] kernel = MoreLayers.numbers(o, "kernelSize", 3);
        int[] stride = MoreLayers.numbers(o, "stride", 3);
        int[] padding = MoreLayers.numbers(o, "padding", 3);
        MaxUnpool3d layer =
                new MaxUnpool3d(kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2]);
        if (o.has("outputSize")) {
            int[] size = MoreLayers.numbers(o, "outputSize", 3);
            layer.outputSize(size[0], size[1], size[2]);
        }
        return layer;
    }
}
