package io.github.lanewise.nn.conv;

import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.Workspace;
import io.github.lanewise.nn.graph.Input;
import io.github.lanewise.nn.graph.MergePass;
import io.github.lanewise.nn.graph.Model;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Where the largest values were, and what is put back there. */
class MaxUnpoolTest {

    /** Three values, the last of them for this place. */
    private static float[] unpoolAt(MaxUnpool layer, float place) {
        Shape shape = new Shape(1, 3);
        MergePass pass = layer.bind(List.of(shape, shape), Workspace.inference(1));
        Matrix[] inputs = {Matrix.row(7, 8, 9), Matrix.row(1, 2, place)};
        return values(pass.forward(inputs));
    }

    @Test
    void valuesLieWhereTheyWereFoundAndTheLastOneCounts() {
        assertArrayEquals(new float[] {0, 7, 8, 0, 0, 9}, unpoolAt(new MaxUnpool1d(2), 5));
        assertArrayEquals(
                new float[] {0, 9, 8, 0, 0, 0, 0}, unpoolAt(new MaxUnpool1d(2).outputSize(7), 1));
    }

    /** Of equal values the first; a NaN is the largest. */
    @Test
    void indicesAreThoseOfTheFirstLargest() {
        Input x = new Input(1, 4);
        Model model = new Model(List.of(x), new MaxPool1d(2).call(x));
        Pass pass = model.bind(new Shape(1, 4), Workspace.inference(1));
        assertArrayEquals(
                new float[] {3, Float.NaN, 0, 3},
                values(pass.forward(Matrix.row(3, 3, 1, Float.NaN))));
    }
}
