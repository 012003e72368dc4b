package io.github.lanewise.onnx;

import static io.github.lanewise.onnx.ExportCase.of;

import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.AlphaDropout;
import io.github.lanewise.nn.layer.DropPath;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Dropout1d;
import io.github.lanewise.nn.layer.Dropout2d;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GEGLU;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.GLU;
import io.github.lanewise.nn.layer.GaussianNoise;
import io.github.lanewise.nn.layer.Hardsigmoid;
import io.github.lanewise.nn.layer.Hardswish;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.IndexSelect;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSigmoid;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.Permute;
import io.github.lanewise.nn.layer.Pointwise;
import io.github.lanewise.nn.layer.ReGLU;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.ReLU6;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reparameterize;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Slice;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Softsign;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.InstanceNorm1d;
import io.github.lanewise.nn.norm.InstanceNorm2d;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;

import java.util.ArrayList;
import java.util.List;

/** Cases of the usual layers. */
final class LayerExportCases {

    private LayerExportCases() {}

    static List<ExportCase> all() {
        List<ExportCase> all = new ArrayList<>();
        all.addAll(activations());
        all.addAll(rows());
        all.addAll(norms());
        all.addAll(sequences());
        return all;
    }

    private static List<ExportCase> activations() {
        return List.of(
                of(new ELU(0.7f), 5),
                of(new GELU(), 5),
                of(new GELU(GELU.Approximate.TANH), 5),
                of(new Hardsigmoid(), 5),
                of(new Hardswish(), 5),
                of(new Hardtanh(-0.3f, 0.1f), 5),
                of(new Identity(), 5),
                of(new LeakyReLU(0.2f), 5),
                of(new LogSigmoid(), 5),
                of(new LogSoftmax(), 2, 5),
                of(new Mish(), 5),
                of(new ParametricActivation(new ELU(0.3f), 6), 2, 3),
                of(new PReLU(5, 0.1f), 5),
                of(new PReLU(2, 0.1f), 2, 3, 4),
                of(new PReLU(), 2, 3),
                of(new ReLU(), 5),
                of(new ReLU6(), 5),
                of(new SELU(), 5),
                of(new Sigmoid(), 5),
                of(new SiLU(), 5),
                of(new Softmax(), 2, 3, 5),
                of(new Softplus(), 5),
                of(new Softplus(2, 0.5f), 5),
                of(new Softsign(), 5),
                of(new Tanh(), 5),
                of(new GEGLU(), 6),
                of(new GLU(), 2, 6),
                of(new GLU(0), 4, 3),
                of(new ReGLU(), 6),
                of(new SwiGLU(), 3, 6));
    }

    private static List<ExportCase> rows() {
        return List.of(
                of(new Affine(0.5f, -2), 5),
                of(new AlphaDropout(0.3f), 5),
                of(new DropPath(0.3f), 5),
                of(new Dropout(0.3f), 5),
                of(new Dropout1d(0.3f), 4, 5),
                of(new Dropout2d(0.3f), 4, 2, 3),
                of(new Embedding(7, 3).paddingIdx(2), 4),
                of(new Embedding(7, 3), 2, 4),
                of(new FeatureScale(6), 2, 3),
                of(new Flatten(), 2, 3),
                of(new Flatten(), 4),
                of(new GaussianNoise(0.3f), 5),
                of(new IndexSelect(1, 2, 2, 0), 2, 3),
                of(new Linear(5, 40), 5),
                of(new Linear(1, 3).withoutBias(), 1),
                of(new Linear(4, 3), 2, 3, 4),
                of(new Linear(4, 3).withoutBias(), 2, 4),
                of(new PeriodicEmbedding(3, 4, 5, 0.5f), 3),
                of(new Permute(2, 0, 1), 2, 3, 4),
                of(new Pointwise(Pointwise.Function.ABS), 5),
                of(new Pointwise(Pointwise.Function.BFLOAT16), 5),
                of(new Pointwise(Pointwise.Function.COS), 5),
                of(new Pointwise(Pointwise.Function.ERF), 5),
                of(new Pointwise(Pointwise.Function.EXP), 5),
                of(new Pointwise(Pointwise.Function.FLOAT16), 5),
                of(new Pointwise(Pointwise.Function.HEAVISIDE), 2, 5),
                of(new Pointwise(Pointwise.Function.SIN), 5),
                of(new Pointwise(Pointwise.Function.TRUNC), 5),
                of("roots and logarithms", roots(), 5),
                of(Pointwise.pow(3), 5),
                of(new Reduce(Reduce.Kind.MEAN, 1).keepDim(), 3, 4),
                of(new Reduce(Reduce.Kind.SUM, 0), 3, 4),
                of(new Reduce(Reduce.Kind.MAX, 0), 4),
                of(new Reduce(Reduce.Kind.NORM, 2), 3, 2, 4),
                of(new Reparameterize(), 4, 3),
                of(new Reshape(3, 2), 6),
                of(new Slice(1, 1, 6, 2), 2, 7));
    }

    private static List<ExportCase> norms() {
        return List.of(
                of(new BatchNorm1d(5).eps(1e-3f), 5),
                of(new BatchNorm1d(5).withoutAffine().frozen(true), 5, 3),
                of(new BatchNorm2d(3), 3, 4, 4),
                of(new GroupNorm(2, 4).eps(1e-4f), 4, 3, 3),
                of(new GroupNorm(2, 4).withoutAffine(), 4, 3),
                of(new InstanceNorm1d(3), 3, 5),
                of(new InstanceNorm2d(3).eps(1e-3f).affine(), 3, 4, 5),
                of(new LayerNorm(3, 2).eps(1e-3f), 3, 2),
                of(new LayerNorm(4).withoutBias(), 3, 4),
                of(new LayerNorm(4).withoutAffine(), 3, 4),
                of(new LocalResponseNorm(3).alpha(0.1f).beta(0.5f).k(2), 5, 4),
                of(new LocalResponseNorm(3).alpha(0.1f), 5, 4, 2),
                of(new LocalResponseNorm(4).alpha(0.1f).beta(0.5f), 5, 4, 2),
                of(new RMSNorm(4).eps(1e-4f), 3, 4),
                of(new RMSNorm(3, 4).withoutAffine(), 3, 4));
    }

    private static List<ExportCase> sequences() {
        return List.of(
                of(new GRU(3, 4).numLayers(2).bidirectional(), 5, 3),
                of(new GRU(3, 4).lastOutput(), 5, 3),
                of(new LSTM(3, 4).lastOutput(), 5, 3),
                of(new LSTM(3, 4).numLayers(2).bidirectional(), 5, 3),
                of(new LSTM(3, 4).numLayers(2).bidirectional().lastOutput(), 5, 3),
                of(new RNN(3, 4).relu().bidirectional().lastOutput(), 5, 3),
                of(new RNN(3, 4), 5, 3),
                of(new GRU(3, 4).numLayers(2).bidirectional().withoutBias().dropout(0.2f), 5, 3),
                of(new LSTM(3, 4).withoutBias().lastOutput(), 5, 3),
                of(new RNN(3, 4).withoutBias(), 5, 3),
                of(new LearnedEncoding(6, 4), 5, 4),
                of(new LearnedEncoding(5, 4), 5, 4),
                of(new MultiheadAttention(6, 2).causal(), 4, 6),
                of(new MultiheadAttention(6, 3), 4, 6),
                of(new Patches(2, 3), 2, 4, 6),
                of(new SinusoidalEncoding(), 4, 6),
                of(new TimeDistributed(new Linear(3, 2)), 4, 3),
                of(new TimeDistributed(new Sequential(new Flatten(), new Linear(6, 2))), 4, 2, 3),
                of(
                        new TransformerEncoderLayer(6, 2, 8)
                                .normFirst()
                                .activation(new GELU(GELU.Approximate.TANH)),
                        4,
                        6),
                of(new TransformerEncoderLayer(6, 3, 8).causal(), 4, 6));
    }

    /** Of numbers above 0. */
    private static Sequential roots() {
        return new Sequential(
                Pointwise.pow(2),
                new Affine(1, 0.5f),
                new Pointwise(Pointwise.Function.SQRT),
                new Pointwise(Pointwise.Function.LOG),
                new Affine(1, 3),
                Pointwise.pow(-1.5f));
    }
}
