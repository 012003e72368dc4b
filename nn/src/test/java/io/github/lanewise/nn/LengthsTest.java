package io.github.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.Model;
import io.github.lanewise.nn.graph.Sequential;
import io.github.lanewise.nn.graph.Value;
import io.github.lanewise.nn.layer.Embedding;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;
import io.github.lanewise.nn.layer.TimeDistributed;
import io.github.lanewise.nn.norm.LayerNorm;

import org.junit.jupiter.api.Test;

import java.util.List;

/** How many steps count, and how that travels from layer to layer. */
class LengthsTest {

    private static final Shape WORDS = new Shape(5);

    private final Lengths lengths = new Lengths(2, 5);

    @Test
    void allStepsCountUntilSet() {
        assertTrue(lengths.isFull());
        lengths.setAll(3, 5);
        assertEquals(
                List.of(3, 5, 8, 5), List.of(lengths.at(0), lengths.at(1), lengths.total(), 5));
        assertEquals(5, lengths.longest());
    }

    @Test
    void wrongNumbersAreRefused() {
        String none =
                assertThrows(IllegalArgumentException.class, () -> lengths.setAll(0, 5))
                        .getMessage();
        assertEquals(
                "lengths: that of sample 0 is 0; it must be from 1 to 5, the steps of a sample",
                none);
        assertThrows(IllegalArgumentException.class, () -> lengths.setAll(5, 6));
        assertThrows(IllegalArgumentException.class, () -> lengths.setAll(5, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> new Lengths(2, 0));
    }

    @Test
    void layersOfSingleStepsPassThemOn() {
        Sequential model =
                new Sequential(
                        new Embedding(4, 3),
                        new Linear(3, 6),
                        new ReLU(),
                        new LayerNorm(6),
                        new TimeDistributed(new Linear(6, 2)));
        assertSame(lengths, model.outputLengths(WORDS, lengths));
        model.bind(WORDS, Workspace.training(2).lengths(lengths));
    }

    @Test
    void layersThatMixStepsAreRefusedByNameAndPlace() {
        Sequential model = new Sequential(new Embedding(4, 3), new Flatten(), new Linear(15, 2));
        Workspace workspace = Workspace.training(2).lengths(lengths);
        String message =
                assertThrows(IllegalArgumentException.class, () -> model.bind(WORDS, workspace))
                        .getMessage();
        assertTrue(
                message.startsWith(
                        "Sequential[1] Flatten(): inputs are sequences of unequal length"),
                message);
        model.bind(WORDS, Workspace.training(2));
    }

    @Test
    void valuesHaveTheirOwn() {
        Input first = new Input(5, 3);
        Input second = new Input(4, 3);
        Value a = first.then(new Linear(3, 2));
        Value b = second.then(new Linear(3, 2));
        Model model = new Model(List.of(first, second), List.of(a.plus(a), b));
        Lengths made = model.outputLengths(model.inputShape(), Lengths.several(lengths, null));
        assertSame(lengths, made.part(0));
        assertNull(made.part(1));
        Model sum = new Model(List.of(first, second), List.of(a.slice(0, 0, 4).plus(b)));
        assertThrows(
                IllegalArgumentException.class,
                () -> sum.outputLengths(sum.inputShape(), Lengths.several(lengths, null)));
    }
}
