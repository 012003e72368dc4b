package io.github.lanewise.nn.graph;

import static io.github.lanewise.nn.Matrices.assign;
import static io.github.lanewise.nn.Matrices.values;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.GoldenCase;
import io.github.lanewise.nn.Pass;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.TorchNumbers;
import io.github.lanewise.nn.Workspace;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** Bags of embeddings, padded, weighted or of unequal length, against PyTorch. */
class EmbeddingBagTest {

    static Stream<GoldenCase> bags() {
        return TorchNumbers.cases("more_bags");
    }

    @ParameterizedTest
    @MethodSource("bags")
    void bagMatchesPyTorch(GoldenCase golden) {
        String name = golden.name();
        EmbeddingBag bag =
                new EmbeddingBag(7, 4)
                        .mode(EmbeddingBag.Mode.valueOf(name.split(" ")[1].toUpperCase()));
        if (name.contains("padded")) {
            bag.paddingIdx(2);
        }
        assign(bag.weight(), golden.input("weight"));
        Matrix indices = golden.input("indices");
        boolean weighted = golden.hasInput("weights");
        List<Shape> shapes =
                weighted
                        ? List.of(new Shape(indices.cols()), new Shape(indices.cols()))
                        : List.of(new Shape(indices.cols()));
        Matrix[] inputs =
                weighted ? new Matrix[] {indices, golden.input("weights")} : new Matrix[] {indices};
        var pass = bag.bind(shapes, Workspace.training(indices.rows()));
        golden.check("y", values(pass.forward(inputs)));
        Matrix[] gradients = pass.backward(golden.input("dy"));
        golden.check("dweight", values(bag.weight().gradient()));
        if (weighted) {
            golden.check("dweights", values(gradients[1]));
        }
        assertArrayEquals(new float[indices.size()], values(gradients[0]));
    }

    @Test
    void bagsOfUnequalLengthBecomeRows() {
        int[] indices = {4, 1, 3, 5};
        Matrix rows = EmbeddingBag.pad(indices, new int[] {0, 0, 3}, 2);
        assertArrayEquals(new float[] {2, 2, 2, 4, 1, 3, 5, 2, 2}, values(rows));
        assertThrows(
                IllegalArgumentException.class, () -> EmbeddingBag.pad(indices, new int[] {1}, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> EmbeddingBag.pad(indices, new int[] {0, 3, 2}, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> EmbeddingBag.pad(indices, new int[] {0, 5}, 2));
    }

    @Test
    void severalBagsOfASampleAreRowsOfOutputs() {
        EmbeddingBag bag = new EmbeddingBag(5, 3);
        assertEquals(new Shape(2, 3), bag.outputShape(new Shape(2, 4)));
        Pass pass = bag.bind(new Shape(2, 2), Workspace.inference(1));
        float[] both = values(pass.forward(Matrix.row(0, 1, 3, 4)));
        Pass single = bag.bind(new Shape(2), Workspace.inference(2));
        float[] each = values(single.forward(Matrix.of(new float[] {0, 1, 3, 4}, 2, 2)));
        assertArrayEquals(each, both);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> single.forward(Matrix.of(new float[] {0, 1, 3, 5}, 2, 2)));
        assertTrue(e.getMessage().contains("position 1 of sample 1 is 5.0"), e::getMessage);
    }
}
