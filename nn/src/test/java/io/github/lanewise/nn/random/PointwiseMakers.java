package io.github.lanewise.nn.random;

import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.layer.Affine;
import io.github.lanewise.nn.layer.AlphaDropout;
import io.github.lanewise.nn.layer.DropPath;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.ELU;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.GLU;
import io.github.lanewise.nn.layer.GaussianNoise;
import io.github.lanewise.nn.layer.Hardsigmoid;
import io.github.lanewise.nn.layer.Hardswish;
import io.github.lanewise.nn.layer.Hardtanh;
import io.github.lanewise.nn.layer.Identity;
import io.github.lanewise.nn.layer.LeakyReLU;
import io.github.lanewise.nn.layer.LogSigmoid;
import io.github.lanewise.nn.layer.LogSoftmax;
import io.github.lanewise.nn.layer.Mish;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.Permute;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.ReLU6;
import io.github.lanewise.nn.layer.Reduce;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.SELU;
import io.github.lanewise.nn.layer.SiLU;
import io.github.lanewise.nn.layer.Sigmoid;
import io.github.lanewise.nn.layer.Slice;
import io.github.lanewise.nn.layer.Softmax;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Softsign;
import io.github.lanewise.nn.layer.Tanh;

import java.util.List;

/** Makers of layers that take samples of any shape. */
final class PointwiseMakers {

    private static final List<Maker> ACTIVATIONS =
            List.of(
                    (d, s) -> new ELU(d.real(0.1f, 2)),
                    (d, s) -> new GELU(d.pick(List.of(GELU.Approximate.values()))),
                    (d, s) -> new Hardsigmoid(),
                    (d, s) -> new Hardswish(),
                    (d, s) -> new Hardtanh(d.real(-2, 0), d.real(0.1f, 2)),
                    (d, s) -> new LeakyReLU(d.real(-0.5f, 0.5f)),
                    (d, s) -> new LogSigmoid(),
                    (d, s) -> new Mish(),
                    (d, s) -> new ReLU(),
                    (d, s) -> new ReLU6(),
                    (d, s) -> new SELU(),
                    (d, s) -> new Sigmoid(),
                    (d, s) -> new SiLU(),
                    (d, s) -> new Softplus(d.real(0.5f, 3)),
                    (d, s) -> new Softsign(),
                    (d, s) -> new Tanh());

    private static final List<Maker> OTHERS =
            List.of(
                    (d, s) -> activation(d),
                    (d, s) -> new Affine(d.real(-2, 2), d.real(-1, 1)),
                    (d, s) -> new AlphaDropout(d.real(0, 0.6f)),
                    (d, s) -> new Dropout(d.real(0, 0.6f)),
                    (d, s) -> new DropPath(d.real(0, 0.6f)),
                    (d, s) -> new Flatten(),
                    (d, s) -> new GaussianNoise(d.real(0, 0.5f)),
                    (d, s) -> new GLU(d.number(0, s.length - 1)),
                    (d, s) -> new Identity(),
                    (d, s) -> new LogSoftmax(),
                    (d, s) -> new Permute(permutation(d, s.length)),
                    (d, s) -> new PReLU(),
                    (d, s) -> new PReLU(s[0], d.real(-0.5f, 0.5f)),
                    PointwiseMakers::reduce,
                    PointwiseMakers::reshape,
                    PointwiseMakers::slice,
                    (d, s) -> new Softmax());

    private PointwiseMakers() {}

    static List<Maker> all() {
        return OTHERS;
    }

    static Nonlinearity activation(Draw d) {
        return (Nonlinearity) d.pick(ACTIVATIONS).make(d, new int[0]);
    }

    private static int[] permutation(Draw d, int rank) {
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            int j = d.among(0, i);
            order[i] = order[j];
            order[j] = d.number(i, i);
        }
        return order;
    }

    private static Layer reduce(Draw d, int[] s) {
        Reduce layer = new Reduce(d.pick(List.of(Reduce.Kind.values())), d.number(0, s.length - 1));
        return d.chance(0.5) ? layer.keepDim() : layer;
    }

    private static Layer reshape(Draw d, int[] s) {
        int features = 1;
        for (int dimension : s) {
            features *= dimension;
        }
        int first = d.divisor(features);
        return d.chance(0.3)
                ? new Reshape(first, Math.max(1, features / Math.max(1, first)))
                : new Reshape(features);
    }

    private static Layer slice(Draw d, int[] s) {
        int axis = d.among(0, s.length - 1);
        int start = d.number(0, Math.max(0, s[axis] - 1));
        int end = d.number(Math.min(start, s[axis] - 1) + 1, s[axis]);
        return new Slice(d.number(axis, axis), start, end, d.number(1, 3));
    }
}
