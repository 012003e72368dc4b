package io.github.lanewise.nn.model;

import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.Conv3d;
import io.github.lanewise.nn.conv.ConvTranspose1d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.ConvTranspose3d;
import io.github.lanewise.nn.conv.Fold;
import io.github.lanewise.nn.conv.Unfold;
import io.github.lanewise.nn.file.FormatException;

/**
 * How convolutions, and layers that cut out what their windows see, are made from their options.
 */
final class ConvLayers {

    private ConvLayers() {}

    static LayerTypes add(LayerTypes types) {
        return types.with("Conv1d", Conv1d.class, ConvLayers::conv1d)
                .with("Conv2d", Conv2d.class, ConvLayers::conv2d)
                .with("Conv3d", Conv3d.class, ConvLayers::conv3d)
                .with("ConvTranspose1d", ConvTranspose1d.class, ConvLayers::transposed1d)
                .with("ConvTranspose2d", ConvTranspose2d.class, ConvLayers::transposed2d)
                .with("ConvTranspose3d", ConvTranspose3d.class, ConvLayers::transposed3d)
                .with("Fold", Fold.class, ConvLayers::fold)
                .with(
                        "Patches",
                        Patches.class,
                        o -> new Patches(o.getInt("height"), o.getInt("width")))
                .with("Unfold", Unfold.class, ConvLayers::unfold);
    }

    private static Conv1d conv1d(LayerOptions o) throws FormatException {
        Conv1d layer =
                new Conv1d(o.getInt("inChannels"), o.getInt("outChannels"), o.getInt("kernelSize"))
                        .stride(o.getInt("stride"))
                        .dilation(o.getInt("dilation"))
                        .groups(o.getInt("groups"));
        pad(o, layer);
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static Conv2d conv2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        int[] dilation = o.getInts("dilation", 2);
        Conv2d layer =
                new Conv2d(o.getInt("inChannels"), o.getInt("outChannels"), kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .dilation(dilation[0], dilation[1])
                        .groups(o.getInt("groups"));
        pad(o, layer);
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    /** Sets the padding of a convolution: a word, one number, or one for each end. */
    private static void pad(LayerOptions o, Conv1d layer) throws FormatException {
        if (o.isString("padding")) {
            if (o.getString("padding", "same", "causal").equals("same")) {
                layer.samePadding();
            } else {
                layer.causalPadding();
            }
        } else if (o.isList("padding")) {
            int[] ends = o.getInts("padding", 2);
            layer.padding(ends[0], ends[1]);
        } else {
            layer.padding(o.getInt("padding"));
        }
    }

    /** Sets the padding of a convolution: a word, two numbers, or one for each side. */
    private static void pad(LayerOptions o, Conv2d layer) throws FormatException {
        if (o.isString("padding")) {
            o.getString("padding", "same");
            layer.samePadding();
            return;
        }
        int[] sides = o.getInts("padding");
        if (sides.length == 4) {
            layer.padding(sides[0], sides[1], sides[2], sides[3]);
        } else {
            int[] both = o.getInts("padding", 2);
            layer.padding(both[0], both[1]);
        }
    }

    private static Conv3d conv3d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 3);
        int[] stride = o.getInts("stride", 3);
        int[] padding = o.getInts("padding", 3);
        int[] dilation = o.getInts("dilation", 3);
        int in = o.getInt("inChannels");
        Conv3d layer =
                new Conv3d(in, o.getInt("outChannels"), kernel[0], kernel[1], kernel[2])
                        .stride(stride[0], stride[1], stride[2])
                        .padding(padding[0], padding[1], padding[2])
                        .dilation(dilation[0], dilation[1], dilation[2])
                        .groups(o.getInt("groups"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static ConvTranspose1d transposed1d(LayerOptions o) throws FormatException {
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

    private static ConvTranspose2d transposed2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        int[] padding = o.getInts("padding", 2);
        int[] dilation = o.getInts("dilation", 2);
        int[] outputPadding = o.getInts("outputPadding", 2);
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

    private static ConvTranspose3d transposed3d(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 3);
        int[] stride = o.getInts("stride", 3);
        int[] padding = o.getInts("padding", 3);
        int[] dilation = o.getInts("dilation", 3);
        int[] extra = o.getInts("outputPadding", 3);
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

    private static Fold fold(LayerOptions o) throws FormatException {
        int[] size = o.getInts("outputSize", 2);
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        int[] padding = o.getInts("padding", 2);
        int[] dilation = o.getInts("dilation", 2);
        return new Fold(size[0], size[1], kernel[0], kernel[1])
                .stride(stride[0], stride[1])
                .padding(padding[0], padding[1])
                .dilation(dilation[0], dilation[1]);
    }

    private static Unfold unfold(LayerOptions o) throws FormatException {
        int[] kernel = o.getInts("kernelSize", 2);
        int[] stride = o.getInts("stride", 2);
        int[] padding = o.getInts("padding", 2);
        int[] dilation = o.getInts("dilation", 2);
        return new Unfold(kernel[0], kernel[1])
                .stride(stride[0], stride[1])
                .padding(padding[0], padding[1])
                .dilation(dilation[0], dilation[1]);
    }
}
