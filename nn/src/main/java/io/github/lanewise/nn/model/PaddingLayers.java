package io.github.lanewise.nn.model;

import io.github.lanewise.nn.conv.ChannelShuffle;
import io.github.lanewise.nn.conv.CircularPad1d;
import io.github.lanewise.nn.conv.CircularPad2d;
import io.github.lanewise.nn.conv.CircularPad3d;
import io.github.lanewise.nn.conv.ConstantPad1d;
import io.github.lanewise.nn.conv.ConstantPad2d;
import io.github.lanewise.nn.conv.ConstantPad3d;
import io.github.lanewise.nn.conv.PixelShuffle;
import io.github.lanewise.nn.conv.PixelUnshuffle;
import io.github.lanewise.nn.conv.ReflectionPad1d;
import io.github.lanewise.nn.conv.ReflectionPad2d;
import io.github.lanewise.nn.conv.ReflectionPad3d;
import io.github.lanewise.nn.conv.ReplicationPad1d;
import io.github.lanewise.nn.conv.ReplicationPad2d;
import io.github.lanewise.nn.conv.ReplicationPad3d;
import io.github.lanewise.nn.conv.Upsample;
import io.github.lanewise.nn.conv.ZeroPad1d;
import io.github.lanewise.nn.conv.ZeroPad2d;
import io.github.lanewise.nn.conv.ZeroPad3d;
import io.github.lanewise.nn.file.FormatException;

import java.util.function.Function;

/** How layers that pad images, or move their pixels, are made from their options. */
final class PaddingLayers {

    private PaddingLayers() {}

    static LayerTypes add(LayerTypes types) {
        return moves(zeros(replications(reflections(constants(circular(types))))));
    }

    private static LayerTypes circular(LayerTypes types) {
        return types.with(
                        "CircularPad1d",
                        CircularPad1d.class,
                        o -> padding(o, 2, p -> new CircularPad1d(p[0], p[1])))
                .with(
                        "CircularPad2d",
                        CircularPad2d.class,
                        o -> padding(o, 4, p -> new CircularPad2d(p[0], p[1], p[2], p[3])))
                .with(
                        "CircularPad3d",
                        CircularPad3d.class,
                        o ->
                                padding(
                                        o,
                                        6,
                                        p ->
                                                new CircularPad3d(
                                                        p[0], p[1], p[2], p[3], p[4], p[5])));
    }

    private static LayerTypes constants(LayerTypes types) {
        return types.with("ConstantPad1d", ConstantPad1d.class, PaddingLayers::constant1d)
                .with("ConstantPad2d", ConstantPad2d.class, PaddingLayers::constant2d)
                .with("ConstantPad3d", ConstantPad3d.class, PaddingLayers::constant3d);
    }

    private static ConstantPad1d constant1d(LayerOptions o) throws FormatException {
        int[] p = o.getInts("padding", 2);
        return new ConstantPad1d(p[0], p[1], o.getFloat("value"));
    }

    private static ConstantPad2d constant2d(LayerOptions o) throws FormatException {
        int[] p = o.getInts("padding", 4);
        return new ConstantPad2d(p[0], p[1], p[2], p[3], o.getFloat("value"));
    }

    private static ConstantPad3d constant3d(LayerOptions o) throws FormatException {
        int[] p = o.getInts("padding", 6);
        return new ConstantPad3d(p[0], p[1], p[2], p[3], p[4], p[5], o.getFloat("value"));
    }

    private static LayerTypes reflections(LayerTypes types) {
        return types.with(
                        "ReflectionPad1d",
                        ReflectionPad1d.class,
                        o -> padding(o, 2, p -> new ReflectionPad1d(p[0], p[1])))
                .with(
                        "ReflectionPad2d",
                        ReflectionPad2d.class,
                        o -> padding(o, 4, p -> new ReflectionPad2d(p[0], p[1], p[2], p[3])))
                .with(
                        "ReflectionPad3d",
                        ReflectionPad3d.class,
                        o ->
                                padding(
                                        o,
                                        6,
                                        p ->
                                                new ReflectionPad3d(
                                                        p[0], p[1], p[2], p[3], p[4], p[5])));
    }

    private static LayerTypes replications(LayerTypes types) {
        return types.with(
                        "ReplicationPad1d",
                        ReplicationPad1d.class,
                        o -> padding(o, 2, p -> new ReplicationPad1d(p[0], p[1])))
                .with(
                        "ReplicationPad2d",
                        ReplicationPad2d.class,
                        o -> padding(o, 4, p -> new ReplicationPad2d(p[0], p[1], p[2], p[3])))
                .with(
                        "ReplicationPad3d",
                        ReplicationPad3d.class,
                        o ->
                                padding(
                                        o,
                                        6,
                                        p ->
                                                new ReplicationPad3d(
                                                        p[0], p[1], p[2], p[3], p[4], p[5])));
    }

    private static LayerTypes zeros(LayerTypes types) {
        return types.with(
                        "ZeroPad1d",
                        ZeroPad1d.class,
                        o -> padding(o, 2, p -> new ZeroPad1d(p[0], p[1])))
                .with(
                        "ZeroPad2d",
                        ZeroPad2d.class,
                        o -> padding(o, 4, p -> new ZeroPad2d(p[0], p[1], p[2], p[3])))
                .with(
                        "ZeroPad3d",
                        ZeroPad3d.class,
                        o -> padding(o, 6, p -> new ZeroPad3d(p[0], p[1], p[2], p[3], p[4], p[5])));
    }

    private static <L> L padding(LayerOptions o, int sides, Function<int[], L> maker)
            throws FormatException {
        return maker.apply(o.getInts("padding", sides));
    }

    private static LayerTypes moves(LayerTypes types) {
        return types.with(
                        "ChannelShuffle",
                        ChannelShuffle.class,
                        o -> new ChannelShuffle(o.getInt("groups")))
                .with(
                        "PixelShuffle",
                        PixelShuffle.class,
                        o -> new PixelShuffle(o.getInt("upscaleFactor")))
                .with(
                        "PixelUnshuffle",
                        PixelUnshuffle.class,
                        o -> new PixelUnshuffle(o.getInt("downscaleFactor")))
                .with("Upsample", Upsample.class, PaddingLayers::upsample);
    }

    private static Upsample upsample(LayerOptions o) throws FormatException {
        Upsample layer = new Upsample(o.getInt("scaleFactor"));
        if (o.getString("mode", "nearest", "bilinear").equals("bilinear")) {
            layer.bilinear();
        }
        return o.getBoolean("alignCorners") ? layer.alignCorners() : layer;
    }
}
