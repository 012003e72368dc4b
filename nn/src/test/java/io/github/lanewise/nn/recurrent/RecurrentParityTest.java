package io.github.lanewise.nn.recurrent;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.transposed;
import static io.github.lanewise.nn.Matrices.values;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Golden;
import io.github.lanewise.nn.GoldenArguments;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Recurrent layers against the numbers that PyTorch made, initial and last states included. */
class RecurrentParityTest {

    static Stream<GoldenCase> recurrent() {
        return Golden.cases("recurrent");
    }

    @ParameterizedTest
    @MethodSource("recurrent")
    void matchesPyTorch(GoldenCase golden) {
        Recurrent layer = layer(golden);
        layer.parameters()
                .forEach(
                        (name, p) ->
                                assign(p, transposedIfMatrix(golden, name, golden.input(name))));
        Matrix x = golden.batch("x");
        RecurrentPass pass = layer.bind(golden.sample("x"), Workspace.training(x.rows()));
        new States(layer.recurrence(), x.rows()).check(golden, pass);
        layer.parameters()
                .forEach(
                        (name, p) -> {
                            Matrix gradient = transposedIfMatrix(golden, name, p.gradient());
                            golden.check("d_" + name, values(gradient));
                        });
    }

    private static Recurrent layer(GoldenCase golden) {
        GoldenArguments hyper = golden.hyper();
        int inputs = hyper.integer("input_size");
        int units = hyper.integer("hidden_size");
        int layers = hyper.integer("num_layers");
        boolean both = hyper.flag("bidirectional");
        boolean bias = !hyper.has("bias") || hyper.flag("bias");
        return switch (hyper.text("cell")) {
            case "lstm" -> {
                LSTM lstm = new LSTM(inputs, units).numLayers(layers);
                lstm = bias ? lstm : lstm.withoutBias();
                yield both ? lstm.bidirectional() : lstm;
            }
            case "gru" -> {
                GRU gru = new GRU(inputs, units).numLayers(layers);
                gru = bias ? gru : gru.withoutBias();
                yield both ? gru.bidirectional() : gru;
            }
            case "rnn_relu" -> rnn(new RNN(inputs, units).numLayers(layers).relu(), both, bias);
            case "rnn_tanh" -> rnn(new RNN(inputs, units).numLayers(layers), both, bias);
            default -> throw new IllegalArgumentException(hyper.toString());
        };
    }

    private static RNN rnn(RNN rnn, boolean both, boolean bias) {
        RNN made = bias ? rnn : rnn.withoutBias();
        return both ? made.bidirectional() : made;
    }

    private static Matrix transposedIfMatrix(GoldenCase golden, String name, Matrix matrix) {
        return golden.shape(name).length == 1 ? matrix : transposed(matrix);
    }

    /** PyTorch's stack of states, (layers x directions) x batch x units. */
    record States(Recurrence recurrence, int batch) {

        /** Starts from the states of a case, and checks outputs, gradients and states. */
        void check(GoldenCase golden, RecurrentPass pass) {
            boolean lstm = golden.hasInput("c0");
            set(golden.input("h0"), pass::initialHidden);
            set(golden.input("dhn"), pass::lastHiddenGradient);
            if (lstm) {
                set(golden.input("c0"), pass::initialCellState);
                set(golden.input("dcn"), pass::lastCellStateGradient);
            }

            golden.check("y", Matrices.values(pass.forward(golden.batch("x"))));
            golden.check("hn", values(pass::lastHidden));
            golden.check("dx", Matrices.values(pass.backward(golden.batch("dy"))));
            golden.check("dh0", values(pass::initialHiddenGradient));
            if (lstm) {
                golden.check("cn", values(pass::lastCellState));
                golden.check("dc0", values(pass::initialCellStateGradient));
            }
        }

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
            int size = batch * source.apply(0, 0).cols();
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
