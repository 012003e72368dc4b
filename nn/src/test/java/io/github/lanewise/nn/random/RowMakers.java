package io.github.lanewise.nn.random;

import io.github.lanewise.nn.layer.FeatureScale;
import io.github.lanewise.nn.layer.GEGLU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ParametricActivation;
import io.github.lanewise.nn.layer.PeriodicEmbedding;
import io.github.lanewise.nn.layer.ReGLU;
import io.github.lanewise.nn.layer.Reparameterize;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.SwiGLU;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.LocalResponseNorm;
import io.github.lanewise.nn.norm.RMSNorm;

import java.util.List;

/** Makers of layers that take rows of features. */
final class RowMakers {

    private static final List<Maker> ALL =
            List.of(
                    (d, s) -> linear(d, s[0]),
                    (d, s) -> linear(d, s[0]),
                    (d, s) -> batchNorm(d, s[0]),
                    (d, s) -> new FeatureScale(s[0]),
                    (d, s) -> new GEGLU(),
                    (d, s) -> new GroupNorm(d.divisor(s[0]), s[0]).eps(d.real(1e-5f, 1e-2f)),
                    (d, s) -> layerNorm(d, s[0]),
                    (d, s) -> localResponse(d),
                    (d, s) -> new ParametricActivation(PointwiseMakers.activation(d), s[0]),
                    (d, s) ->
                            new PeriodicEmbedding(
                                    s[0], d.number(1, 4), d.number(1, 4), d.real(0.1f, 1)),
                    (d, s) -> new ReGLU(),
                    (d, s) -> new Reparameterize(),
                    (d, s) -> rmsNorm(d, s[0]),
                    RowMakers::toImage,
                    (d, s) -> new SwiGLU());

    private RowMakers() {}

    static List<Maker> all() {
        return ALL;
    }

    static Linear linear(Draw d, int inputs) {
        Linear layer = new Linear(inputs, d.size());
        return d.chance(0.3) ? layer.withoutBias() : layer;
    }

    static BatchNorm1d batchNorm(Draw d, int features) {
        BatchNorm1d layer =
                new BatchNorm1d(features)
                        .eps(d.real(1e-5f, 1e-2f))
                        .momentum(d.real(0, 1))
                        .frozen(d.chance(0.2));
        return d.chance(0.3) ? layer.withoutAffine() : layer;
    }

    static LayerNorm layerNorm(Draw d, int... shape) {
        LayerNorm layer = new LayerNorm(shape).eps(d.real(1e-5f, 1e-2f));
        if (d.chance(0.3)) {
            return layer.withoutAffine();
        }
        return d.chance(0.3) ? layer.withoutBias() : layer;
    }

    static RMSNorm rmsNorm(Draw d, int... shape) {
        RMSNorm layer = new RMSNorm(shape).eps(d.real(1e-5f, 1e-2f));
        return d.chance(0.3) ? layer.withoutAffine() : layer;
    }

    static LocalResponseNorm localResponse(Draw d) {
        return new LocalResponseNorm(d.number(1, 5))
                .alpha(d.real(1e-4f, 0.5f))
                .beta(d.real(0.3f, 1))
                .k(d.real(0.5f, 2));
    }

    private static Reshape toImage(Draw d, int[] s) {
        int channels = d.divisor(s[0]);
        int rest = s[0] / Math.max(1, channels);
        int height = d.divisor(rest);
        return new Reshape(channels, height, rest / Math.max(1, height));
    }
}
