package io.github.lanewise.nn.distributed;

/**
 * One worker's place in a group of workers that train one model together.
 *
 * <p>A batch is cut into {@link #shards} equal runs of rows; worker {@code r} of {@code W} computes
 * the gradients of shards {@code r S / W} up to {@code (r + 1) S / W}, and {@link #allReduce} gives
 * every worker the sum of all S of them, in the order of {@link ShardTree}: the same bits for any
 * number of workers.
 *
 * <p>All workers make the same calls in the same order, with the same ranges. An instance is used
 * by one thread at a time. A call returns, or throws {@link WorkerLostException} within the
 * deadline once another worker is gone; after that every call throws it.
 */
public interface Collective extends AutoCloseable {

    /** The longest message of {@link #gather}, in bytes. */
    int LONGEST_MESSAGE = 1 << 16;

    /** Returns this worker's number, from 0. */
    int rank();

    /** Returns the number of workers. */
    int size();

    /** Returns the number of shards of the whole batch, a multiple of {@link #size}. */
    int shards();

    /** Returns the first of this worker's shards. */
    default int firstShard() {
        return rank() * ownShards();
    }

    /** Returns the number of this worker's shards, at least 1. */
    default int ownShards() {
        return shards() / size();
    }

    /**
     * Says to which step of training the calls that follow belong: for messages and reports, and
     * checked against the other workers'.
     *
     * @param number the step, from 0
     */
    void step(long number);

    /**
     * Starts to add one bucket of gradients, and returns before it is done: {@code into[i] = sum
     * over all S shards of shard[i]} for {@code from <= i < to}. Gradients of the last layers can
     * leave while those of the first are still being computed.
     *
     * <p>The range of all these arrays belongs to the collective until {@link #await} returns; the
     * shards' values in it are undefined then, as they are working memory.
     *
     * @param shards this worker's {@link #ownShards} arrays
     * @param from first index
     * @param to index after the last; equal to {@code from} for nothing
     * @param into receives the sum; may be {@code shards[0]}, and no other shard
     * @throws IllegalArgumentException if the number of arrays is wrong
     * @throws IndexOutOfBoundsException if an array does not hold the range
     * @throws IllegalStateException if too many buckets are under way (256), or the collective is
     *     closed
     * @throws WorkerLostException if a worker is lost
     */
    void start(float[][] shards, int from, int to, float[] into);

    /**
     * Waits until every bucket that was started is added; returns at once if there is none.
     *
     * @throws WorkerLostException if a worker is lost, or makes other calls than this one
     * @throws IllegalStateException if the thread is interrupted; the collective is of no use then
     */
    void await();

    /**
     * Adds one range of all shards' gradients: {@link #start}, then {@link #await}.
     *
     * @param shards this worker's {@link #ownShards} arrays; working memory
     * @param from first index
     * @param to index after the last
     * @param into receives the sum; may be {@code shards[0]}
     * @throws WorkerLostException if a worker is lost
     */
    default void allReduce(float[][] shards, int from, int to, float[] into) {
        start(shards, from, to, into);
        await();
    }

    /**
     * Copies rank 0's values to all workers.
     *
     * @param values the array; only read on rank 0, only written on the others
     * @param from first index
     * @param to index after the last
     * @throws WorkerLostException if a worker is lost
     */
    void broadcast(float[] values, int from, int to);

    /**
     * Gives every worker the message of every worker: for hashes, counts and the like.
     *
     * @param message this worker's, of at most {@link #LONGEST_MESSAGE} bytes; lengths may differ
     * @return the messages, by rank
     * @throws IllegalArgumentException if the message is too long
     * @throws WorkerLostException if a worker is lost
     */
    byte[][] gather(byte[] message);

    /**
     * Waits until every worker has come here.
     *
     * @throws WorkerLostException if a worker is lost
     */
    default void barrier() {
        gather(new byte[0]);
    }

    /** Returns where this worker's time and bytes went so far. */
    CollectiveReport report();

    /**
     * Leaves the group; does nothing the second time. Workers that still need this one are told,
     * and get a {@link WorkerLostException}.
     */
    @Override
    void close();
}
