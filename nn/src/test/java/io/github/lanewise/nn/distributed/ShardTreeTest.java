package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

class ShardTreeTest {

    @ParameterizedTest(name = "{0} shards of {1}")
    @CsvSource({
        "1, 5",
        "2, 1",
        "3, 7",
        "4, 4096",
        "5, 4097",
        "6, 9000",
        "7, 33",
        "8, 12289",
        "12, 100",
        "13, 64",
        "64, 65",
        "3, 0"
    })
    void addsInTheOrderOfTheDefinition(int shards, int count) {
        float[][] gradients = Workers.gradients(shards, count, new Random(shards));
        float[] expected = Workers.naive(gradients, count);
        float[] sum = new float[count];
        ShardTree.add(gradients, 0, count, sum);
        assertArrayEquals(expected, sum);
    }

    @Test
    void orderShowsInTheSum() {
        // 2^24 + 1 is no float: only ((a + b) + (c + d)) keeps both ones.
        float[][] shards = {{1 << 24}, {-(1 << 24)}, {1}, {1}, {1 << 24}, {1}};
        float[] sum = new float[1];
        ShardTree.add(shards, 0, 1, sum);
        assertEquals((float) (1 << 24) + 2f, sum[0]);
    }

    @Test
    void sumMayReplaceTheFirstShard() {
        float[][] gradients = Workers.gradients(6, 50, new Random(1));
        float[] expected = Workers.naive(gradients, 50);
        ShardTree.add(gradients, 0, 50, gradients[0]);
        assertArrayEquals(expected, gradients[0]);
    }

    @Test
    void valuesOutsideTheRangeStay() {
        float[][] gradients = Workers.gradients(3, 10, new Random(1));
        float[][] before = Workers.copy(gradients, 0, 3);
        float[] sum = new float[10];
        ShardTree.add(gradients, 4, 6, sum);
        for (int i : new int[] {0, 3, 6, 9}) {
            assertEquals(0, sum[i]);
            for (int s = 0; s < 3; s++) {
                assertEquals(before[s][i], gradients[s][i]);
            }
        }
    }

    @Test
    void refusesNoShardsAndRangesOutsideOfAnArray() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ShardTree.add(new float[0][], 0, 0, new float[1]));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> ShardTree.add(new float[][] {{1, 2}, {1}}, 0, 2, new float[2]));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> ShardTree.add(new float[][] {{1, 2}}, 0, 2, new float[1]));
    }
}
