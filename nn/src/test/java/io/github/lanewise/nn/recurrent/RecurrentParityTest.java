package io.github.lanewise.nn.recurrent;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Param;
import io.github.lanewise.nn.Shapes;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Recurrent layers against the numbers that PyTorch made, initial and last states included. */
class RecurrentParityTest {

    static Stream<Golden.Case> recurrent() {
        return Golden.cases("recurrent");
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void matchesPyTorch(Golden.Case golden) {
        Recurrent layer = layer(golden);
        layer.parameters().forEach((name, parameter) -> set(parameter, golden.input(name)));
        Matrix x = Shapes.batch(golden, "x");
        RecurrentPass pass = layer.bind(Shapes.sample(golden, "x"), Workspace.training(x.rows()));
        States states = new States(layer.recurrence(), x.rows());
        boolean memory = golden.hasInput("c0");
        states.set(golden.input("h0"), pass::initialHidden);
        states.set(golden.input("dhn"), pass::lastHiddenGradient);
        if (memory) {
            states.set(golden.input("c0"), pass::initialMemory);
            states.set(golden.input("dcn"), pass::lastMemoryGradient);
        }

        golden.check("y", values(pass.forward(x)));
        golden.check("hn", states.values(pass::lastHidden));
        golden.check("dx", values(pass.backward(Shapes.batch(golden, "dy"))));
        golden.check("dh0", states.values(pass::initialHiddenGradient));
        if (memory) {
            golden.check("cn", states.values(pass::lastMemory));
            golden.check("dc0", states.values(pass::initialMemoryGradient));
        }
        layer.parameters().forEach((name, p) -> golden.check("d_" + name, gradient(p)));
    }

    private static Recurrent layer(Golden.Case golden) {
        int inputs = golden.hyper().get("input_size").asInt();
        int units = golden.hyper().get("hidden_size").asInt();
        int layers = golden.hyper().get("num_layers").asInt();
        boolean both = golden.hyper().get("bidirectional").asBoolean();
        String cell = golden.hyper().get("cell").asText();
        if (cell.equals("lstm")) {
            LSTM lstm = new LSTM(inputs, units).numLayers(layers);
            return both ? lstm.bidirectional() : lstm;
        }
        if (cell.equals("gru")) {
            GRU gru = new GRU(inputs, units).numLayers(layers);
            return both ? gru.bidirectional() : gru;
        }
        RNN rnn = new RNN(inputs, units).numLayers(layers);
        rnn = cell.equals("rnn_relu") ? rnn.relu() : rnn;
        return both ? rnn.bidirectional() : rnn;
    }

    private static void set(Param parameter, Matrix value) {
        assign(parameter, value.rows() == 1 ? value : transposed(value));
    }

    private static float[] gradient(Param parameter) {
        Matrix gradient = parameter.gradient();
        return values(gradient.rows() == 1 ? gradient : transposed(gradient));
    }

    /** PyTorch's stack of states, (layers x directions) x batch x units. */
    private record States(Recurrence recurrence, int batch) {

        void set(Matrix stack, BiFunction<Integer, Integer, Matrix> target) {
            for (int s = 0; s < count(); s++) {
                Matrix state = target.apply(s / directions(), s % directions());
                for (int i = 0; i < batch; i++) {
                    System.arraycopy(
                            stack.data(),
                            (s * batch + i) * state.cols(),
                            state.data(),
                            state.offset() + i * state.ld(),
                            state.cols());
                }
            }
        }

        float[] values(BiFunction<Integer, Integer, Matrix> source) {
            int size = batch * recurrence.units();
            float[] all = new float[count() * size];
            for (int s = 0; s < count(); s++) {
                Matrix state = source.apply(s / directions(), s % directions());
                System.arraycopy(Matrices.values(state), 0, all, s * size, size);
            }
            return all;
        }

        private int count() {
            return recurrence.layers() * directions();
        }

        private int directions() {
            return recurrence.directions();
        }
    }
}
