package io.github.lanewise.nn.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Lengths;
import io.github.lanewise.nn.Matrices;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.inference.StepwiseSession;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.train.GradientCheck;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** States that go in and out of recurrent layers: as values of a graph, and from call to call. */
class RecurrentStatesTest {

    private static final Shape SEQUENCE = new Shape(5, 3);

    static Stream<Recurrent> layers() {
        return Stream.of(
                new RNN(3, 4),
                new GRU(3, 4).numLayers(2),
                new LSTM(3, 4).numLayers(2).projSize(2),
                new LSTM(3, 4).bidirectional().lastOutput(),
                new GRU(3, 4).bidirectional());
    }

    /** Takes initial states in, and gives outputs and last states. */
    private static Model model(Recurrent layer) {
        List<Shape> shapes = new RecurrentStates(layer).stateShapes();
        Input x = new Input(SEQUENCE);
        Input[] states = shapes.stream().map(Input::new).toArray(Input[]::new);
        List<Value> outputs = layer.call(x, states);
        return states.length == 1
                ? new Model(List.of(x, states[0]), outputs)
                : new Model(List.of(x, states[0], states[1]), outputs);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void gradientsGoThroughInitialAndLastStates(Recurrent layer) {
        Model model = model(layer);
        GradientCheck.Result result = GradientCheck.of(model, model.inputShape(), 3, 1);
        assertTrue(result.passed(), result::toString);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void lastStatesOfAnUnequalBatchAreThoseOfEachSample(Recurrent layer) {
        Model model = model(layer);
        Matrix x = Matrices.gaussian(4, model.inputShape().features(), 2);
        Lengths lengths = new Lengths(4, 5);
        Lengths[] parts = new Lengths[model.inputShapes().size()];
        parts[0] = lengths;
        Workspace workspace = Workspace.inference(4).lengths(Lengths.several(parts));
        Pass pass = model.bind(model.inputShape(), workspace);
        lengths.setAll(5, 2, 3, 5);
        Matrix all = pass.forward(x);
        Pass alone = model.bind(model.inputShape(), Workspace.inference(1));
        float[] full = Matrices.values(alone.forward(x.rowRange(0, 1)));
        assertArrayEquals(full, Matrices.values(all.rowRange(0, 1)));
        Matrix hidden = model.splitOutputs(all).get(1);
        RecurrentPass two = layer.bind(new Shape(2, 3), Workspace.inference(1));
        int state = layer.recurrence().state();
        for (int s = 0; s < layer.recurrence().directions(); s++) {
            for (int j = 0; j < state; j++) {
                two.initialHidden(0, s).data()[two.initialHidden(0, s).offset() + j] =
                        x.at(1, 15 + s * state + j);
            }
        }
        if (layer.recurrence().layers() == 1 && !(layer instanceof LSTM)) {
            two.forward(new Matrix(x.data(), x.offset() + x.ld(), 1, 6, 6));
            Matrix last = two.lastHidden(0, 0);
            for (int j = 0; j < state; j++) {
                assertEquals(last.at(0, j), hidden.at(1, j));
            }
        }
    }

    @Test
    void statesOfAnEncoderStartADecoder() {
        Input source = new Input(4, 3);
        Input target = new Input(6, 2);
        List<Value> read = new LSTM(3, 5).call(source);
        List<Value> written = new LSTM(2, 5).call(target, read.get(1), read.get(2));
        Model model =
                new Model(List.of(source, target), List.of(written.get(0).then(new Linear(5, 2))));
        GradientCheck.Result result = GradientCheck.of(model, model.inputShape(), 3, 4);
        assertTrue(result.passed(), result::toString);
        assertEquals(new Shape(1, 5), read.get(2).shape());
    }

    @Test
    void wrongStatesAreNamedWhenTheyAreGiven() {
        Input x = new Input(SEQUENCE);
        LSTM lstm = new LSTM(3, 4);
        Value state = new Input(1, 4);
        assertThrows(IllegalArgumentException.class, () -> lstm.call(x, state));
        assertThrows(IllegalArgumentException.class, () -> lstm.call(x, state, new Input(1, 3)));
        assertThrows(IllegalArgumentException.class, () -> new GRU(3, 4).call(x, state, state));
    }

    static Stream<Sequential> readers() {
        return Stream.of(
                new Sequential(new GRU(3, 4), new LSTM(4, 5).numLayers(2), new Linear(5, 2)),
                new Sequential(new LSTM(3, 6).projSize(2).withoutBias(), new RNN(2, 3)),
                new Sequential(new GRU(3, 4).lastOutput(), new Linear(4, 2)));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aSessionKeepsStatesFromStepToStep(Sequential model) {
        StepwiseSession session = StepwiseSession.of(model, new Shape(1, 3), 9);
        for (int round = 0; round < 2; round++) {
            Matrix x = Matrices.gaussian(1, 27, 5 + round);
            boolean last = model.outputShape(new Shape(9, 3)).rank() == 1;
            float[] found = new float[session.outputs()];
            float[] step = new float[3];
            session.reset();
            for (int t = 0; t < 9; t++) {
                System.arraycopy(x.data(), 3 * t, step, 0, 3);
                session.step(step, found);
                Shape soFar = new Shape(t + 1, 3);
                Matrix first = new Matrix(x.data(), 0, 1, soFar.features(), soFar.features());
                Matrix y = model.bind(soFar, Workspace.inference(1)).forward(first);
                float[] all = Matrices.values(y);
                int from = last ? 0 : t * found.length;
                for (int j = 0; j < found.length; j++) {
                    assertEquals(all[from + j], found[j]);
                }
            }
        }
    }

    @Test
    void whatReadsBackwardsCannotGoStepByStep() {
        Sequential model = new Sequential(new GRU(3, 4).bidirectional());
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> StepwiseSession.of(model, new Shape(1, 3), 9))
                        .getMessage();
        assertTrue(message.contains("reads backwards"), message);
    }
}
