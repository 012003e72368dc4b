package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

class StateTest {

    @Test
    void statesHavePathsInOrder() {
        Sequential model =
                new Sequential(
                        new Counting(), new ReLU(), new Sequential(new ReLU(), new Counting()));
        assertEquals(
                List.of("0.calls", "0.means", "2.1.calls", "2.1.means"),
                List.copyOf(model.states().keySet()));
    }

    @Test
    void stateOfASharedLayerIsListedOnce() {
        Counting shared = new Counting();
        Sequential model = new Sequential(shared, new Sequential(shared));
        assertEquals(List.of("0.calls", "0.means"), List.copyOf(model.states().keySet()));
        assertSame(shared.calls, model.states().get("0.calls"));
    }

    @Test
    void statesAreNoParameters() {
        Sequential model = new Sequential(new Counting(), new Linear(2, 3));
        assertEquals(List.of("1.weight", "1.bias"), List.copyOf(model.parameters().keySet()));
        assertTrue(new Linear(2, 3).states().isEmpty());
    }

    @Test
    void initializingTheModelResetsItsStates() {
        Counting layer = new Counting();
        Sequential model = new Sequential(layer);
        Pass pass = model.bind(new Shape(2), Workspace.training(1));
        pass.forward(Matrix.row(1, 2));
        pass.forward(Matrix.row(1, 2));
        assertEquals(2, layer.calls.value().at(0, 0));
        model.initialize(5);
        assertEquals(0, layer.calls.value().at(0, 0));
        assertArrayEquals(new float[] {1, 1, 1}, layer.means.value().data());
    }

    @Test
    void emptyStateIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new State(1, 0, 0));
        assertEquals("State: empty: 1x0; each dimension must be 1 or more", e.getMessage());
    }

    @Test
    void stateTellsItsShapeAndSize() {
        State state = new State(2, 3, 0);
        assertEquals("State(2x3)", state.toString());
        assertEquals(6, state.size());
    }

    /** Returns its inputs and counts the calls. */
    private static final class Counting implements Layer {

        private final State calls = new State(1, 1, 0);
        private final State means = new State(1, 3, 1);

        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public SequencedMap<String, State> states() {
            SequencedMap<String, State> states = new LinkedHashMap<>();
            states.put("calls", calls);
            states.put("means", means);
            return states;
        }

        @Override
        public Pass bind(Shape input, Workspace workspace) {
            return new Pass() {
                @Override
                public Matrix forward(Matrix inputs) {
                    calls.value().data()[0]++;
                    return inputs;
                }

                @Override
                public Matrix backward(Matrix outputGradient) {
                    return outputGradient;
                }
            };
        }
    }
}
