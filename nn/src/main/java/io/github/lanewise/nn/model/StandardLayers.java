package io.github.lanewise.nn.model;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.AdaptiveAvgPool2d;
import io.github.lanewise.nn.conv.AvgPool2d;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.file.FormatException;
import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Concatenate;
import io.github.lanewise.nn.graph.Elementwise;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GELU;
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
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.ReLU6;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Softsign;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;

import java.util.Locale;

/** How each layer of this library is made from its options. */
final class StandardLayers {

    /** Recurrent layers make their parameters' descriptions by this number. */
    private static final int MOST_RECURRENT_LAYERS = 1000;

    private StandardLayers() {}

    static LayerTypes add(LayerTypes types) {
        return graphs(attention(recurrent(norms(images(rows(activations(types)))))));
    }

    private static LayerTypes activations(LayerTypes types) {
        return types.with("ELU", ELU.class, o -> new ELU(o.getFloat("alpha")))
                .with("GELU", GELU.class, StandardLayers::gelu)
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
                .with("SELU", SELU.class, o -> new SELU())
                .with("Sigmoid", Sigmoid.class, o -> new Sigmoid())
                .with("SiLU", SiLU.class, o -> new SiLU())
                .with("Softmax", Softmax.class, o -> new Softmax())
                .with("Softplus", Softplus.class, o -> new Softplus(o.getFloat("beta")))
                .with("Softsign", Softsign.class, o -> new Softsign())
                .with("Tanh", Tanh.class, o -> new Tanh());
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
                .with(
                        "TimeDistributed",
                        TimeDistributed.class,
                        o -> new TimeDistributed(o.getLayer("layer")));
    }

    private static Embedding embedding(LayerOptions o) throws FormatException {
        Embedding layer = new Embedding(o.getInt("numEmbeddings"), o.getInt("embeddingDim"));
        return o.has("paddingIdx") ? layer.paddingIdx(o.getInt("paddingIdx")) : layer;
    }

    private static Linear linear(LayerOptions o) throws FormatException {
        Linear layer = new Linear(o.getInt("inFeatures"), o.getInt("outFeatures"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static LayerTypes images(LayerTypes types) {
        return types.with("AdaptiveAvgPool2d", AdaptiveAvgPool2d.class, StandardLayers::adaptive)
                .with("AvgPool2d", AvgPool2d.class, StandardLayers::avgPool)
                .with("Conv1d", Conv1d.class, StandardLayers::conv1d)
                .with("Conv2d", Conv2d.class, StandardLayers::conv2d)
                .with("ConvTranspose2d", ConvTranspose2d.class, StandardLayers::convTranspose)
                .with("MaxPool2d", MaxPool2d.class, StandardLayers::maxPool)
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
                        .padding(o.getInt("padding"))
                        .dilation(o.getInt("dilation"))
                        .groups(o.getInt("groups"));
        return o.getBoolean("bias") ? layer : layer.withoutBias();
    }

    private static Conv2d conv2d(LayerOptions o) throws FormatException {
        int[] kernel = o.getPair("kernelSize");
        int[] stride = o.getPair("stride");
        int[] padding = o.getPair("padding");
        int[] dilation = o.getPair("dilation");
        Conv2d layer =
                new Conv2d(o.getInt("inChannels"), o.getInt("outChannels"), kernel[0], kernel[1])
                        .stride(stride[0], stride[1])
                        .padding(padding[0], padding[1])
                        .dilation(dilation[0], dilation[1])
                        .groups(o.getInt("groups"));
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

    private static LayerTypes norms(LayerTypes types) {
        return types.with("BatchNorm1d", BatchNorm1d.class, StandardLayers::batchNorm1d)
                .with("BatchNorm2d", BatchNorm2d.class, StandardLayers::batchNorm2d)
                .with("GroupNorm", GroupNorm.class, StandardLayers::groupNorm)
                .with("LayerNorm", LayerNorm.class, StandardLayers::layerNorm)
                .with("RMSNorm", RMSNorm.class, StandardLayers::rmsNorm);
    }

    private static BatchNorm1d batchNorm1d(LayerOptions o) throws FormatException {
        BatchNorm1d layer =
                new BatchNorm1d(o.getInt("numFeatures"))
                        .eps(o.getFloat("eps"))
                        .momentum(o.getFloat("momentum"))
                        .frozen(o.getBoolean("frozen"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static BatchNorm2d batchNorm2d(LayerOptions o) throws FormatException {
        BatchNorm2d layer =
                new BatchNorm2d(o.getInt("numFeatures"))
                        .eps(o.getFloat("eps"))
                        .momentum(o.getFloat("momentum"))
                        .frozen(o.getBoolean("frozen"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static GroupNorm groupNorm(LayerOptions o) throws FormatException {
        GroupNorm layer =
                new GroupNorm(o.getInt("numGroups"), o.getInt("numChannels"))
                        .eps(o.getFloat("eps"));
        return o.getBoolean("affine") ? layer : layer.withoutAffine();
    }

    private static LayerNorm layerNorm(LayerOptions o) throws FormatException {
        LayerNorm layer = new LayerNorm(o.getInts("normalizedShape")).eps(o.getFloat("eps"));
        boolean bias = o.getBoolean("bias");
        if (!o.getBoolean("elementwiseAffine")) {
            if (bias) {
                throw o.expected("bias", "false, for there is no weight");
            }
            return layer.withoutAffine();
        }
        return bias ? layer : layer.withoutBias();
    }

    private static RMSNorm rmsNorm(LayerOptions o) throws FormatException {
        RMSNorm layer = new RMSNorm(o.getInts("normalizedShape")).eps(o.getFloat("eps"));
        return o.getBoolean("elementwiseAffine") ? layer : layer.withoutAffine();
    }

    private static LayerTypes recurrent(LayerTypes types) {
        return types.with("GRU", GRU.class, StandardLayers::gru)
                .with("LSTM", LSTM.class, StandardLayers::lstm)
                .with("RNN", RNN.class, StandardLayers::rnn);
    }

    private static GRU gru(LayerOptions o) throws FormatException {
        GRU layer =
                new GRU(o.getInt("inputSize"), o.getInt("hiddenSize"))
                        .numLayers(o.getInt("numLayers", MOST_RECURRENT_LAYERS));
        if (o.getBoolean("bidirectional")) {
            layer.bidirectional();
        }
        return o.getBoolean("lastOutput") ? layer.lastOutput() : layer;
    }

    private static LSTM lstm(LayerOptions o) throws FormatException {
        LSTM layer =
                new LSTM(o.getInt("inputSize"), o.getInt("hiddenSize"))
                        .numLayers(o.getInt("numLayers", MOST_RECURRENT_LAYERS));
        if (o.getBoolean("bidirectional")) {
            layer.bidirectional();
        }
        return o.getBoolean("lastOutput") ? layer.lastOutput() : layer;
    }

    private static RNN rnn(LayerOptions o) throws FormatException {
        RNN layer =
                new RNN(o.getInt("inputSize"), o.getInt("hiddenSize"))
                        .numLayers(o.getInt("numLayers", MOST_RECURRENT_LAYERS));
        if (o.getBoolean("bidirectional")) {
            layer.bidirectional();
        }
        if (o.getString("nonlinearity", "tanh", "relu").equals("relu")) {
            layer.relu();
        }
        return o.getBoolean("lastOutput") ? layer.lastOutput() : layer;
    }

    private static LayerTypes attention(LayerTypes types) {
        return types.with(
                        "LearnedEncoding",
                        LearnedEncoding.class,
                        o -> new LearnedEncoding(o.getInt("steps"), o.getInt("features")))
                .with("MultiheadAttention", MultiheadAttention.class, StandardLayers::attention)
                .with("SinusoidalEncoding", SinusoidalEncoding.class, o -> new SinusoidalEncoding())
                .with(
                        "TransformerEncoderLayer",
                        TransformerEncoderLayer.class,
                        StandardLayers::encoder);
    }

    private static MultiheadAttention attention(LayerOptions o) throws FormatException {
        MultiheadAttention layer =
                new MultiheadAttention(o.getInt("embedDim"), o.getInt("numHeads"));
        return o.getBoolean("causal") ? layer.causal() : layer;
    }

    private static TransformerEncoderLayer encoder(LayerOptions o) throws FormatException {
        TransformerEncoderLayer layer =
                new TransformerEncoderLayer(
                                o.getInt("dModel"), o.getInt("nhead"), o.getInt("dimFeedforward"))
                        .activation(o.getLayer("activation", Nonlinearity.class));
        if (o.getBoolean("normFirst")) {
            layer.normFirst();
        }
        return o.getBoolean("causal") ? layer.causal() : layer;
    }

    private static LayerTypes graphs(LayerTypes types) {
        return types.with("Concat", Concat.class, o -> new Concat(layers(o)))
                .with("Concatenate", Concatenate.class, o -> new Concatenate())
                .with("Elementwise", Elementwise.class, StandardLayers::elementwise)
                .with("Model", Model.class, ModelGraph::read)
                .with("Residual", Residual.class, o -> new Residual(layers(o)))
                .with("Sequential", Sequential.class, o -> new Sequential(layers(o)));
    }

    private static Layer[] layers(LayerOptions o) throws FormatException {
        return o.getLayers("layers").toArray(Layer[]::new);
    }

    private static Elementwise elementwise(LayerOptions o) throws FormatException {
        String how = o.getString("how", "add", "subtract", "multiply");
        return new Elementwise(Combination.valueOf(how.toUpperCase(Locale.ROOT)));
    }
}
