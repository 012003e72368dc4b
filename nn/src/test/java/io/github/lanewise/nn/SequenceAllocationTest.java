package io.github.lanewise.nn;

import static io.github.lanewise.nn.Allocation.assertFew;
import static io.github.lanewise.nn.Allocation.assertNone;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.AttentionPass;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.SmallBlocks;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerDecoder;
import io.github.lanewise.nn.attention.TransformerDecoderLayer;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.inference.StepwiseSession;
import io.github.lanewise.nn.layer.Dropout;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Reshape;
import io.github.lanewise.nn.layer.TiedLinear;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.GRUCell;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.LSTMCell;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.recurrent.RNNCell;
import io.github.lanewise.nn.train.TrainingStep;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;

/** What recurrent layers and attention allocate in a step: nothing. */
@Tag("allocation")
class SequenceAllocationTest {

    @Test
    void sequenceLayersAllocateNextToNothingPerStep() {
        Shape shape = new Shape(7, 12);
        Layer model =
                new Sequential(
                        new LearnedEncoding(7, 12),
                        new TransformerEncoderLayer(12, 2, 20).normFirst(),
                        new GroupNorm(7, 7),
                        new LSTM(12, 8).bidirectional(),
                        new GRU(16, 9),
                        new RNN(9, 5).lastOutput());
        Pass pass = model.bind(shape, Workspace.training(6));
        Matrix x = Matrices.gaussian(6, shape.features(), 1);
        Matrix dy = Matrices.gaussian(6, 5, 2);
        assertFew(
                () -> {
                    pass.forward(x);
                    pass.backward(dy);
                });
    }

    /** Of other lengths in each step, with all that looks at them. */
    @Test
    void sequencesOfUnequalLengthAllocateNothingAtAll() {
        Sequential model =
                new Sequential(
                        new Embedding(9, 12),
                        new Dropout(0.1f),
                        new TransformerEncoderLayer(12, 2, 20),
                        new LSTM(12, 8).numLayers(2).bidirectional().dropout(0.1f).projSize(3),
                        new GRU(6, 9),
                        new LayerNorm(9),
                        new Linear(9, 4));
        Matrix words = Matrix.zeros(6, 7);
        Targets targets =
                Targets.steps(new int[][] {{1}, {1}, {2, 3}, {1}, {0}, {1, 2, 1, 0, 0, 1, 2}});
        TrainingStep step =
                TrainingStep.ofSequences(
                        model, new SoftmaxCrossEntropy(), new SGD(0.01f), new Shape(7), 6);
        int[] lengths = {7, 2, 3, 1, 7, 7};
        assertNone(
                () -> {
                    lengths[1] = 1 + lengths[1] % 7;
                    step.run(words, targets, lengths);
                });
    }

    /** Dropout, masks, shared keys, a memory, a weight in two places; and the weights asked for. */
    @Test
    void transformersAllocateNothingAtAll() {
        Input tokens = new Input(20);
        Input added = new Input(20, 20);
        Embedding embedding = new Embedding(9, 12);
        Value vectors = tokens.then(embedding);
        MultiheadAttention attention =
                new MultiheadAttention(12, 6).keyValueHeads(3).rotary().dropout(0.1f).causal();
        Value seen = Value.merge(attention, vectors, vectors, vectors, added);
        Value memory = seen.then(new TransformerEncoderLayer(12, 2, 20));
        TransformerDecoder decoder =
                new TransformerDecoder(() -> new TransformerDecoderLayer(12, 2, 20).causal(), 2);
        Value decoded = Value.merge(decoder, seen, memory);
        Model model =
                new Model(List.of(tokens, added), List.of(decoded.then(new TiedLinear(embedding))));
        Matrix inputs = Matrix.zeros(4, 420);
        Targets targets = new Targets.Labels(new int[80], 20);
        TrainingStep step =
                new TrainingStep(
                        model, new SoftmaxCrossEntropy(), new SGD(0.01f), model.inputShape(), 4);
        assertNone(() -> step.run(inputs, targets));
    }

    @Test
    void loopOfCellsAllocatesNothingAtAll() {
        Input x = new Input(3, 4);
        LSTMCell lstm = new LSTMCell(4, 5);
        GRUCell gru = new GRUCell(5, 5);
        Value[] states = {};
        Value hidden = null;
        for (Value step : x.split(0, 1, 1, 1)) {
            states = lstm.call(step.then(new Reshape(4)), states).toArray(Value[]::new);
            hidden = gru.call(states[0], hidden == null ? states[1] : hidden).getFirst();
        }
        Model model = new Model(x, Value.merge(new RNNCell(5, 3), hidden));
        Matrix inputs = Matrices.gaussian(4, 12, 1);
        Targets targets = Targets.values(Matrices.gaussian(4, 3, 2));
        TrainingStep step =
                new TrainingStep(model, new MSELoss(), new SGD(0.01f), new Shape(3, 4), 4);
        assertNone(() -> step.run(inputs, targets));
    }

    @Test
    void encoderAndDecoderAllocateNothingAtAll() {
        Input source = new Input(9, 12);
        Input target = new Input(7, 12);
        Value made = Value.merge(new Transformer(12, 3, 2, 2, 20).causal(), source, target);
        Model model = new Model(List.of(source, target), List.of(made));
        Matrix inputs = Matrices.gaussian(4, 192, 1);
        Targets targets = Targets.values(Matrices.gaussian(4, 84, 2));
        TrainingStep step =
                new TrainingStep(model, new MSELoss(), new SGD(0.01f), model.inputShape(), 4);
        assertNone(() -> step.run(inputs, targets));
    }

    @Test
    void attentionInBlocksAllocatesNothingAtAll() {
        MultiheadAttention layer = new MultiheadAttention(4, 2).dropout(0.1f).causal();
        AttentionPass pass = SmallBlocks.of(layer).bind(new Shape(75, 4), Workspace.training(2));
        Matrix x = Matrices.gaussian(2, 300, 1);
        assertNone(
                () -> {
                    pass.forward(x);
                    pass.weights();
                    pass.backward(x);
                });
    }

    @Test
    void stepByStepAllocatesNothingAtAll() {
        Layer model =
                new Sequential(
                        new Embedding(9, 12),
                        new LearnedEncoding(40, 12),
                        new TransformerEncoderLayer(12, 2, 20).causal().rotary(),
                        new Linear(12, 9));
        StepwiseSession session = StepwiseSession.of(model, 40);
        float[] token = new float[1];
        float[] outputs = new float[9];
        assertNone(
                () -> {
                    session.reset();
                    for (int t = 0; t < session.capacity(); t++) {
                        session.step(token, outputs);
                    }
                });
    }
}
