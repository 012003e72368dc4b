package io.github.lanewise.nn.distributed;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Counts the bytes that the calling threads and the network's threads allocate in a step. */
@Tag("allocation")
class CollectiveAllocationTest {

    private static final long ALLOWED_BYTES_PER_STEP = 1024;
    private static final int STEPS = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest(name = "{0} workers over TCP")
    @ValueSource(ints = {2, 4})
    void stepsOverTcpAllocateNextToNothing(int size) throws Exception {
        assertFewBytes(Workers.overTcp(size, 12));
    }

    @Test
    void stepsInOneJvmAllocateNextToNothing() throws Exception {
        assertFewBytes(LocalCollective.group(2, 12));
    }

    private void assertFewBytes(List<Collective> workers) throws Exception {
        List<Long> bytes = Workers.onEach(workers, this::fewestBytesOfAStep);
        Workers.close(workers);
        for (long each : bytes) {
            assertTrue(each < ALLOWED_BYTES_PER_STEP, () -> each + " bytes in every step");
        }
    }

    /** What allocates by itself does so in every step; classes are loaded but once. */
    private long fewestBytesOfAStep(Collective worker) {
        float[][] own = new float[worker.ownShards()][200_003];
        float[] sum = new float[own[0].length];
        long network = networkThread(worker.rank());
        long fewest = Long.MAX_VALUE;
        for (int step = 0; step < STEPS; step++) {
            long before = allocated(network);
            worker.step(step);
            worker.start(own, 100_000, own[0].length, sum);
            worker.start(own, 7, 100_000, sum);
            worker.start(own, 0, 7, sum);
            worker.await();
            fewest = Math.min(fewest, allocated(network) - before);
        }
        return fewest;
    }

    private long allocated(long network) {
        long own = threads.getCurrentThreadAllocatedBytes();
        return network < 0 ? own : own + threads.getThreadAllocatedBytes(network);
    }

    /** Returns the id of a rank's network thread; -1 if there is none. */
    private static long networkThread(int rank) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("lanewise-rank-" + rank))
                .filter(Thread::isAlive)
                .mapToLong(Thread::threadId)
                .max()
                .orElse(-1);
    }
}
