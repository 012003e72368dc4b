package io.github.lanewise.nn.model;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Layer;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.conv.Conv1d;
import io.github.lanewise.nn.conv.Conv2d;
import io.github.lanewise.nn.conv.ConvTranspose2d;
import io.github.lanewise.nn.conv.MaxPool2d;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.PReLU;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.BatchNorm1d;
import io.github.lanewise.nn.norm.BatchNorm2d;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** The networks of {@code torch_models.py}, built here. */
enum TorchModel {
    MLP(
            () ->
                    new Sequential(
                            new Linear(6, 16),
                            new ReLU(),
                            new Linear(16, 12),
                            new GELU(),
                            new Linear(12, 3)),
            Map.of(),
            6),
    CNN(
            () ->
                    new Sequential(
                            new Conv2d(1, 8, 3).padding(1),
                            new BatchNorm2d(8),
                            new ReLU(),
                            new MaxPool2d(2),
                            new Conv2d(8, 6, 3).stride(2).groups(2).withoutBias(),
                            new BatchNorm2d(6),
                            new ReLU(),
                            new Flatten(),
                            new Linear(24, 3)),
            Map.of(),
            1,
            10,
            10),
    SHAPES(
            () ->
                    new Sequential(
                            new ConvTranspose2d(2, 4, 3, 2).stride(2).padding(1, 0),
                            new GroupNorm(2, 4),
                            new PReLU(4, 0.25f),
                            new Reshape(4, 20),
                            new Conv1d(4, 6, 3).dilation(2),
                            new BatchNorm1d(6),
                            new LayerNorm(6, 16),
                            new RMSNorm(16),
                            new Flatten(),
                            new Linear(96, 2).withoutBias()),
            Map.of(),
            2,
            3,
            2),
    LSTM_LAST(
            () -> new Sequential(new LSTM(3, 5).numLayers(2).lastOutput(), new Linear(5, 2)),
            Map.of("lstm.", "0.", "head.", "1."),
            5,
            3),
    GRU_BOTH(
            () ->
                    new Sequential(
                            new GRU(3, 4).bidirectional(), new TimeDistributed(new Linear(8, 2))),
            Map.of("gru.", "0.", "head.", "1.layer."),
            5,
            3),
    RNN_RELU(() -> new RNN(3, 4).relu(), Map.of("rnn.", ""), 5, 3),
    ENCODER(
            () ->
                    new Sequential(
                            new TransformerEncoderLayer(8, 2, 16).dropout(0),
                            new TransformerEncoderLayer(8, 2, 16)
                                    .dropout(0)
                                    .normFirst()
                                    .activation(new GELU())),
            Map.of(),
            5,
            8),
    EMBEDDING(
            () ->
                    new Sequential(
                            new Embedding(10, 5).paddingIdx(0), new Flatten(), new Linear(20, 4)),
            Map.of(),
            4);

    private final Supplier<Layer> maker;
    private final Map<String, String> prefixes;
    private final Shape input;

    TorchModel(Supplier<Layer> maker, Map<String, String> prefixes, int... input) {
        this.maker = maker;
        this.prefixes = prefixes;
        this.input = new Shape(input);
    }

    Layer model() {
        return maker.get();
    }

    /** Returns our name of what PyTorch calls by this. */
    String rename(String name) {
        for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
            if (name.startsWith(prefix.getKey())) {
                return prefix.getValue() + name.substring(prefix.getKey().length());
            }
        }
        return name;
    }

    /** Returns PyTorch's name of what we call by this. */
    String renameBack(String name) {
        for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
            if (name.startsWith(prefix.getValue())) {
                return prefix.getKey() + name.substring(prefix.getValue().length());
            }
        }
        return name;
    }

    Path file(Path folder, String suffix) {
        return folder.resolve(name().toLowerCase(Locale.ROOT).replaceAll("_.*", "") + suffix);
    }

    /** Returns what a model makes of samples, one after another. */
    Matrix outputs(Layer model, float[] samples) {
        int batch = samples.length / input.features();
        Matrix x = Matrix.zeros(batch, input.features());
        System.arraycopy(samples, 0, x.data(), 0, samples.length);
        return model.bind(input, Workspace.inference(batch)).forward(x);
    }

    /** Returns the mean squares of the outputs in steps that make them smaller. */
    float[] losses(Layer model, float[] samples, int steps) {
        int batch = samples.length / input.features();
        Matrix x = new Matrix(samples, 0, batch, input.features(), input.features());
        Pass pass = model.bind(input, Workspace.training(batch));
        SGD sgd = new SGD(0.05f).momentum(0.9f);
        List<Param> parameters = List.copyOf(model.parameters().values());
        float[] losses = new float[steps];
        for (int step = 0; step < steps; step++) {
            Matrix y = pass.forward(x);
            double sum = 0;
            Matrix gradient = Matrix.zeros(y.rows(), y.cols());
            for (int i = 0; i < y.size(); i++) {
                float value = y.at(i / y.cols(), i % y.cols());
                sum += (double) value * value;
                gradient.data()[i] = 2 * value / y.size();
            }
            losses[step] = (float) (sum / y.size());
            pass.backward(gradient);
            sgd.step(parameters);
            parameters.forEach(Param::clearGradient);
        }
        return losses;
    }
}
