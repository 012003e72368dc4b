package io.github.lanewise.onnx.export;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.conv.PixelShuffle;
import io.github.lanewise.nn.conv.PixelUnshuffle;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.onnx.OnnxAttribute;

import java.util.Arrays;
import java.util.List;

/** Layers that move the elements of images. */
final class ImageEmitters {

    private ImageEmitters() {}

    static void add(Emitters all) {
        all.with(Upsample.class, ImageEmitters::upsample)
                .with(PixelShuffle.class, ImageEmitters::shuffle)
                .with(PixelUnshuffle.class, ImageEmitters::unshuffle)
                .with(Patches.class, ImageEmitters::patches);
    }

    private static Wire upsample(GraphBuilder g, Upsample layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        boolean linear = settings.word("mode").equals("bilinear");
        String places =
                !linear
                        ? "asymmetric"
                        : settings.flag("alignCorners") ? "align_corners" : "half_pixel";
        float[] scales = new float[x.rank()];
        Arrays.fill(scales, settings.number("scaleFactor"));
        scales[0] = 1;
        scales[1] = 1;
        String factors = g.floats("scales", scales, scales.length);
        return new Wire(
                g.call(
                        "Resize",
                        List.of(x.name(), "", factors),
                        OnnxAttribute.of("mode", linear ? "linear" : "nearest"),
                        OnnxAttribute.of("coordinate_transformation_mode", places),
                        OnnxAttribute.of("nearest_mode", "floor")),
                layer.outputShape(x.shape()));
    }

    private static Wire shuffle(GraphBuilder g, PixelShuffle layer, Wire x) {
        int factor = LayerSettings.of(layer).number("upscaleFactor");
        return g.make(
                "DepthToSpace",
                layer.outputShape(x.shape()),
                x,
                OnnxAttribute.of("blocksize", factor),
                OnnxAttribute.of("mode", "CRD"));
    }

    /** SpaceToDepth orders the channels in another way. */
    private static Wire unshuffle(GraphBuilder g, PixelUnshuffle layer, Wire x) {
        int r = LayerSettings.of(layer).number("downscaleFactor");
        Shape blocks = blocks(x.shape(), r, r);
        Wire turned = turned(g, g.reshape(x, blocks), 0, 2, 4, 1, 3);
        return g.reshape(turned, layer.outputShape(x.shape()));
    }

    private static Wire patches(GraphBuilder g, Patches layer, Wire x) {
        LayerSettings settings = LayerSettings.of(layer);
        Shape blocks = blocks(x.shape(), settings.number("height"), settings.number("width"));
        Wire turned = turned(g, g.reshape(x, blocks), 1, 3, 0, 2, 4);
        return g.reshape(turned, layer.outputShape(x.shape()));
    }

    /** Returns channels x blocks down x height x blocks across x width. */
    private static Shape blocks(Shape image, int height, int width) {
        return new Shape(
                image.dimension(0),
                image.dimension(1) / height,
                height,
                image.dimension(2) / width,
                width);
    }

    /** Puts the axes of samples into another order. */
    static Wire turned(GraphBuilder g, Wire x, int... axes) {
        long[] perm = new long[axes.length + 1];
        int[] dimensions = new int[axes.length];
        for (int i = 0; i < axes.length; i++) {
            perm[i + 1] = axes[i] + 1;
            dimensions[i] = x.shape().dimension(axes[i]);
        }
        return g.make("Transpose", new Shape(dimensions), x, OnnxAttribute.ofLongs("perm", perm));
    }
}
