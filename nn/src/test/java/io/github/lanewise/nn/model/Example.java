package io.github.lanewise.nn.model;

import io.github.lanewise.engine.Combination;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
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
import io.github.lanewise.nn.graph.Concat;
import io.github.lanewise.nn.graph.Concatenate;
import io.github.lanewise.nn.graph.Elementwise;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Residual;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
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
import io.github.lanewise.nn.optim.Adam;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A network with the shape of its samples: every layer of the library, each with other options than
 * the usual ones, and some networks of several.
 */
public record Example(Layer model, Shape input) {

    private static final int BATCH = 4;

    private static Example of(Layer model, int... input) {
        return new Example(model, new Shape(input));
    }

    public static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(activations());
        all.addAll(rows());
        all.addAll(images());
        all.addAll(sequences());
        all.addAll(graphs());
        all.addAll(MoreExamples.all());
        all.addAll(TorchExamples.all());
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

    private static List<Example> images() {
        return List.of(
                of(new AdaptiveAvgPool2d(2, 3), 2, 5, 7),
                of(new AvgPool2d(3, 2).stride(2, 1).padding(1).countIncludePad(false), 2, 6, 7),
                of(new AvgPool2d(2).ceilMode(), 1, 5, 5),
                of(new BatchNorm2d(3), 3, 4, 4),
                of(new Conv1d(4, 6, 3).stride(2).padding(2).dilation(2).groups(2), 4, 9),
                of(new Conv2d(4, 6, 3, 2).stride(2, 1).padding(1, 2).dilation(1, 2), 4, 7, 6),
                of(new Conv2d(4, 4, 3).groups(4).withoutBias(), 4, 6, 6),
                of(new ConvTranspose2d(4, 2, 3, 2).stride(2).outputPadding(1, 0), 4, 4, 3),
                of(new GroupNorm(2, 4).eps(1e-4f), 4, 3, 3),
                of(new MaxPool2d(3, 2).stride(2, 1).padding(1, 0).dilation(1, 2), 2, 7, 6),
                of(new MaxPool2d(2).ceilMode(), 1, 5, 5),
                of(new Patches(2, 3), 2, 4, 6));
    }

    private static List<Example> sequences() {
        return List.of(
                of(new GRU(3, 4).numLayers(2).bidirectional(), 5, 3),
                of(new LSTM(3, 4).lastOutput(), 5, 3),
                of(new RNN(3, 4).relu().bidirectional().lastOutput(), 5, 3),
                of(new RNN(3, 4), 5, 3),
                of(new LayerNorm(3, 2).eps(1e-3f), 3, 2),
                of(new LayerNorm(4).withoutBias(), 3, 4),
                of(new LayerNorm(4).withoutAffine(), 3, 4),
                of(new RMSNorm(4).eps(1e-4f), 3, 4),
                of(new RMSNorm(4).withoutAffine(), 3, 4),
                of(new LearnedEncoding(6, 4), 5, 4),
                of(new MultiheadAttention(6, 2).causal(), 4, 6),
                of(new SinusoidalEncoding(), 4, 6),
                of(new TimeDistributed(new Linear(3, 2)), 4, 3),
                of(
                        new TransformerEncoderLayer(6, 2, 8)
                                .dropout(0)
                                .normFirst()
                                .activation(new GELU(GELU.Approximate.TANH)),
                        4,
                        6),
                of(new TransformerEncoderLayer(6, 3, 8).causal().dropout(0), 4, 6));
    }

    private static List<Example> graphs() {
        Linear shared = new Linear(4, 4);
        return List.of(
                of(new Concat(new Linear(4, 2), new Sequential(new Linear(4, 3), new Tanh())), 4),
                of(new Concatenate(), 4),
                of(
                        new Residual(
                                new Linear(4, 4), new ReLU(), new Dropout(0.2f), new Linear(4, 4)),
                        4),
                of(
                        new Sequential(
                                new Conv2d(1, 4, 3).padding(1),
                                new BatchNorm2d(4),
                                new ReLU(),
                                new MaxPool2d(2),
                                new Flatten(),
                                new Dropout(),
                                new Linear(36, 3)),
                        1,
                        6,
                        6),
                of(
                        new Sequential(
                                shared, new ReLU(), new Residual(shared), shared, new Linear(4, 2)),
                        4),
                of(graph(), 7));
    }

    /** Two inputs, two outputs, all merges, a shared layer, a value taken twice. */
    static Model graph() {
        Input left = new Input(4);
        Input right = new Input(3);
        Linear shared = new Linear(3, 3);
        Value first = left.then(new Linear(4, 3), new Tanh());
        Value second = right.then(shared);
        Value sum = first.plus(second).then(shared);
        Value joint = Value.concat(sum.times(second), right.minus(first), sum);
        Value twice = Value.merge(new Elementwise(Combination.MULTIPLY), sum, sum);
        Value last = joint.then(new BatchNorm1d(9), new Dropout(0.1f), new Linear(9, 2));
        return new Model(List.of(left, right), List.of(last, twice));
    }

    Matrix samples(int seed) {
        Matrix x = Matrices.gaussian(BATCH, input.features(), seed);
        if (model instanceof Embedding embedding) {
            int count = embedding.weight().value().rows();
            for (int i = 0; i < x.size(); i++) {
                x.data()[i] = (int) Math.abs(x.data()[i] * 10) % count;
            }
        }
        return x;
    }

    /** Returns the bits of what another model makes of the samples. */
    int[] outputs(Layer other) {
        Matrix y = other.bind(input, Workspace.inference(BATCH)).forward(samples(1));
        return bits(y);
    }

    /** Trains another model for some steps; returns the bits of everything in it after that. */
    int[] train(Layer other, int steps) {
        Pass pass = other.bind(input, Workspace.training(BATCH));
        Adam adam = new Adam(0.01f);
        List<Param> parameters = List.copyOf(other.parameters().values());
        for (int step = 0; step < steps; step++) {
            Matrix y = pass.forward(samples(step + 2));
            pass.backward(y);
            if (!parameters.isEmpty()) {
                adam.step(parameters);
            }
            parameters.forEach(Param::clearGradient);
        }
        List<int[]> all = new ArrayList<>();
        all.add(bits(pass.forward(samples(50))));
        other.parameters().values().forEach(p -> all.add(bits(p.value())));
        other.states().values().forEach(s -> all.add(bits(s.value())));
        return all.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private static int[] bits(Matrix matrix) {
        int[] bits = new int[matrix.size()];
        for (int i = 0; i < bits.length; i++) {
            float value = matrix.at(i / matrix.cols(), i % matrix.cols());
            bits[i] = Float.floatToRawIntBits(value);
        }
        return bits;
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(model.toString().replaceAll("\\s+", " "), input);
    }
}
