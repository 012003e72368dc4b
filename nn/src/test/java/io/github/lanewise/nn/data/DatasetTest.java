package io.github.lanewise.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.file.DType;
import io.github.lanewise.nn.file.Npz;
import io.github.lanewise.nn.file.TensorData;
import io.github.lanewise.nn.file.TensorInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

class DatasetTest {

    @Test
    void floatsAreGatheredWithTheirLabels() {
        Dataset data = Dataset.of(new float[][] {{0, 1}, {2, 3}, {4, 5}}, new int[] {7, 8, 9});
        Matrix inputs = Matrix.zeros(2, 2);
        Targets targets = data.targetBuffer(2);
        data.gather(new int[] {2, 0}, inputs, targets);
        assertArrayEquals(new float[] {4, 5, 0, 1}, inputs.data());
        assertArrayEquals(new int[] {9, 7}, ((Targets.Labels) targets).classes());
    }

    @Test
    void bytesAreUnsignedAndNormalized() {
        byte[] bytes = {0, (byte) 255, 127, (byte) 128};
        Dataset data = Dataset.ofBytes(bytes, new Shape(1, 1, 2), Targets.labels(0, 1), 0.5f, -1);
        Matrix inputs = Matrix.zeros(2, 2);
        data.gather(new int[] {1, 0}, inputs, data.targetBuffer(2));
        assertArrayEquals(new float[] {62.5f, 63, -1, 126.5f}, inputs.data());
    }

    @Test
    void rowsOfNumbersAreTargetsToo() {
        Matrix values = Matrix.copyOf(new float[][] {{1, 2}, {3, 4}});
        Dataset data = Dataset.of(Matrix.zeros(2, 1), new Shape(1), Targets.values(values));
        Targets targets = data.targetBuffer(1);
        data.gather(new int[] {1}, Matrix.zeros(1, 1), targets);
        assertArrayEquals(new float[] {3, 4}, ((Targets.Values) targets).rows().data());
    }

    @Test
    void rowThatIsNullIsNamed() {
        float[][] rows = {{1, 2}, null};
        assertEquals(
                "Matrix: row 1 of 2 is null",
                assertThrows(NullPointerException.class, () -> Dataset.of(rows, new int[] {0, 1}))
                        .getMessage());
    }

    @Test
    void countsThatDifferAreRefused() {
        assertRefused(
                "Dataset: 1 targets for 2 samples; give one for each",
                () -> Dataset.of(new float[2][3], new int[1]));
        assertRefused(
                "Dataset: 5 bytes for samples of shape 1x2x2; they must be a multiple of 4",
                () -> Dataset.ofBytes(new byte[5], new Shape(1, 2, 2), Targets.labels(0), 1, 0));
        assertRefused(
                "Dataset: features are 1x3, a sample of shape 2x2 has 4; they must have as many"
                        + " columns",
                () -> Dataset.of(Matrix.zeros(1, 3), new Shape(2, 2), Targets.labels(0)));
        assertRefused(
                "Dataset: no features: 0x0; give at least one row of one number",
                () -> Dataset.of(new float[0][], new int[0]));
    }

    @Test
    void shapesAreCheckedAndPrinted() {
        assertEquals("1x28x28", new Shape(1, 28, 28).toString());
        assertEquals(784, new Shape(1, 28, 28).features());
        assertEquals(new Shape(2, 3), new Shape(2, 3));
        assertRefused("Shape: no dimensions; give at least one", Shape::new);
        assertRefused(
                "Shape: dimension below 1: 3x0; each must be 1 or more", () -> new Shape(3, 0));
        assertRefused(
                "Shape: too many features: 65536x65536; a sample holds at most 2147483647",
                () -> new Shape(65536, 65536));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void arraysOfAFileAreSamplesAndTargets(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("data.npz");
        Npz.write(
                file,
                List.of(
                        TensorData.of(
                                TensorInfo.of("x", DType.F32, 2, 1, 2), new float[] {1, 2, 3, 4}),
                        TensorData.of(TensorInfo.of("y", DType.I64, 2), new long[] {1, 0}),
                        TensorData.of(TensorInfo.of("z", DType.F64, 2), new double[] {.5, 2}),
                        TensorData.of(
                                TensorInfo.of("b", DType.U8, 2, 3),
                                new byte[] {0, 1, 2, 3, 4, -1})));
        Dataset labelled = Dataset.of(file, "x", "y");
        assertEquals(new Shape(1, 2), labelled.shape());
        assertArrayEquals(new int[] {1, 0}, ((Targets.Labels) labelled.targets()).classes());
        Dataset bytes = Dataset.of(file, "b", "z");
        Batch batch = new Batch(bytes, 1);
        batch.load(new int[] {1}, 0);
        assertArrayEquals(new float[] {3, 4, 255}, batch.inputs().data());
        assertEquals(2f, ((Targets.Values) batch.targets()).rows().at(0, 0));
        IOException e = assertThrows(IOException.class, () -> Dataset.of(file, "x", "w"));
        assertTrue(
                e.getMessage().endsWith("has no array w; there are [x, y, z, b]"), e.getMessage());
    }
}
