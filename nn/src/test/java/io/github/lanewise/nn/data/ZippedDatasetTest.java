package io.github.lanewise.nn.data;

import static io.github.lanewise.nn.Matrices.gaussian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ZippedDatasetTest {

    private static Dataset part(int rows, int cols, Targets targets) {
        return Dataset.of(gaussian(rows, cols, cols), new Shape(cols), targets);
    }

    @Test
    void samplesStandSideBySide() {
        byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        Dataset data =
                Dataset.zip(
                        part(3, 2, Targets.none(3)),
                        Dataset.ofBytes(bytes, new Shape(2, 2), Targets.labels(7, 8, 9), 1, 0));
        assertEquals(new Shape(6), data.shape());
        assertEquals(3, data.size());
        Matrix inputs = Matrix.zeros(2, 6);
        Targets.Labels labels = (Targets.Labels) data.targetBuffer(2);
        data.gather(new int[] {2, 0}, inputs, labels);
        float[] plain = gaussian(3, 2, 2).data();
        assertArrayEquals(
                new float[] {plain[4], plain[5], 8, 9, 10, 11, plain[0], plain[1], 0, 1, 2, 3},
                inputs.data());
        assertArrayEquals(new int[] {9, 7}, labels.classes());
    }

    @Test
    void oneImageDatasetKeepsItsShape() {
        Dataset images = Dataset.of(gaussian(2, 6, 1), new Shape(3, 2), Targets.labels(0, 1));
        assertEquals(new Shape(3, 2), Dataset.zip(images).shape());
    }

    @Test
    void severalTargetsAreGatheredTogether() {
        Matrix values = gaussian(3, 2, 5);
        Targets both = Targets.several(Targets.labels(4, 5, 6), Targets.values(values));
        Dataset data = part(3, 2, both);
        Targets.Several buffer = (Targets.Several) data.targetBuffer(1);
        data.gather(new int[] {1}, Matrix.zeros(1, 2), buffer);
        assertArrayEquals(new int[] {5}, ((Targets.Labels) buffer.parts().get(0)).classes());
        assertEquals(values.at(1, 1), ((Targets.Values) buffer.parts().get(1)).rows().at(0, 1));
    }

    @Test
    void wrongPartsAreNamed() {
        assertRefused("Dataset: nothing to zip; give at least one", () -> Dataset.zip());
        assertRefused(
                "Dataset: 3 and 2 samples side by side; there must be as many of each",
                () -> Dataset.zip(part(3, 2, Targets.none(3)), part(2, 2, Targets.none(2))));
        assertRefused(
                "Dataset: 0 of 1 datasets side by side have targets; give all targets to one of"
                        + " them, Targets.none(3) to the others",
                () -> Dataset.zip(part(3, 2, Targets.none(3))));
        assertRefused(
                "Targets: 2 and 1 targets side by side; there must be as many of each",
                () -> Targets.several(Targets.labels(0, 1), Targets.labels(0)));
    }

    private static void assertRefused(String message, Executable call) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, call);
        assertEquals(message, e.getMessage());
    }
}
