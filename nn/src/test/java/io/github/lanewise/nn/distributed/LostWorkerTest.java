package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Whatever a worker does or stops doing, the others end, and say which worker and why. */
class LostWorkerTest {

    private static void assertLost(RuntimeException thrown, String reason) {
        assertNotNull(thrown, "nothing was thrown");
        WorkerLostException lost = assertInstanceOf(WorkerLostException.class, thrown);
        assertEquals(1, lost.rank());
        assertEquals(3, lost.step());
        String message = lost.getMessage();
        assertTrue(message.startsWith("rank 1 lost at step 3 (last heard "), message);
        assertTrue(message.contains(reason), message);
    }

    @Test
    void aSilentWorkerIsGivenUpAtTheDeadline() throws Exception {
        try (FakeWorker fake = new FakeWorker(FakeWorker.HASTY)) {
            assertLost(fake.reduce(100), "silent for longer than the deadline of 400 ms");
        }
    }

    @Test
    void aWorkerThatIsAliveButDoesNotReadAndSendsNothingIsGivenUpToo() throws Exception {
        try (FakeWorker fake = new FakeWorker(FakeWorker.HASTY)) {
            // More than all socket buffers take.
            assertLost(fake.reduce(20_000_000), "silent for longer than the deadline of 400 ms");
        }
    }

    @Test
    void aWorkerWhoseConnectionEndsIsGivenUpAtOnce() throws Exception {
        try (FakeWorker fake = new FakeWorker(Workers.SETTINGS)) {
            fake.victim.step(3);
            fake.hangUp();
            assertLost(fake.reduce(100), "its connection was closed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4000, 300_000})
    void garbageIsRefused(int length) throws Exception {
        byte[] garbage = new byte[length];
        new Random(length).nextBytes(garbage);
        garbage[0] = 77;
        try (FakeWorker fake = new FakeWorker(FakeWorker.HASTY)) {
            fake.victim.step(3);
            fake.send(ByteBuffer.wrap(garbage));
            assertLost(fake.reduce(100), length < 32 ? "silent" : "a frame's type is ");
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} {3} {4}: {5}")
    @CsvSource({
        "0, 0, 0, 3, 0, 'a frame''s type is 0'",
        "7, 0, 0, 3, 0, 'a frame''s type is 7'",
        "1, 4, 0, 3, 0, 'a frame''s length is 4, expected 0'",
        "2, 196, 0, 3, 100, 'a frame''s length is 196, expected 200'",
        "2, 204, 0, 3, 100, 'a frame''s length is 204, expected 200'",
        "2, 2147483647, 0, 3, 100, 'a frame''s length is 2147483647, expected 200'",
        "2, -1, 0, 3, 100, 'a frame''s length is -1, expected 200'",
        "3, 0, 0, 3, 100, 'a frame''s length is 0, expected 200'",
        "4, 5, 0, 3, 100, 'a frame of type 4 must not come now'",
        "2, 200, 0, 4, 100, 'a frame''s step is 4, expected 3'",
        "2, 200, 0, 3, 101, 'a frame''s number of values is 101, expected 100'",
        "2, 200, 1, 3, 100, 'it has begun operation 1, while this worker waits for operation 0'",
        "2, 200, -1, 3, 100, 'it sent a frame of operation -1, which is over'",
        "5, 3, 0, 3, 0, 'a frame''s length is 3'",
        "5, 100000, 0, 3, 0, 'a frame''s length is 100000'",
        "6, 0, 0, 3, 0, 'it has left the group, which others still need'",
    })
    void aFrameThatIsNotAsExpectedIsRefused(
            int type, int length, long operation, long step, int count, String reason)
            throws Exception {
        try (FakeWorker fake = new FakeWorker(Workers.SETTINGS)) {
            fake.victim.step(3);
            fake.send(FakeWorker.frame(type, length, operation, step, count));
            assertLost(fake.reduce(100), reason);
        }
    }

    @Test
    void aDamagedFrameIsRefused() throws Exception {
        try (FakeWorker fake = new FakeWorker(Workers.SETTINGS)) {
            ByteBuffer frame = FakeWorker.frame(Frame.PART, 200, 0, 3, 100);
            frame.put(100, (byte) (frame.get(100) ^ 4));
            fake.send(frame);
            assertLost(fake.reduce(100), "the checksum of a frame is wrong");
        }
    }

    @Test
    void aWorkerThatComputesForLongerThanTheDeadlineIsNotGivenUp() throws Exception {
        List<Collective> workers = Workers.overTcp(2, 2, FakeWorker.HASTY);
        List<Integer> counts =
                Workers.onEach(
                        workers,
                        worker -> {
                            // Two deadlines: a sign of life has 32 bytes, four come in a deadline.
                            while (worker.rank() == 1 && worker.report().bytesSent() < 8 * 32) {
                                Thread.onSpinWait();
                            }
                            return worker.gather(new byte[1]).length;
                        });
        assertEquals(List.of(2, 2), counts);
        Workers.close(workers);
    }

    /** A frame that says: this rank is lost. */
    private static ByteBuffer lostFrame(int rank, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = FakeWorker.frame(Frame.LOST, 4 + text.length, 0, 5, 0);
        frame.putInt(Frame.HEADER, rank).put(Frame.HEADER + 4, text);
        return FakeWorker.seal(frame, Frame.LOST, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 'this worker, rank 0, was given up by rank 1 at step 5: because?of'",
        "7, 1, 'it gave up rank 7, which does not exist'",
        "-1, 1, 'it gave up rank -1, which does not exist'"
    })
    void whatOthersNoticeFirstEndsThisWorkerToo(int named, int lost, String reason)
            throws Exception {
        try (FakeWorker fake = new FakeWorker(Workers.SETTINGS)) {
            fake.victim.step(3);
            fake.send(lostFrame(named, "because\nof"));
            RuntimeException thrown = fake.reduce(100);
            assertEquals(lost, assertInstanceOf(WorkerLostException.class, thrown).rank());
            assertTrue(thrown.getMessage().contains(reason), thrown::getMessage);
        }
    }

    @Test
    void aWorkerThatWasAheadWhenItEndedIsLostToo() throws Exception {
        try (FakeWorker fake = new FakeWorker(Workers.SETTINGS)) {
            fake.send(FakeWorker.frame(Frame.PART, 200, 0, 3, 100));
            fake.hangUp();
            assertLost(fake.reduce(100), "its connection was closed");
        }
    }

    @Test
    void afterALossEveryCallThrows() throws Exception {
        try (FakeWorker fake = new FakeWorker(FakeWorker.HASTY)) {
            assertLost(fake.reduce(100), "silent");
            assertThrows(WorkerLostException.class, fake.victim::barrier);
            assertThrows(WorkerLostException.class, fake.victim::await);
        }
    }

    @ParameterizedTest
    @EnumSource(CollectiveTest.Kind.class)
    void aWorkerThatClosesWhileOthersNeedItIsLost(CollectiveTest.Kind kind) throws Exception {
        List<Collective> workers = kind.group(4, 4);
        List<Integer> lost =
                Workers.onEach(
                        workers,
                        worker -> {
                            if (worker.rank() == 2) {
                                worker.barrier();
                                worker.close();
                                return 2;
                            }
                            // One that is slow learns of the loss while it is in the first barrier.
                            return assertThrows(
                                            WorkerLostException.class,
                                            () -> {
                                                worker.barrier();
                                                worker.barrier();
                                            })
                                    .rank();
                        });
        assertEquals(List.of(2, 2, 2, 2), lost);
        Workers.close(workers);
    }

    @Test
    void workersThatLeaveOneAfterTheOtherDisturbNobody() throws Exception {
        List<Collective> workers = Workers.overTcp(3, 3);
        Workers.onEach(
                workers,
                worker -> {
                    worker.barrier();
                    return null;
                });
        for (Collective worker : workers) {
            worker.await();
            worker.close();
        }
    }

    @ParameterizedTest
    @EnumSource(CollectiveTest.Kind.class)
    void differentCallsAreNoticed(CollectiveTest.Kind kind) throws Exception {
        List<Collective> workers = kind.group(2, 2);
        List<WorkerLostException> thrown =
                Workers.onEach(
                        workers,
                        worker -> {
                            int count = 100 + worker.rank();
                            float[][] own = {new float[count]};
                            return assertThrows(
                                    WorkerLostException.class,
                                    () -> worker.allReduce(own, 0, count, own[0]));
                        });
        String first = thrown.get(0).getMessage() + thrown.get(1).getMessage();
        assertTrue(first.contains("all workers must make the same calls"), first);
        Workers.close(workers);
    }

    @ParameterizedTest
    @EnumSource(CollectiveTest.Kind.class)
    void oneThatBroadcastsWhileTheOtherGathersIsNoticed(CollectiveTest.Kind kind) throws Exception {
        List<Collective> workers = kind.group(2, 2);
        List<WorkerLostException> thrown =
                Workers.onEach(
                        workers,
                        worker ->
                                assertThrows(
                                        WorkerLostException.class,
                                        () -> {
                                            if (worker.rank() == 0) {
                                                worker.broadcast(new float[9], 0, 9);
                                                worker.barrier();
                                            } else {
                                                worker.barrier();
                                            }
                                        }));
        String all = thrown.get(0).getMessage() + thrown.get(1).getMessage();
        assertTrue(all.contains("all workers must make the same calls"), all);
        Workers.close(workers);
    }

    @Test
    void oneThatReducesNothingWhileTheOtherWaitsIsNoticed() throws Exception {
        List<Collective> workers = Workers.overTcp(2, 2);
        List<WorkerLostException> thrown =
                Workers.onEach(
                        workers,
                        worker -> {
                            int count = worker.rank();
                            float[][] own = {new float[count]};
                            return assertThrows(
                                    WorkerLostException.class,
                                    () -> {
                                        worker.allReduce(own, 0, count, own[0]);
                                        worker.barrier();
                                    });
                        });
        String all = thrown.get(0).getMessage() + thrown.get(1).getMessage();
        assertTrue(all.contains("while this worker waits for operation 0"), all);
        Workers.close(workers);
    }

    @Test
    void anInterruptedWaitEnds() throws Exception {
        try (FakeWorker fake = new FakeWorker(Workers.SETTINGS)) {
            Thread.currentThread().interrupt();
            assertThrows(IllegalStateException.class, fake.victim::barrier);
            assertTrue(Thread.interrupted());
        }
    }
}
