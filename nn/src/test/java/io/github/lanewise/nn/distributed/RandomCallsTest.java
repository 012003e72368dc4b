package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Programs of random calls: all workers run the same, each at its own pace. */
class RandomCallsTest {

    private static final int CALLS = 60;
    private static final int LONGEST = 2 * Frame.VALUES + 100;

    /** What the workers add in one call; the same on all of them. */
    private static float value(int call, int shard, int index) {
        return (float) Math.sin(call + 31 * shard + 0.001 * index) * (1 << (index + shard) % 20);
    }

    private static float expected(int call, int lo, int hi, int index) {
        if (hi - lo == 1) {
            return value(call, lo, index);
        }
        int middle = ShardTree.middle(lo, hi);
        return expected(call, lo, middle, index) + expected(call, middle, hi, index);
    }

    @ParameterizedTest(name = "{0}: {1} workers {2} shards, seed {3}")
    @CsvSource({
        "TCP, 2, 2, 1",
        "TCP, 2, 6, 2",
        "TCP, 3, 9, 3",
        "TCP, 5, 5, 4",
        "TCP, 4, 8, 5",
        "LOCAL, 3, 9, 6"
    })
    void everyCallOfARandomProgramGivesItsResult(
            CollectiveTest.Kind kind, int size, int shards, long seed) throws Exception {
        List<Collective> workers = kind.group(size, shards);
        Workers.onEach(
                workers,
                worker -> {
                    run(worker, seed);
                    return null;
                });
        Workers.close(workers);
    }

    private static void run(Collective worker, long seed) {
        // The same choices on all workers; what each does between them differs.
        Random choices = new Random(seed);
        Random pace = new Random(seed + worker.rank() + 1);
        for (int call = 0; call < CALLS; call++) {
            worker.step(call);
            switch (choices.nextInt(6)) {
                case 0 -> worker.barrier();
                case 1 -> {
                    byte[][] messages = worker.gather(new byte[worker.rank() + call]);
                    assertEquals(worker.size() - 1 + call, messages[worker.size() - 1].length);
                }
                case 2 -> {
                    float[] values = new float[choices.nextInt(LONGEST)];
                    Arrays.fill(values, worker.rank() + call);
                    worker.broadcast(values, 0, values.length);
                    float[] first = new float[values.length];
                    Arrays.fill(first, call);
                    assertArrayEquals(first, values);
                }
                default -> reduce(worker, call, choices, pace);
            }
        }
    }

    private static void reduce(Collective worker, int call, Random choices, Random pace) {
        int length = choices.nextInt(choices.nextInt(4) == 0 ? LONGEST : 300);
        int buckets = 1 + choices.nextInt(5);
        float[][] own = new float[worker.ownShards()][length];
        for (int s = 0; s < own.length; s++) {
            for (int i = 0; i < length; i++) {
                own[s][i] = value(call, worker.firstShard() + s, i);
            }
        }
        float[] into = choices.nextBoolean() ? own[0] : new float[length];
        for (int b = buckets - 1; b >= 0; b--) {
            for (int i = pace.nextInt(100_000); i > 0; i--) {
                Thread.onSpinWait();
            }
            worker.start(
                    own,
                    Layout.chunkStart(length, b, buckets),
                    Layout.chunkStart(length, b + 1, buckets),
                    into);
        }
        worker.await();
        for (int i = 0; i < length; i += 1 + i / 50) {
            int index = i;
            assertEquals(
                    expected(call, 0, worker.shards(), i),
                    into[i],
                    () -> "call " + call + ", value " + index + " of " + length);
        }
    }
}
