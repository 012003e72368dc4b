package io.github.lanewise.nn.distributed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Groups of workers in the threads of one test, and gradients for them. */
final class Workers {

    static final TcpSettings SETTINGS =
            new TcpSettings()
                    .withDeadline(Duration.ofSeconds(10))
                    .withJoinWithin(Duration.ofSeconds(20));

    private static final long LIMIT_SECONDS = 60;

    private Workers() {}

    static RunIdentity run(int shards) {
        return new RunIdentity("a run", shards, "a model", "some data");
    }

    /** Opens any free port of the loopback device. */
    static ServerSocketChannel listener() throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        return server.bind(new InetSocketAddress(Rendezvous.LOOPBACK, 0));
    }

    static int port(ServerSocketChannel server) throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    static List<Collective> overTcp(int size, int shards) throws Exception {
        return overTcp(size, shards, SETTINGS);
    }

    static List<Collective> overTcp(int size, int shards, TcpSettings settings) throws Exception {
        ServerSocketChannel server = listener();
        int port = port(server);
        List<FutureTask<Collective>> joins = new ArrayList<>();
        for (int r = 0; r < size; r++) {
            int rank = r;
            joins.add(
                    start(
                            "join of rank " + r,
                            () ->
                                    TcpCollective.join(
                                            Rendezvous.onThisMachine(rank, size, port),
                                            run(shards),
                                            rank == 0 ? settings.withListener(server) : settings)));
        }
        List<Collective> workers = new ArrayList<>();
        for (int r = 0; r < size; r++) {
            workers.add(result("join of rank " + r, joins.get(r)));
        }
        server.close();
        return workers;
    }

    static <T> FutureTask<T> start(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name(name).start(task);
        return task;
    }

    static <T> T result(String name, FutureTask<T> task) throws Exception {
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(name + " hung for " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Does the same on every worker, each in its own thread; returns the results by rank. */
    static <T> List<T> onEach(List<Collective> workers, Function<Collective, T> work)
            throws Exception {
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (Collective worker : workers) {
            tasks.add(start("rank " + worker.rank(), () -> work.apply(worker)));
        }
        List<T> results = new ArrayList<>();
        for (FutureTask<T> task : tasks) {
            results.add(result("rank " + results.size(), task));
        }
        return results;
    }

    static void close(List<Collective> workers) throws Exception {
        onEach(
                workers,
                worker -> {
                    worker.close();
                    return null;
                });
    }

    /** Gradients whose sum depends on the order: of all magnitudes and both signs. */
    static float[][] gradients(int shards, int count, RandomGenerator random) {
        float[][] gradients = new float[shards][count];
        for (float[] gradient : gradients) {
            for (int i = 0; i < count; i++) {
                gradient[i] = (float) Math.scalb(random.nextDouble() - 0.5, random.nextInt(40));
            }
        }
        return gradients;
    }

    static float[][] copy(float[][] arrays, int from, int to) {
        float[][] copies = new float[to - from][];
        for (int i = from; i < to; i++) {
            copies[i - from] = arrays[i].clone();
        }
        return copies;
    }

    /** The definition, word for word. */
    static float naive(float[][] shards, int lo, int hi, int i) {
        if (hi - lo == 1) {
            return shards[lo][i];
        }
        int power = 1;
        while (2 * power < hi - lo) {
            power *= 2;
        }
        return naive(shards, lo, lo + power, i) + naive(shards, lo + power, hi, i);
    }

    static float[] naive(float[][] shards, int count) {
        float[] sum = new float[count];
        for (int i = 0; i < count; i++) {
            sum[i] = naive(shards, 0, shards.length, i);
        }
        return sum;
    }
}
