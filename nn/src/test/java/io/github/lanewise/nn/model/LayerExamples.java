package io.github.lanewise.nn.model;

import static io.github.lanewise.nn.model.Example.of;

import io.github.lanewise.nn.layer.AlphaDropout;
import io.github.lanewise.nn.layer.DropPath;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Dropout1d;
import io.github.lanewise.nn.layer.Dropout2d;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.FeatureAlphaDropout;
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
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.LogSigmoid;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.ReGLU;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.ReLU6;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reparameterize;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Softsign;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.norm.BatchNorm1d;

import java.util.ArrayList;
import java.util.List;

/** Activations, and layers of rows. */
final class LayerExamples {

    private LayerExamples() {}

    static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(activations());
        all.addAll(rows());
        all.addAll(randomAndGated());
        return all;
    }

    private static List<Example> activations() {
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
                of(new LogSoftmax(), 5),
                of(new Mish(), 5),
                of(new ParametricActivation(new ELU(0.3f), 5), 5),
                of(new PReLU(5, 0.1f), 5),
                of(new ReLU(), 5),
                of(new ReLU6(), 5),
                of(new SELU(), 5),
                of(new Sigmoid(), 5),
                of(new SiLU(), 5),
                of(new Softmax(), 5),
                of(new Softplus(2), 5),
                of(new Softplus(2, 0.5f), 5),
                of(new Softsign(), 5),
                of(new Tanh(), 5));
    }

    private static List<Example> rows() {
        return List.of(
                of(new Dropout(0.3f), 5),
                of(new Embedding(7, 3).paddingIdx(2), 4),
                of(new Embedding(1, 3), 4),
                of(new FeatureScale(5), 5),
                of(new Flatten(), 2, 3),
                of(new Linear(5, 40), 5),
                of(new Linear(1, 3).withoutBias(), 1),
                of(new PeriodicEmbedding(3, 4, 5, 0.5f), 3),
                of(new Reshape(3, 2), 6),
                of(new BatchNorm1d(5).eps(1e-3f).momentum(0.3f), 5),
                of(new BatchNorm1d(5).withoutAffine().frozen(true), 5));
    }

    private static List<Example> randomAndGated() {
        return List.of(
                of(new AlphaDropout(0.3f), 5),
                of(new FeatureAlphaDropout(0.3f), 4, 3),
                of(new DropPath(0.3f), 5),
                of(new Dropout1d(0.3f), 4, 5),
                of(new Dropout2d(0.3f), 4, 2, 3),
                of(new GaussianNoise(0.3f), 5),
                of(new Reparameterize(), 6),
                of(new GEGLU(), 6),
                of(new GLU(), 6),
                of(new GLU(0), 4, 3),
                of(new ReGLU(), 6),
                of(new SwiGLU(), 3, 6),
                of(new Reduce(Reduce.Kind.MEAN, 1).keepDim(), 3, 4));
    }
}
