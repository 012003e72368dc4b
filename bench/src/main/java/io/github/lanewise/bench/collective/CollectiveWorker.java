package io.github.lanewise.bench.collective;

import io.github.lanewise.bench.RandomMatrix;
import io.github.lanewise.bench.TrainedNet;
import io.github.lanewise.bench.Workload;
import io.github.lanewise.engine.Matrix;
import io.github.lanewise.nn.data.Dataset;
import io.github.lanewise.nn.data.Targets;
import io.github.lanewise.nn.distributed.Collective;
import io.github.lanewise.nn.distributed.CollectiveReport;
import io.github.lanewise.nn.distributed.Rendezvous;
import io.github.lanewise.nn.distributed.RunIdentity;
import io.github.lanewise.nn.distributed.TcpCollective;
import io.github.lanewise.nn.distributed.TcpSettings;
import io.github.lanewise.nn.loss.SoftmaxCrossEntropy;
import io.github.lanewise.nn.optim.SGD;
import io.github.lanewise.nn.train.Progress;
import io.github.lanewise.nn.train.Trainer;
import io.github.lanewise.nn.train.TrainerCallback;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One of the workers that are measured. Rank 0 prints a {@link Times} line.
 *
 * <pre>
 * CollectiveWorker all-reduce BYTES BUCKETS WARM-UP REPETITIONS
 * CollectiveWorker training ROWS WARM-UP STEPS
 * </pre>
 *
 * <p>Its place comes from the variables that any launcher sets, so that it measures between
 * machines, too.
 */
public final class CollectiveWorker {

    /** Batches of an epoch. */
    private static final int BATCHES = 8;

    private CollectiveWorker() {}

    /** Measures what the arguments say. */
    public static void main(String... arguments) throws IOException {
        int[] numbers = Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray();
        Rendezvous place =
                Rendezvous.from(System.getenv()).orElse(Rendezvous.onThisMachine(0, 1, 0));
        RunIdentity run = new RunIdentity("bench", place.size(), String.join(" ", arguments), "");
        try (Collective group = TcpCollective.join(place, run, new TcpSettings())) {
            Times times =
                    switch (arguments[0]) {
                        case "all-reduce" ->
                                allReduce(
                                        group,
                                        numbers[0] / Float.BYTES,
                                        numbers[1],
                                        numbers[2],
                                        numbers[3]);
                        case "training" -> training(group, numbers[0], numbers[1], numbers[2]);
                        default -> throw new IllegalArgumentException("what is " + arguments[0]);
                    };
            if (group.rank() == 0) {
                System.out.println(times.line());
            }
        }
    }

    /** Times reductions that begin together; every sum is compared with what it must be. */
    private static Times allReduce(
            Collective group, int values, int buckets, int warmUp, int repetitions) {
        float[][] own = new float[1][values];
        float[] sum = new float[values];
        long[] nanos = new long[repetitions];
        for (int i = -warmUp; i < repetitions; i++) {
            group.step(i + warmUp);
            Arrays.fill(own[0], group.rank() + i);
            group.barrier();
            long before = System.nanoTime();
            for (int b = 0; b < buckets; b++) {
                int from = (int) ((long) values * b / buckets);
                int to = (int) ((long) values * (b + 1) / buckets);
                group.start(own, from, to, sum);
            }
            group.await();
            if (i >= 0) {
                nanos[i] = System.nanoTime() - before;
            }
            check(sum, group.size() * i + group.size() * (group.size() - 1) / 2);
        }
        return Times.of(nanos, 0);
    }

    private static void check(float[] sum, int expected) {
        for (float value : sum) {
            if (value != expected) {
                throw new AssertionError("expected " + expected + ", got " + value);
            }
        }
    }

    /** Times the steps of M3, of so many rows on each worker. */
    private static Times training(Collective group, int rows, int warmUp, int steps) {
        TrainedNet net = TrainedNet.of(Workload.M3);
        int batch = rows * group.size();
        Matrix inputs = new RandomMatrix(1).next(BATCHES * batch, net.input().features());
        int[] labels =
                new SplittableRandom(2).ints(BATCHES * batch, 0, Workload.M3.classes()).toArray();
        Dataset data = Dataset.of(inputs, net.input(), Targets.labels(labels));
        StepTimes times = new StepTimes(group, warmUp, steps);
        Trainer trainer =
                new Trainer(
                        net.model(), new SoftmaxCrossEntropy(), new SGD(net.rule().learningRate()));
        if (group.size() > 1) {
            trainer.shards(group.size()).collective(group);
        }
        trainer.fit(data, (warmUp + steps) / BATCHES + 1, batch, times);
        return times.times();
    }

    /** Notes the time between two ends of steps. */
    private static final class StepTimes implements TrainerCallback {

        private final Collective group;
        private final int warmUp;
        private final long[] nanos;
        private CollectiveReport begin;
        private CollectiveReport end;
        private long last;
        private int step;

        StepTimes(Collective group, int warmUp, int steps) {
            this.group = group;
            this.warmUp = warmUp;
            this.nanos = new long[steps];
        }

        @Override
        public void onBatchEnd(Progress progress) {
            long now = System.nanoTime();
            int at = step++ - warmUp;
            if (at >= 0 && at < nanos.length) {
                nanos[at] = now - last;
            }
            if (at == -1) {
                begin = group.report();
            } else if (at == nanos.length - 1) {
                end = group.report();
                progress.stop();
            }
            last = System.nanoTime();
        }

        Times times() {
            return Times.of(nanos, end.waiting().minus(begin.waiting()).toNanos() / nanos.length);
        }
    }
}
