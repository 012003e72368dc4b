package io.github.lanewise.spark;

import org.apache.spark.Partitioner;

/** Sends each row to the worker whose rank it begins with. */
final class ByWorker extends Partitioner {

    private static final long serialVersionUID = 1;

    private final int workers;

    ByWorker(int workers) {
        this.workers = workers;
    }

    @Override
    public int numPartitions() {
        return workers;
    }

    @Override
    public int getPartition(Object key) {
        return RowCodec.worker((byte[]) key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByWorker same && same.workers == workers;
    }

    @Override
    public int hashCode() {
        return workers;
    }
}
