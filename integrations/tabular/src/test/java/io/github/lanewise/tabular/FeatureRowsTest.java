package io.github.lanewise.tabular;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.github.lanewise.engine.Matrix;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.stream.IntStream;

class FeatureRowsTest {

    @Test
    void rowsMadeForEachBatchAreThoseKept() {
        double[] numbers = IntStream.range(0, 40).mapToDouble(i -> i * 7 % 40).toArray();
        String[] texts = IntStream.range(0, 40).mapToObj(i -> "l" + i % 10).toArray(String[]::new);
        Table table = Table.of(NumberColumn.of("x", numbers), TextColumn.of("t", texts));
        Schema schema = SchemaInference.of(table, Set.of(), new Overrides());
        int[] rows = {3, 1, 30, 20, 21};
        Preprocessing preprocessing = Preprocessing.fit(schema, table, rows);
        FeatureRows kept = new FeatureRows(preprocessing, table, rows, 1 << 20);
        FeatureRows made = new FeatureRows(preprocessing, table, rows, 0);
        Matrix a = Matrix.zeros(3, kept.width());
        Matrix b = Matrix.zeros(3, kept.width());
        kept.gather(new int[] {4, 0, 2, 1}, 1, a);
        made.gather(new int[] {4, 0, 2, 1}, 1, b);
        assertArrayEquals(a.data(), b.data());
        Matrix range = made.range(1, 4);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < kept.width(); j++) {
                assertArrayEquals(
                        new float[] {kept.range(1, 4).at(i, j)}, new float[] {range.at(i, j)});
            }
        }
    }
}
