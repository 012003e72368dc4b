package io.github.lanewise.nn.recurrent;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenArguments;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.loss.LossPass;
import io.github.lanewise.nn.loss.MSELoss;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.recurrent.RecurrentParityTest.States;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/**
 * Sequences of unequal length against PyTorch's packed sequences: outputs, states, gradients, and
 * ten steps of training.
 */
class UnequalParityTest {

    private static final int INPUTS = 3;
    private static final int UNITS = 4;

    static Stream<GoldenCase> sequences() {
        return TorchNumbers.cases("sequences");
    }

    @ParameterizedTest
    @MethodSource("sequences")
    void matchesPyTorch(GoldenCase golden) {
        Recurrent layer = layer(golden.hyper());
        layer.parameters().forEach((name, p) -> assign(p, inOurs(golden, name)));
        Matrix x = golden.batch("x");
        Lengths lengths = new Lengths(x.rows(), golden.sample("x").dimension(0));
        lengths.setAll(golden.hyper().integers("lengths"));
        RecurrentPass pass =
                layer.bind(golden.sample("x"), Workspace.training(x.rows()).lengths(lengths));
        States states = new States(layer.recurrence(), x.rows());
        states.check(golden, pass);
        if (golden.hasInput("dcn")) {
            states.set(Matrix.zeros(1, golden.input("dcn").size()), pass::lastCellStateGradient);
        }
        layer.parameters()
                .forEach((name, p) -> golden.check("d_" + name, inTheirs(golden, name, p)));

        states.set(Matrix.zeros(1, golden.input("dhn").size()), pass::lastHiddenGradient);
        golden.check("losses", train(layer, pass, lengths, golden));
    }

    private static float[] train(
            Recurrent layer, RecurrentPass pass, Lengths lengths, GoldenCase golden) {
        Matrix t = golden.batch("t");
        Shape made = golden.sample("t");
        LossPass loss = new MSELoss().bind(made, Workspace.training(t.rows()));
        float[] weights = new float[lengths.batch() * lengths.steps()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % lengths.steps() < lengths.at(i / lengths.steps()) ? 1 : 0;
        }
        Targets targets = Targets.weighted(Targets.values(t), weights);
        SGD optimizer = new SGD(0.05f).momentum(0.9f);
        List<Param> parameters = List.copyOf(layer.parameters().values());
        float[] losses = new float[10];
        for (int step = 0; step < losses.length; step++) {
            parameters.forEach(Param::clearGradient);
            losses[step] = loss.forward(pass.forward(golden.batch("x")), targets);
            pass.backward(loss.backward());
            optimizer.step(parameters);
        }
        return losses;
    }

    private static Recurrent layer(GoldenArguments hyper) {
        int layers = hyper.integer("num_layers");
        boolean both = hyper.flag("bidirectional");
        boolean bias = hyper.flag("bias");
        int projection = hyper.integer("proj_size");
        Recurrent layer =
                switch (hyper.text("cell")) {
                    case "lstm" -> new LSTM(INPUTS, UNITS).numLayers(layers).projSize(projection);
                    case "gru" -> new GRU(INPUTS, UNITS).numLayers(layers);
                    case "rnn_relu" -> new RNN(INPUTS, UNITS).numLayers(layers).relu();
                    case "rnn_tanh" -> new RNN(INPUTS, UNITS).numLayers(layers);
                    default -> throw new IllegalArgumentException(hyper.toString());
                };
        if (both) {
            layer.setBidirectional();
        }
        if (!bias) {
            layer.setWithoutBias();
        }
        return layer;
    }

    private static Matrix inOurs(GoldenCase golden, String name) {
        Matrix theirs = golden.input(name);
        return golden.shape(name).length == 1 ? theirs : transposed(theirs);
    }

    private static float[] inTheirs(GoldenCase golden, String name, Param parameter) {
        Matrix ours = parameter.gradient();
        return values(golden.shape(name).length == 1 ? ours : transposed(ours));
    }
}
