package io.github.lanewise.nn.data;

import static io.github.lanewise.nn.Matrices.gaussian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.lanewise.nn.Shape;
import io.github.lanewise.nn.layer.Linear;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Batches gathered ahead, by a thread of their own. */
@Timeout(60)
class PrefetchTest {

    private static final int SIZE = 90;
    private static final int[] LABELS = IntStream.range(0, SIZE).map(i -> i % 3).toArray();
    private static final Dataset IN_MEMORY =
            Dataset.of(gaussian(SIZE, 6, 1), new Shape(2, 3), Targets.labels(LABELS));

    /** What goes wrong while gathering ahead is thrown by fit, and no thread stays behind. */
    @Test
    void aFailureOfTheThreadThatGathersIsThrown() throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        Dataset broken =
                IN_MEMORY.map(
                        new Shape(6),
                        (x, y) -> {
                            if (count.incrementAndGet() > 50) {
                                throw new IllegalStateException("sensor lost");
                            }
                        });
        Trainer trainer =
                new Trainer(new Linear(6, 3), new SoftmaxCrossEntropy(), new SGD(0.1f)).prefetch(2);
        trainer.shuffle(false).checkpoints(null);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> trainer.fit(broken, 2, 8));
        assertEquals("sensor lost", e.getMessage());
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("lanewise-prefetch")));
    }

    /** It waits when so many batches are ready. */
    @Test
    void noMoreIsGatheredAheadThanSaid() {
        AtomicInteger gathered = new AtomicInteger();
        Dataset counted = IN_MEMORY.map(new Shape(6), (x, y) -> gathered.incrementAndGet());
        Trainer trainer =
                new Trainer(new Linear(6, 3), new SoftmaxCrossEntropy(), new SGD(0.1f)).prefetch(2);
        int[] most = {0};
        trainer.fit(
                counted,
                2,
                10,
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        int taken = (progress.epoch() - 1) * SIZE + progress.samples();
                        most[0] = Math.max(most[0], gathered.get() - taken);
                    }
                });
        assertTrue(most[0] <= 30, () -> most[0] + " samples ahead");
    }

    @Test
    void aFitThatIsStoppedLeavesNoThread() {
        Trainer trainer =
                new Trainer(new Linear(6, 3), new SoftmaxCrossEntropy(), new SGD(0.1f)).prefetch(2);
        Dataset flat = IN_MEMORY.map(new Shape(6), (x, y) -> y[0] = x[0]);
        trainer.fit(
                flat,
                5,
                8,
                new TrainerCallback() {
                    @Override
                    public void onBatchEnd(Progress progress) {
                        progress.stop();
                    }
                });
        assertTrue(
                Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("lanewise-prefetch")));
        trainer.fit(flat, 1, 8);
    }
}
