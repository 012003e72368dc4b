package io.github.lanewise.nn.model;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
import io.github.lanewise.nn.graph.Bilinear;
import io.github.lanewise.nn.graph.Broadcast;
import io.github.lanewise.nn.graph.ConcatenateAlong;
import io.github.lanewise.nn.graph.Constant;
import io.github.lanewise.nn.graph.CosineSimilarity;
import io.github.lanewise.nn.graph.EmbeddingBag;
import io.github.lanewise.nn.graph.Learned;
import io.github.lanewise.nn.graph.MatMul;
import io.github.lanewise.nn.graph.PairwiseDistance;
import io.github.lanewise.nn.graph.Where;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.AlphaDropout;
import io.github.lanewise.nn.layer.DropPath;
import io.github.lanewise.nn.layer.Dropout1d;
import io.github.lanewise.nn.layer.Dropout2d;
import io.github.lanewise.nn.layer.Dropout3d;
import io.github.lanewise.nn.layer.FeatureAlphaDropout;
import io.github.lanewise.nn.layer.GEGLU;
import io.github.lanewise.nn.layer.GLU;
import io.github.lanewise.nn.layer.GaussianNoise;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.Permute;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.ReGLU;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reparameterize;
import io.github.lanewise.nn.layer.Slice;
import io.github.lanewise.nn.layer.SwiGLU;

import java.util.Arrays;
import java.util.Locale;

/**
 * How operations on values, layers of several inputs, random layers and gated units are made from
 * their options.
 */
final class OperationLayers {

    private OperationLayers() {}

    static LayerTypes add(LayerTypes types) {
        return gated(random(merges(operations(types))));
    }

    private static LayerTypes operations(LayerTypes types) {
        return types.with(
                        "Affine",
                        Affine.class,
                        o -> new Affine(o.getFloat("scale"), o.getFloat("shift")))
                .with("Broadcast", Broadcast.class, OperationLayers::broadcast)
                .with(
                        "ConcatenateAlong",
                        ConcatenateAlong.class,
                        o -> new ConcatenateAlong(o.getInt("dim")))
                .with(
                        "Constant",
                        Constant.class,
                        o -> new Constant(new Shape(o.getInts("shape")), o.getFloats("value")))
                .with(
                        "IndexSelect",
                        IndexSelect.class,
                        o -> new IndexSelect(o.getInt("dim"), o.getInts("index")))
                .with("Learned", Learned.class, o -> new Learned(new Shape(o.getInts("shape"))))
                .with("MatMul", MatMul.class, o -> new MatMul())
                .with("Permute", Permute.class, o -> new Permute(o.getInts("dims")))
                .with("Pointwise", Pointwise.class, OperationLayers::pointwise)
                .with("Reduce", Reduce.class, OperationLayers::reduce)
                .with(
                        "Slice",
                        Slice.class,
                        o ->
                                new Slice(
                                        o.getInt("dim"),
                                        o.getInt("start"),
                                        o.getInt("end"),
                                        o.getInt("step")))
                .with("Where", Where.class, o -> new Where());
    }

    private static Broadcast broadcast(LayerOptions o) throws FormatException {
        String how = o.getString("how", "add", "subtract", "multiply", "divide");
        return new Broadcast(Broadcast.Operation.valueOf(how.toUpperCase(Locale.ROOT)));
    }

    private static Reduce reduce(LayerOptions o) throws FormatException {
        String kind = o.getString("kind", "sum", "mean", "max", "norm", "last");
        Reduce layer =
                new Reduce(Reduce.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), o.getInt("dim"));
        return o.getBoolean("keepdim") ? layer.keepDim() : layer;
    }

    private static Pointwise pointwise(LayerOptions o) throws FormatException {
        String[] names =
                Arrays.stream(Pointwise.Function.values())
                        .map(f -> f.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new);
        String name = o.getString("function", names);
        return "pow".equals(name)
                ? Pointwise.pow(o.getFloat("exponent"))
                : new Pointwise(Pointwise.Function.valueOf(name.toUpperCase(Locale.ROOT)));
    }

    private static LayerTypes merges(LayerTypes types) {
        return types.with("AdaptiveLogSoftmax", AdaptiveLogSoftmax.class, OperationLayers::adaptive)
                .with("Bilinear", Bilinear.class, OperationLayers::bilinear)
                .with(
                        "CosineSimilarity",
                        CosineSimilarity.class,
                        o -> new CosineSimilarity(o.getInt("dim"), o.getFloat("eps")))
                .with("EmbeddingBag", EmbeddingBag.class, OperationLayers::bag)
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

    private static LayerTypes random(LayerTypes types) {
        return types.with(
                        "AlphaDropout", AlphaDropout.class, o -> new AlphaDropout(o.getFloat("p")))
                .with(
                        "FeatureAlphaDropout",
                        FeatureAlphaDropout.class,
                        o -> new FeatureAlphaDropout(o.getFloat("p")))
                .with("DropPath", DropPath.class, o -> new DropPath(o.getFloat("p")))
                .with("Dropout1d", Dropout1d.class, o -> new Dropout1d(o.getFloat("p")))
                .with("Dropout2d", Dropout2d.class, o -> new Dropout2d(o.getFloat("p")))
                .with("Dropout3d", Dropout3d.class, o -> new Dropout3d(o.getFloat("p")))
                .with(
                        "GaussianNoise",
                        GaussianNoise.class,
                        o -> new GaussianNoise(o.getFloat("std")))
                .with("Reparameterize", Reparameterize.class, o -> new Reparameterize());
    }

    private static LayerTypes gated(LayerTypes types) {
        return types.with("GEGLU", GEGLU.class, o -> new GEGLU())
                .with("GLU", GLU.class, o -> o.has("dim") ? new GLU(o.getInt("dim")) : new GLU())
                .with("ReGLU", ReGLU.class, o -> new ReGLU())
                .with("SwiGLU", SwiGLU.class, o -> new SwiGLU());
    }
}
