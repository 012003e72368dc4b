package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long does it take to add a gradient over several processes of this machine? Prints the
 * median, the tenth and the ninetieth percentile of one all-reduce in milliseconds, on rank 0.
 *
 * <pre>
 * java -cp target/classes:target/test-classes \
 *     io.github.lanewise.nn.distributed.AllReduceBenchmark [workers] [bytes] [repetitions] [buckets]
 * </pre>
 *
 * <p>The same by PyTorch's gloo: {@code src/test/python/gloo_all_reduce.py}; let the two run in
 * turns.
 *
 * <p>Defaults: 2 workers, 4 MiB, 300 repetitions after 300 of warm-up, 1 bucket. Every result is
 * compared with the sum that it must be.
 */
final class AllReduceBenchmark {

    private static final int WARM_UP = 300;

    private AllReduceBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int workers = number(arguments, 0, 2);
        int values = number(arguments, 1, 4 << 20) / 4;
        int repetitions = number(arguments, 2, 300);
        int buckets = number(arguments, 3, 1);
        int rank = number(arguments, 4, 0);
        if (rank > 0) {
            int port = number(arguments, 5, 0);
            run(workers, values, repetitions, buckets, rank, port, Workers.SETTINGS);
            return;
        }
        List<Process> others = new ArrayList<>();
        try (ServerSocketChannel server = Workers.listener()) {
            int port = Workers.port(server);
            for (int r = 1; r < workers; r++) {
                others.add(start(workers, values, repetitions, buckets, r, port));
            }
            TcpSettings settings = Workers.SETTINGS.withListener(server);
            run(workers, values, repetitions, buckets, 0, port, settings);
        } finally {
            others.forEach(Process::destroy);
        }
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static Process start(int... numbers) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AllReduceBenchmark.class.getName()));
        numbers[1] *= 4;
        Arrays.stream(numbers).mapToObj(Integer::toString).forEach(command::add);
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static void run(
            int workers,
            int values,
            int repetitions,
            int buckets,
            int rank,
            int port,
            TcpSettings settings)
            throws IOException {
        Rendezvous place = Rendezvous.onThisMachine(rank, workers, port);
        try (Collective group = TcpCollective.join(place, Workers.run(workers), settings)) {
            float[][] own = new float[1][values];
            float[] sum = new float[values];
            double[] millis = new double[repetitions];
            for (int i = -WARM_UP; i < repetitions; i++) {
                group.step(i + WARM_UP);
                Arrays.fill(own[0], rank + i);
                group.barrier();
                long before = System.nanoTime();
                for (int b = 0; b < buckets; b++) {
                    group.start(
                            own,
                            Layout.chunkStart(values, b, buckets),
                            Layout.chunkStart(values, b + 1, buckets),
                            sum);
                }
                group.await();
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - before) / 1e6;
                }
                check(sum, workers * i + workers * (workers - 1) / 2);
            }
            if (rank == 0) {
                Arrays.sort(millis);
                System.out.printf(
                        Locale.ROOT,
                        "%d workers, %,d bytes, %d buckets: %.3f ms (%.3f to %.3f)%n%s%n",
                        workers,
                        4L * values,
                        buckets,
                        millis[repetitions / 2],
                        millis[repetitions / 10],
                        millis[repetitions * 9 / 10],
                        group.report());
            }
        }
    }

    private static void check(float[] sum, int expected) {
        for (float value : sum) {
            if (value != expected) {
                throw new AssertionError("expected " + expected + ", got " + value);
            }
        }
    }
}
