package io.github.lanewise.nn.model;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Concatenate;
import io.github.lanewise.nn.graph.Elementwise;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Part;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.CELU;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Hardshrink;
import io.github.lanewise.nn.layer.Hardsigmoid;
import io.github.lanewise.nn.layer.Hardswish;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSigmoid;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.RReLU;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.ReLU6;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Softmax2d;
import io.github.lanewise.nn.layer.Softmin;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Softshrink;
import io.github.lanewise.nn.layer.Softsign;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.layer.Tanhshrink;
import io.github.lanewise.nn.layer.Threshold;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.layer.Unflatten;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How each layer of this library is made from its options. */
final class StandardLayers {

    private StandardLayers() {}

    static LayerTypes add(LayerTypes types) {
        LayerTypes simple = graphs(rows(activations(types)));
        LayerTypes images = PaddingLayers.add(PoolLayers.add(ConvLayers.add(simple)));
        return OperationLayers.add(SequenceLayers.add(NormLayers.add(images)));
    }

    private static LayerTypes activations(LayerTypes types) {
        return types.with("CELU", CELU.class, o -> new CELU(o.getFloat("alpha")))
                .with("ELU", ELU.class, o -> new ELU(o.getFloat("alpha")))
                .with("GELU", GELU.class, StandardLayers::gelu)
                .with("Hardshrink", Hardshrink.class, o -> new Hardshrink(o.getFloat("lambd")))
                .with("Hardsigmoid", Hardsigmoid.class, o -> new Hardsigmoid())
                .with("Hardswish", Hardswish.class, o -> new Hardswish())
                .with(
                        "Hardtanh",
                        Hardtanh.class,
                        o -> new Hardtanh(o.getFloat("minVal"), o.getFloat("maxVal")))
                .with("Identity", Identity.class, o -> new Identity())
                .with("LeakyReLU", LeakyReLU.class, o -> new LeakyReLU(o.getFloat("negativeSlope")))
                .with("LogSigmoid", LogSigmoid.class, o -> new LogSigmoid())
                .with("LogSoftmax", LogSoftmax.class, o -> new LogSoftmax())
                .with("Mish", Mish.class, o -> new Mish())
                .with(
                        "ParametricActivation",
                        ParametricActivation.class,
                        o ->
                                new ParametricActivation(
                                        o.getLayer("activation", Nonlinearity.class),
                                        o.getInt("features")))
                .with(
                        "PReLU",
                        PReLU.class,
                        o -> new PReLU(o.getInt("numParameters"), o.getFloat("init")))
                .with("ReLU", ReLU.class, o -> new ReLU())
                .with("ReLU6", ReLU6.class, o -> new ReLU6())
                .with(
                        "RReLU",
                        RReLU.class,
                        o -> new RReLU(o.getFloat("lower"), o.getFloat("upper")))
                .with("SELU", SELU.class, o -> new SELU())
                .with("Sigmoid", Sigmoid.class, o -> new Sigmoid())
                .with("SiLU", SiLU.class, o -> new SiLU())
                .with("Softmax", Softmax.class, o -> new Softmax())
                .with("Softmax2d", Softmax2d.class, o -> new Softmax2d())
                .with("Softmin", Softmin.class, o -> new Softmin())
                .with("Softplus", Softplus.class, StandardLayers::softplus)
                .with("Softshrink", Softshrink.class, o -> new Softshrink(o.getFloat("lambd")))
                .with("Softsign", Softsign.class, o -> new Softsign())
                .with("Tanh", Tanh.class, o -> new Tanh())
                .with("Tanhshrink", Tanhshrink.class, o -> new Tanhshrink())
                .with(
                        "Threshold",
                        Threshold.class,
                        o -> new Threshold(o.getFloat("threshold"), o.getFloat("value")));
    }

    /** The threshold came after the first files of version 1. */
    private static Softplus softplus(LayerOptions o) throws FormatException {
        float beta = o.getFloat("beta");
        return o.has("threshold")
                ? new Softplus(beta, o.getFloat("threshold"))
                : new Softplus(beta);
    }

    private static GELU gelu(LayerOptions o) throws FormatException {
        String approximate = o.getString("approximate", "none", "tanh");
        return new GELU(GELU.Approximate.valueOf(approximate.toUpperCase(Locale.ROOT)));
    }

    private static LayerTypes rows(LayerTypes types) {
        return types.with("Dropout", Dropout.class, o -> new Dropout(o.getFloat("p")))
                .with("Embedding", Embedding.class, StandardLayers::embedding)
                .with(
                        "FeatureScale",
                        FeatureScale.class,
                        o -> new FeatureScale(o.getInt("features")))
                .with("Flatten", Flatten.class, o -> new Flatten())
                .with("Linear", Linear.class, StandardLayers::linear)
                .with(
                        "PeriodicEmbedding",
                        PeriodicEmbedding.class,
                        o ->
                                new PeriodicEmbedding(
                                        o.getInt("numbers"),
                                        o.getInt("waves"),
                                        o.getInt("features"),
                                        o.getFloat("deviation")))
                .with("Reshape", Reshape.class, o -> new Reshape(o.getInts("shape")))
                .with("TiedLinear", TiedLinear.class, StandardLayers::tied)
                .with(
                        "TimeDistributed",
                        TimeDistributed.class,
                        o -> new TimeDistributed(o.getLayer("layer")))
                .with(
                        "Unflatten",
                        Unflatten.class,
                        o -> new Unflatten(o.getInt("dim"), o.getInts("unflattenedSize")));
    }

    private static Embedding embedding(LayerOptions o) throws FormatException {
        Embedding layer = new Embedding(o.getInt("numEmbeddings"), o.getInt("embeddingDim"));
        if (o.has("sparse") && o.getBoolean("sparse")) {
            layer.sparse();
        }
        return o.has("paddingIdx") ? layer.paddingIdx(o.getInt("paddingIdx")) : layer;
    }

    private static TiedLinear tied(LayerOptions o) throws FormatException {
        TiedLinear layer = new TiedLinear(o.getLayer("embedding", Embedding.class));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static Linear linear(LayerOptions o) throws FormatException {
        Linear layer = new Linear(o.getInt("inFeatures"), o.getInt("outFeatures"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static LayerTypes graphs(LayerTypes types) {
        return types.with("Concat", Concat.class, o -> new Concat(layers(o)))
                .with("Concatenate", Concatenate.class, o -> new Concatenate())
                .with("Elementwise", Elementwise.class, StandardLayers::elementwise)
                .with("Model", Model.class, ModelGraph::read)
                .with("Part", Part.class, StandardLayers::part)
                .with("Residual", Residual.class, o -> new Residual(layers(o)))
                .with("Sequential", Sequential.class, o -> new Sequential(layers(o)));
    }

    private static Layer[] layers(LayerOptions o) throws FormatException {
        return o.getLayers("layers").toArray(Layer[]::new);
    }

    private static Part part(LayerOptions o) throws FormatException {
        List<Shape> shapes = new ArrayList<>();
        for (int[] shape : o.getIntLists("shapes")) {
            shapes.add(new Shape(shape));
        }
        int index = o.getInt("index");
        if (index < 0 || index >= shapes.size()) {
            throw o.expected("index", "the number of one of %s values".formatted(shapes.size()));
        }
        return new Part(shapes, index);
    }

    private static Elementwise elementwise(LayerOptions o) throws FormatException {
        String how = o.getString("how", "add", "subtract", "multiply");
        return new Elementwise(Combination.valueOf(how.toUpperCase(Locale.ROOT)));
    }
}
