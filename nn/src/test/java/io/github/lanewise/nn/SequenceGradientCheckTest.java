package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.attention.LearnedEncoding;
import io.github.lanewise.nn.attention.MultiheadAttention;
import io.github.lanewise.nn.attention.Patches;
import io.github.lanewise.nn.attention.SinusoidalEncoding;
import io.github.lanewise.nn.attention.Transformer;
import io.github.lanewise.nn.attention.TransformerEncoderLayer;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.GELU;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.Nonlinearity;
import io.github.lanewise.nn.layer.Softplus;
import io.github.lanewise.nn.layer.Tanh;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.GroupNorm;
import io.github.lanewise.nn.norm.LayerNorm;
import io.github.lanewise.nn.norm.RMSNorm;
import io.github.lanewise.nn.recurrent.GRU;
import io.github.lanewise.nn.recurrent.LSTM;
import io.github.lanewise.nn.recurrent.RNN;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** Layers of sequences and normalizations against central differences. */
class SequenceGradientCheckTest {

    private static final Shape SEQUENCE = new Shape(5, 6);
    private static final Shape IMAGE = new Shape(6, 2, 3);

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(new LayerNorm(6), SEQUENCE),
                Arguments.of(new LayerNorm(5, 6), SEQUENCE),
                Arguments.of(new LayerNorm(6).eps(1e-3f).withoutBias(), SEQUENCE),
                Arguments.of(new LayerNorm(6).eps(1e-3f).withoutAffine(), SEQUENCE),
                Arguments.of(new RMSNorm(6), SEQUENCE),
                Arguments.of(new RMSNorm(5, 6).eps(1e-3f).withoutAffine(), SEQUENCE),
                Arguments.of(new GroupNorm(2, 6), IMAGE),
                Arguments.of(new GroupNorm(1, 6), IMAGE),
                Arguments.of(new GroupNorm(2, 6), new Shape(6)),
                Arguments.of(new GroupNorm(3, 6).withoutAffine(), IMAGE),
                Arguments.of(new RNN(6, 4), SEQUENCE),
                Arguments.of(new RNN(6, 4).relu().numLayers(2), SEQUENCE),
                Arguments.of(new RNN(6, 4).bidirectional().lastOutput(), SEQUENCE),
                Arguments.of(new LSTM(6, 4), SEQUENCE),
                Arguments.of(new LSTM(6, 4).bidirectional(), SEQUENCE),
                Arguments.of(new LSTM(6, 4).lastOutput(), SEQUENCE),
                Arguments.of(strong(new LSTM(6, 4).projSize(3).bidirectional()), SEQUENCE),
                Arguments.of(new LSTM(6, 4).projSize(2).withoutBias().lastOutput(), SEQUENCE),
                Arguments.of(new GRU(6, 4).withoutBias(), SEQUENCE),
                Arguments.of(new RNN(6, 4).withoutBias().bidirectional(), SEQUENCE),
                Arguments.of(new GRU(6, 4), SEQUENCE),
                Arguments.of(new GRU(6, 4).numLayers(2).bidirectional(), SEQUENCE),
                Arguments.of(new GRU(6, 4).bidirectional().lastOutput(), SEQUENCE),
                Arguments.of(
                        strong(new Sequential(new GRU(6, 3), new LSTM(3, 5).lastOutput())),
                        SEQUENCE),
                Arguments.of(new MultiheadAttention(6, 2), SEQUENCE),
                Arguments.of(new MultiheadAttention(6, 3).causal(), SEQUENCE),
                Arguments.of(new TransformerEncoderLayer(6, 2, 9).dropout(0), SEQUENCE),
                Arguments.of(
                        new TransformerEncoderLayer(6, 2, 9).normFirst().causal().dropout(0),
                        SEQUENCE),
                Arguments.of(new TimeDistributed(new Linear(6, 3)), SEQUENCE),
                Arguments.of(new SinusoidalEncoding(), SEQUENCE),
                Arguments.of(new LearnedEncoding(5, 6), SEQUENCE),
                Arguments.of(new LearnedEncoding(9, 6), SEQUENCE),
                Arguments.of(new Patches(2, 1), IMAGE),
                Arguments.of(
                        new Sequential(new Patches(1, 3), new TimeDistributed(new Linear(18, 4))),
                        IMAGE));
    }

    /** Doubles the weights of a stack, or its lowest gradients sink into the rounding. */
    private static Layer strong(Layer layer) {
        for (Param parameter : layer.parameters().values()) {
            float[] values = parameter.value().data();
            for (int i = 0; i < values.length; i++) {
                values[i] *= 2;
            }
        }
        return layer;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void backwardAgreesWithCentralDifferences(Layer layer, Shape input) {
        GradientCheck.Result result = GradientCheck.of(layer, input, 4, 1);
        assertTrue(result.passed(), result::toString);
    }

    static Stream<Arguments> transformers() {
        return Stream.of(
                Arguments.of(new Transformer(6, 2, 2, 1, 9), new GELU(), 5),
                Arguments.of(new Transformer(6, 2, 2, 1, 9).causal(), new Tanh(), 2),
                Arguments.of(new Transformer(6, 3, 1, 2, 9).causal(), new GELU(), 4),
                Arguments.of(new Transformer(6, 3, 1, 2, 9).normFirst(), new Tanh(), 5),
                Arguments.of(new Transformer(6, 2, 2, 2, 8), new Softplus(), 1),
                Arguments.of(new Transformer(8, 2, 1, 1, 16), new Tanh(), 2));
    }

    /** The activation is smooth: among so many units of a ReLU some are too close to its kink. */
    @ParameterizedTest
    @MethodSource("transformers")
    void wholeTransformerAgreesWithCentralDifferences(
            Transformer transformer, Nonlinearity activation, long seed) {
        transformer.dropout(0).activation(activation);
        int features = (Integer) transformer.options().get("dModel");
        Input source = new Input(new Shape(4, features));
        Input target = new Input(new Shape(3, features));
        Model model =
                new Model(
                        List.of(source, target), List.of(Value.merge(transformer, source, target)));
        model.initialize(seed);
        GradientCheck.Result result = GradientCheck.of(model, model.inputShape(), 2, seed);
        assertTrue(result.passed(), result::toString);
    }

    @Test
    void embeddingAgreesWithCentralDifferences() {
        Layer layer = new Indexed(new Embedding(7, 3), 7);
        GradientCheck.Result result = GradientCheck.of(layer, new Shape(5), 4, 1);
        assertTrue(result.passed(), result::toString);
    }

    /** Turns whatever it is given into indices, the same in every call. */
    private record Indexed(Embedding embedding, int count) implements Layer {

        @Override
        public Shape outputShape(Shape input) {
            return embedding.outputShape(input);
        }

        @Override
        public SequencedMap<String, Param> parameters() {
            return embedding.parameters();
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            Pass pass = embedding.bind(input, workspace);
            Matrix indices = workspace.buffer(input);
            for (int i = 0; i < indices.size(); i++) {
                indices.data()[i] = i * i % count;
            }
            return new Pass() {
                @Override
                public Matrix forward(Matrix inputs) {
                    return pass.forward(indices);
                }

                @Override
                public Matrix backward(Matrix outputGradient) {
                    return pass.backward(outputGradient);
                }
            };
        }
    }
}
