package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Every collective gives the same bits as the definition, for any number of workers. */
class CollectiveTest {

    enum Kind {
        LOCAL,
        TCP;

        List<Collective> group(int workers, int shards) throws Exception {
            return this == LOCAL
                    ? LocalCollective.group(workers, shards)
                    : Workers.overTcp(workers, shards);
        }
    }

    /** The awkward sizes: nothing, less than a value for each worker, around a frame, several. */
    private static final int[] COUNTS = {
        0,
        1,
        2,
        7,
        64,
        1001,
        Frame.VALUES - 1,
        Frame.VALUES,
        Frame.VALUES + 1,
        2 * Frame.VALUES + 3,
        5 * Frame.VALUES + 17
    };

    @ParameterizedTest(name = "{0} {1} workers {2} shards")
    @CsvSource({
        "LOCAL, 1, 1",
        "LOCAL, 1, 6",
        "LOCAL, 2, 8",
        "LOCAL, 3, 6",
        "LOCAL, 4, 12",
        "LOCAL, 8, 8",
        "TCP, 1, 8",
        "TCP, 2, 2",
        "TCP, 2, 6",
        "TCP, 2, 8",
        "TCP, 3, 3",
        "TCP, 3, 12",
        "TCP, 3, 15",
        "TCP, 4, 4",
        "TCP, 4, 12",
        "TCP, 8, 8",
        "TCP, 8, 16",
        "TCP, 8, 24"
    })
    void sumHasTheBitsOfTheDefinition(Kind kind, int size, int shards) throws Exception {
        List<Collective> workers = kind.group(size, shards);
        for (int count : COUNTS) {
            float[][] gradients = Workers.gradients(shards, count, new Random(count + 31 * shards));
            float[] expected = Workers.naive(gradients, count);
            List<float[]> sums = Workers.onEach(workers, worker -> reduce(worker, gradients));
            for (int r = 0; r < size; r++) {
                int rank = r;
                assertArrayEquals(
                        expected, sums.get(r), () -> "rank " + rank + ", " + count + " values");
            }
        }
        Workers.close(workers);
    }

    private static float[] reduce(Collective worker, float[][] gradients) {
        int first = worker.firstShard();
        float[][] own = Workers.copy(gradients, first, first + worker.ownShards());
        float[] sum = new float[own[0].length];
        worker.allReduce(own, 0, sum.length, sum);
        return sum;
    }

    @ParameterizedTest(name = "{0} {1} workers {2} shards")
    @CsvSource({"LOCAL, 2, 4", "LOCAL, 4, 4", "TCP, 2, 4", "TCP, 3, 6", "TCP, 4, 4", "TCP, 8, 8"})
    void bucketsUnderWayTogetherFormTheSameSum(Kind kind, int size, int shards) throws Exception {
        int count = 3 * Frame.VALUES + 5;
        int[] edges = {count, count - 1, 2 * Frame.VALUES + 9, 700, 700, 3, 0};
        float[][] gradients = Workers.gradients(shards, count, new Random(5));
        float[] expected = Workers.naive(gradients, count);
        List<Collective> workers = kind.group(size, shards);
        List<float[]> sums =
                Workers.onEach(
                        workers,
                        worker -> {
                            int first = worker.firstShard();
                            float[] sum = null;
                            for (int step = 0; step < 5; step++) {
                                worker.step(step);
                                float[][] own =
                                        Workers.copy(gradients, first, first + worker.ownShards());
                                for (int i = 1; i < edges.length; i++) {
                                    worker.start(own, edges[i], edges[i - 1], own[0]);
                                }
                                worker.await();
                                sum = own[0];
                            }
                            return sum;
                        });
        for (float[] sum : sums) {
            assertArrayEquals(expected, sum);
        }
        Workers.close(workers);
    }

    @ParameterizedTest(name = "{0} {1} workers")
    @CsvSource({"LOCAL, 1", "LOCAL, 3", "TCP, 2", "TCP, 3", "TCP, 8"})
    void broadcastCopiesRankZero(Kind kind, int size) throws Exception {
        List<Collective> workers = kind.group(size, size);
        for (int count : COUNTS) {
            List<float[]> values =
                    Workers.onEach(
                            workers,
                            worker -> {
                                float[] own = new float[count + 2];
                                Arrays.fill(own, worker.rank() + 1);
                                worker.broadcast(own, 1, count + 1);
                                return own;
                            });
            for (int r = 0; r < size; r++) {
                float[] expected = new float[count + 2];
                Arrays.fill(expected, 1);
                expected[0] = r + 1;
                expected[count + 1] = r + 1;
                assertArrayEquals(expected, values.get(r));
            }
        }
        Workers.close(workers);
    }

    @ParameterizedTest(name = "{0} {1} workers")
    @CsvSource({"LOCAL, 1", "LOCAL, 4", "TCP, 2", "TCP, 4"})
    void gatherGivesEverybodyEveryMessage(Kind kind, int size) throws Exception {
        List<Collective> workers = kind.group(size, size);
        List<byte[][]> gathered =
                Workers.onEach(
                        workers,
                        worker -> {
                            worker.barrier();
                            String text = "hash ".repeat(worker.rank());
                            return worker.gather(text.getBytes(StandardCharsets.UTF_8));
                        });
        for (byte[][] messages : gathered) {
            assertEquals(size, messages.length);
            for (int r = 0; r < size; r++) {
                assertEquals("hash ".repeat(r), new String(messages[r], StandardCharsets.UTF_8));
            }
        }
        Workers.close(workers);
    }

    @ParameterizedTest
    @EnumSource
    void messagesThatAreTooLongAreRefused(Kind kind) throws Exception {
        List<Collective> workers = kind.group(2, 2);
        byte[] longest = new byte[Collective.LONGEST_MESSAGE];
        List<byte[][]> gathered = Workers.onEach(workers, worker -> worker.gather(longest));
        assertEquals(longest.length, gathered.get(1)[0].length);
        assertThrows(
                IllegalArgumentException.class,
                () -> workers.get(0).gather(new byte[longest.length + 1]));
        Workers.close(workers);
    }

    @ParameterizedTest
    @EnumSource
    void wrongArgumentsAreRefusedBeforeAnythingIsSent(Kind kind) throws Exception {
        List<Collective> workers = kind.group(2, 4);
        Collective worker = workers.get(1);
        assertThrows(
                IllegalArgumentException.class,
                () -> worker.start(new float[1][3], 0, 3, new float[3]));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> worker.start(new float[2][3], 0, 3, new float[2]));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> worker.start(new float[2][3], 0, 4, new float[4]));
        Workers.onEach(workers, w -> w.gather(new byte[1]));
        Workers.close(workers);
        assertThrows(IllegalStateException.class, worker::await);
    }

    @Test
    void workersMustDivideShards() {
        assertThrows(IllegalArgumentException.class, () -> LocalCollective.group(3, 8));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        TcpCollective.join(
                                Rendezvous.onThisMachine(0, 3, 1),
                                Workers.run(8),
                                Workers.SETTINGS));
    }

    @Test
    void tooManyBucketsAreRefused() throws Exception {
        for (Kind kind : Kind.values()) {
            List<Collective> workers = kind.group(2, 2);
            Workers.onEach(
                    workers,
                    worker -> {
                        float[][] own = {new float[300]};
                        for (int i = 0; i < 256; i++) {
                            worker.start(own, i, i + 1, own[0]);
                        }
                        return assertThrows(
                                IllegalStateException.class,
                                () -> worker.start(own, 256, 257, own[0]));
                    });
            Workers.onEach(
                    workers,
                    worker -> {
                        worker.await();
                        return null;
                    });
            Workers.close(workers);
        }
    }

    @Test
    void reportCountsEveryByte() throws Exception {
        int count = 4 * Frame.VALUES;
        List<Collective> workers = Workers.overTcp(2, 2);
        List<CollectiveReport> reports =
                Workers.onEach(
                        workers,
                        worker -> {
                            worker.step(7);
                            float[][] own = {new float[count]};
                            worker.allReduce(own, 0, count, own[0]);
                            worker.barrier();
                            worker.close();
                            return worker.report();
                        });
        for (CollectiveReport report : reports) {
            assertEquals(1, report.steps());
            assertTrue(report.bytesSent() >= 4L * count, report::toString);
            assertTrue(report.bytesReceived() >= 4L * count, report::toString);
            assertTrue(report.bytesSent() < 4L * count + 4096, report::toString);
        }
        assertTrue(reports.get(0).toString().startsWith("rank 0: 1 steps, compute "));
    }
}
