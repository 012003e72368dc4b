package io.github.lanewise.nn.distributed;

import io.github.lanewise.nn.internal.Threads;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Workers in several processes, on one machine or on many, connected each to each by TCP.
 *
 * <p>A reduction takes two rounds: every worker sends each other worker that one's chunk of its
 * gradients, adds the chunk that it owns in the order of {@link ShardTree}, and sends the sum to
 * all. So each sends and receives {@code 2 (W - 1) / W} times the gradient's bytes, if S/W is a
 * power of two, as a ring does, but in two rounds instead of {@code 2 (W - 1)}. A thread of its own
 * moves the bytes; nothing is allocated once every size has been seen.
 *
 * <p>Bytes are checked against damage (CRC32C), and neither encrypted nor signed unless {@link
 * TcpSettings#withTls} says so: like MPI and Gloo it then belongs into a network that can be
 * trusted, and therefore listens on the loopback device unless told otherwise.
 */
public final class TcpCollective implements Collective {

    private final int rank;
    private final int size;
    private final int shards;
    private final NetworkLoop loop;
    private final Mailbox mailbox;
    private final Thread thread;
    private final Layout sums;
    private final Layout broadcasts;
    private final Stopwatch watch;
    private final List<Operation> pool = new ArrayList<>();
    private final Operation[] underWay = new Operation[Mailbox.MOST];
    private int count;
    private boolean closed;

    private TcpCollective(int rank, int size, int shards, NetworkLoop loop) {
        this.rank = rank;
        this.size = size;
        this.shards = shards;
        this.loop = loop;
        this.mailbox = loop.mailbox();
        this.sums = Layout.ofShards(size, shards);
        this.broadcasts = Layout.ofRankZero(size);
        this.watch = new Stopwatch(rank, size);
        this.thread = Thread.ofPlatform().daemon().name("lanewise-rank-" + rank).start(loop);
    }

    /**
     * Meets the other workers; returns when all are connected.
     *
     * @param place this worker's rank and where rank 0 listens
     * @param run what all must agree on
     * @param settings deadlines and encryption
     * @return the group; a {@link LocalCollective} if there is but one worker
     * @throws IllegalArgumentException if the number of workers does not divide that of shards, or
     *     this worker would listen on loopback for others that are elsewhere
     * @throws IOException if not all came in time, or a worker was refused: says who and why
     */
    public static Collective join(Rendezvous place, RunIdentity run, TcpSettings settings)
            throws IOException {
        Calls.checkShards(place.size(), run.shards());
        if (place.size() == 1) {
            return LocalCollective.alone(run.shards());
        }
        place.checkBind();
        NetworkLoop loop =
                new NetworkLoop(
                        place.rank(),
                        Mesh.connect(place, run, settings),
                        settings.deadline().toNanos());
        return new TcpCollective(place.rank(), place.size(), run.shards(), loop);
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int shards() {
        return shards;
    }

    @Override
    public void step(long number) {
        watch.step();
        mailbox.step(number);
    }

    @Override
    public void start(float[][] own, int from, int to, float[] into) {
        check("start");
        Calls.check(this, own, from, to, into);
        watch.enter();
        try {
            int first = sums.firstNode(rank);
            for (int node = first; node < first + sums.nodesOf(rank); node++) {
                ShardTree.add(
                        own, sums.lo(node) - firstShard(), sums.hi(node) - firstShard(), from, to);
            }
            Operation operation = idle();
            operation.prepareSum(mailbox.nextNumber(), mailbox.step(), sums, own, from, to, into);
            post(operation);
        } finally {
            watch.leave();
        }
    }

    @Override
    public void await() {
        check("await");
        watch.enter();
        try {
            for (int i = 0; i < count; i++) {
                long before = System.nanoTime();
                mailbox.waitFor(underWay[i]);
                watch.waitedFor(underWay[i].lastFrom, System.nanoTime() - before);
            }
            for (int i = 0; i < count; i++) {
                underWay[i].idle = true;
            }
            count = 0;
        } finally {
            watch.leave();
        }
    }

    @Override
    public void broadcast(float[] values, int from, int to) {
        check("broadcast");
        Objects.checkFromToIndex(from, to, values.length);
        Operation operation = idle();
        float[][] own = {values};
        operation.prepareSum(
                mailbox.nextNumber(), mailbox.step(), broadcasts, own, from, to, values);
        post(operation);
        await();
    }

    @Override
    public byte[][] gather(byte[] message) {
        check("gather");
        Calls.checkMessage(message);
        Operation operation = idle();
        operation.prepareGather(mailbox.nextNumber(), mailbox.step(), message);
        post(operation);
        await();
        return operation.messages();
    }

    /** Returns an operation that can be used again; the first in order, so that sizes recur. */
    private Operation idle() {
        if (count == Mailbox.MOST) {
            throw new IllegalStateException(
                    "start: %s buckets are under way; await them first".formatted(count));
        }
        for (int i = 0; i < pool.size(); i++) {
            if (pool.get(i).idle) {
                return pool.get(i);
            }
        }
        Operation operation = new Operation(rank, size);
        pool.add(operation);
        return operation;
    }

    private void post(Operation operation) {
        underWay[count++] = operation;
        mailbox.post(operation);
    }

    private void check(String call) {
        if (closed) {
            throw new IllegalStateException(call + ": the collective is closed");
        }
        mailbox.checkAlive();
    }

    @Override
    public CollectiveReport report() {
        return watch.report(loop.sendNanos(), loop.bytesSent(), loop.bytesReceived());
    }

    @Override
    public void close() {
        closed = true;
        mailbox.close();
        Threads.join(thread);
    }
}
