package io.github.lanewise.nn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.layer.Flatten;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.layer.ReLU;

import org.junit.jupiter.api.Test;

import java.util.List;

class SummaryTest {

    @Test
    void sequentialIsATableWithTheLayersInsideOthers() {
        Sequential model =
                new Sequential(
                        new Flatten(),
                        new Linear(784, 128),
                        new ReLU(),
                        new Residual(new Linear(128, 128), new ReLU()),
                        new Linear(128, 10));
        assertEquals(
                """
                Layer                      Output  Parameters
                0  Flatten()               784              0
                1  Linear(784 -> 128)      128        100,480
                2  ReLU()                  128              0
                3  Residual                128         16,512
                  3.0  Linear(128 -> 128)  128         16,512
                  3.1  ReLU()              128              0
                4  Linear(128 -> 10)       10           1,290
                Total: 118,282 trained\
                """,
                Summary.of(model, new Shape(1, 28, 28)).toString());
    }

    @Test
    void sharedLayersCountOnce() {
        Input x = new Input(4);
        Linear shared = new Linear(4, 4);
        Model model = new Model(x, x.then(shared, new ReLU(), shared).plus(x));
        Summary summary = Summary.of(model);
        assertEquals(20, summary.parameters());
        assertEquals(
                List.of(
                        new Summary.Row("1", "Linear(4 -> 4)", new Shape(4), 20, false),
                        new Summary.Row("2", "ReLU()", new Shape(4), 0, false),
                        new Summary.Row("3", "Linear(4 -> 4)", new Shape(4), 0, true),
                        new Summary.Row("4", "Add()", new Shape(4), 0, false)),
                summary.rows());
    }

    @Test
    void modelOfTwoInputsInsideAnotherIsListed() {
        Input x = new Input(4);
        Input z = new Input(2);
        Model inner = new Model(List.of(x, z), List.of(Value.concat(x, z.then(new ReLU()))));
        Model outer =
                new Model(List.of(x, z), List.of(Value.merge(inner, x, z).then(new Linear(6, 1))));
        assertEquals(
                List.of("2", "2.2", "2.3", "3"),
                Summary.of(outer).rows().stream().map(Summary.Row::path).toList());
    }

    @Test
    void oneLayerIsARow() {
        assertEquals(1, Summary.of(new Linear(2, 3), new Shape(2)).rows().size());
    }

    @Test
    void wrongInputIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Summary.of(new Linear(2, 3), new Shape(3)));
    }
}
