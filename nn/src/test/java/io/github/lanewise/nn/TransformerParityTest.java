package io.github.lanewise.nn;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoder;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.AdaptiveLogSoftmax;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Merge;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNNCell;
import io.github.lanewise.nn.recurrent.RecurrentCell;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Attentions, transformers and recurrent cells as layers of a graph against the numbers that {@code
 * attention.py} made: outputs, all gradients, ten steps of training.
 */
class TransformerParityTest {

    private static final int STEPS = 10;

    private static Map<String, Supplier<Layer>> table() {
        Map<String, Supplier<Layer>> all = new LinkedHashMap<>();
        all.put("other features", () -> new MultiheadAttention(8, 2).kdim(5).vdim(7));
        all.put("no bias", () -> new MultiheadAttention(8, 4).withoutBias());
        all.put("two inputs", () -> new MultiheadAttention(6, 3));
        all.put("mask of samples", () -> new MultiheadAttention(6, 3));
        all.put("mask of heads", () -> new MultiheadAttention(6, 3));
        all.put("grouped queries", () -> new MultiheadAttention(12, 6).keyValueHeads(2));
        all.put("one head of keys", () -> new MultiheadAttention(8, 4).keyValueHeads(1).causal());
        all.put("rotary", () -> new MultiheadAttention(12, 3).rotary());
        all.put(
                "rotary, grouped, causal",
                () -> new MultiheadAttention(12, 3).rotary(500).keyValueHeads(1).causal());
        all.put("encoder layer", TransformerParityTest::encoderLayer);
        all.put(
                "causal encoder layer",
                () -> new TransformerEncoderLayer(6, 3, 9).dropout(0).causal());
        all.put("decoder layer", () -> new TransformerDecoderLayer(6, 2, 9).dropout(0).causal());
        all.put("decoder layer, norm first", TransformerParityTest::decoderLayer);
        all.put("encoder", TransformerParityTest::encoder);
        all.put("decoder", TransformerParityTest::decoder);
        all.put("tied language model", () -> languageModel(false));
        all.put("tied language model with a bias", () -> languageModel(true));
        all.put("transformer", () -> new Transformer(6, 2, 2, 1, 9).dropout(0));
        all.put(
                "transformer, causal, norm first",
                () ->
                        new Transformer(6, 3, 1, 2, 9)
                                .dropout(0)
                                .activation(new GELU())
                                .layerNormEps(1e-3f)
                                .normFirst()
                                .withoutBias()
                                .causal());
        all.put("rnn cell", () -> new RNNCell(5, 4));
        all.put("rnn cell of relu", () -> new RNNCell(5, 4).relu());
        all.put("lstm cell", () -> new LSTMCell(5, 4));
        all.put("gru cell without bias", () -> new GRUCell(5, 4).withoutBias());
        all.put("gru cell from zeros", () -> new GRUCell(5, 4));
        all.put("unrolled lstm cell", () -> unrolled(new LSTMCell(5, 4)));
        all.put("unrolled gru cell", () -> unrolled(new GRUCell(5, 4)));
        all.put(
                "adaptive log softmax",
                () -> new AdaptiveLogSoftmax(9, 11, 3, 4, 8).divValue(1.5f));
        all.put(
                "adaptive log softmax, bias",
                () -> new AdaptiveLogSoftmax(9, 11, 3, 4, 8).divValue(1.5f).headBias());
        return all;
    }

    private static Layer encoderLayer() {
        return new TransformerEncoderLayer(6, 2, 9)
                .dropout(0)
                .activation(new GELU())
                .layerNormEps(1e-3f)
                .normFirst()
                .withoutBias();
    }

    private static Layer decoderLayer() {
        return new TransformerDecoderLayer(6, 3, 9)
                .dropout(0)
                .activation(new GELU())
                .layerNormEps(1e-3f)
                .normFirst()
                .withoutBias();
    }

    private static Layer encoder() {
        return new TransformerEncoder(
                        () -> new TransformerEncoderLayer(6, 2, 9).dropout(0).normFirst(), 2)
                .norm(new LayerNorm(6));
    }

    private static Layer decoder() {
        return new TransformerDecoder(() -> new TransformerDecoderLayer(6, 2, 9).dropout(0), 3)
                .norm(new LayerNorm(6));
    }

    private static Layer languageModel(boolean bias) {
        Embedding embedding = new Embedding(7, 6);
        TiedLinear head = new TiedLinear(embedding);
        return new Sequential(
                embedding,
                new TransformerEncoderLayer(6, 2, 10)
                        .dropout(0)
                        .activation(new GELU())
                        .normFirst()
                        .causal(),
                new LayerNorm(6),
                bias ? head : head.withoutBias());
    }

    /** A loop of a user's own over four steps. */
    private static Layer unrolled(RecurrentCell cell) {
        Input x = new Input(4, 5);
        List<Value> steps = x.split(0, 1, 1, 1, 1);
        Value[] states = {};
        Value[] made = new Value[4];
        for (int t = 0; t < made.length; t++) {
            Value step = steps.get(t).then(new Reshape(5));
            states = cell.call(step, states).toArray(Value[]::new);
            made[t] = states[0];
        }
        return new Model(x, Value.stack(0, made));
    }

    static Stream<GoldenCase> cases() {
        return TorchNumbers.cases("attention");
    }

    @Test
    void everyCaseHasItsNumbers() {
        assertEquals(List.copyOf(table().keySet()), cases().map(GoldenCase::name).toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void matchesPyTorch(GoldenCase golden) {
        Layer layer = table().get(golden.name()).get();
        layer.parameters()
                .forEach(
                        (name, p) -> {
                            Matrix value = golden.input(torch(golden, name));
                            assign(p, p.isSavedTransposed() ? transposed(value) : value);
                        });
        List<Matrix> inputs = new ArrayList<>();
        List<Input> graphInputs = new ArrayList<>();
        while (golden.hasInput("in" + inputs.size())) {
            String name = "in" + inputs.size();
            inputs.add(golden.batch(name));
            graphInputs.add(new Input(golden.sample(name)));
        }
        Value[] given = graphInputs.toArray(Value[]::new);
        Value output = given.length == 1 ? given[0].then(layer) : Value.merge((Merge) layer, given);
        Model model = new Model(graphInputs, List.of(output));

        checkGradients(golden, layer, model, inputs);
        layer.parameters().values().forEach(Param::clearGradient);
        checkTraining(golden, model, inputs);
    }

    private static void checkGradients(
            GoldenCase golden, Layer layer, Model model, List<Matrix> inputs) {
        int batch = inputs.getFirst().rows();
        MergePass pass = model.bind(model.inputShapes(), Workspace.training(batch));
        golden.check("y", values(pass.forward(inputs.toArray(Matrix[]::new))));
        Matrix[] gradients = pass.backward(golden.batch("dy"));
        for (int i = 0; i < inputs.size(); i++) {
            if (golden.hasOutput("d_in" + i)) {
                golden.check("d_in" + i, values(gradients[i]));
            }
        }
        layer.parameters()
                .forEach(
                        (name, p) -> {
                            Matrix d = p.gradient();
                            golden.check(
                                    "d_" + torch(golden, name),
                                    values(p.isSavedTransposed() ? transposed(d) : d));
                        });
    }

    private static void checkTraining(GoldenCase golden, Model model, List<Matrix> inputs) {
        int batch = inputs.getFirst().rows();
        Matrix packed = Matrix.zeros(batch, model.inputShape().features());
        int at = 0;
        for (Matrix input : inputs) {
            for (int i = 0; i < batch; i++) {
                System.arraycopy(
                        input.data(),
                        i * input.cols(),
                        packed.data(),
                        i * packed.cols() + at,
                        input.cols());
            }
            at += input.cols();
        }
        SGD optimizer = new SGD(0.01f).momentum(0.9f);
        TrainingStep step =
                new TrainingStep(model, new MSELoss(), optimizer, model.inputShape(), batch);
        float[] losses = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            losses[i] = step.run(packed, Targets.values(golden.batch("t")));
        }
        golden.check("losses", losses);
    }

    /** Returns what PyTorch calls a parameter of the language model, which is a sequence here. */
    private static String torch(GoldenCase golden, String name) {
        if (golden.name().startsWith("unrolled")) {
            return "cell" + name.substring(name.indexOf('.'));
        }
        if (!golden.name().startsWith("tied")) {
            return name;
        }
        return name.replaceFirst("^0\\.", "embedding.")
                .replaceFirst("^1\\.", "layer.")
                .replaceFirst("^2\\.", "norm.")
                .replaceFirst("^3\\.", "head.");
    }
}
