package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long does it take to add a gradient over several processes of this machine? Prints the
 * median, the tenth and the ninetieth percentile of one all-reduce in milliseconds, on rank 0.
 *
 * <pre>
 * java -cp target/classes:target/test-classes \
 *     io.github.lanewise.nn.distributed.AllReduceBenchmark [workers] [bytes] [repetitions] [buckets]
 * </pre>
 *
 * <p>It starts the other workers itself, unless it was started by a launcher that {@link
 * Rendezvous} knows: then it measures between machines.
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
        Optional<Rendezvous> launched = Rendezvous.from(System.getenv());
        if (launched.isPresent()) {
            run(launched.get(), values, repetitions, buckets, Workers.SETTINGS);
            return;
        }
        List<Process> others = new ArrayList<>();
        try (ServerSocketChannel server = Workers.listener()) {
            int port = Workers.port(server);
            for (int r = 1; r < workers; r++) {
                others.add(start(arguments, r, workers, port));
            }
            Rendezvous zero = Rendezvous.onThisMachine(0, workers, port);
            run(zero, values, repetitions, buckets, Workers.SETTINGS.withListener(server));
        } finally {
            others.forEach(Process::destroy);
        }
    }

    private static int number(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static Process start(String[] arguments, int rank, int workers, int port)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(AllReduceBenchmark.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("LANEWISE_RANK", Integer.toString(rank));
        builder.environment().put("LANEWISE_SIZE", Integer.toString(workers));
        builder.environment().put("LANEWISE_COORDINATOR", Rendezvous.LOOPBACK + ":" + port);
        return builder.start();
    }

    private static void run(
            Rendezvous place, int values, int repetitions, int buckets, TcpSettings settings)
            throws IOException {
        int rank = place.rank();
        int workers = place.size();
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
                    int from = Layout.chunkStart(values, b, buckets);
                    int to = Layout.chunkStart(values, b + 1, buckets);
                    group.start(own, from, to, sum);
                }
                group.await();
                if (i >= 0) {
                    millis[i] = (System.nanoTime() - before) / 1e6;
                }
                check(sum, workers * i + workers * (workers - 1) / 2);
            }
            if (rank == 0) {
                print(workers, values, buckets, millis, group.report());
            }
        }
    }

    private static void print(
            int workers, int values, int buckets, double[] millis, CollectiveReport report) {
        Arrays.sort(millis);
        int n = millis.length;
        System.out.printf(
                Locale.ROOT,
                "%d workers, %,d bytes, %d buckets: %.3f ms (%.3f to %.3f)%n%s%n",
                workers,
                4L * values,
                buckets,
                millis[n / 2],
                millis[n / 10],
                millis[n * 9 / 10],
                report);
    }

    private static void check(float[] sum, int expected) {
        for (float value : sum) {
            if (value != expected) {
                throw new AssertionError("expected " + expected + ", got " + value);
            }
        }
    }
}
