package io.github.lanewise.spark;

import org.apache.spark.Partitioner;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A row on its way to one of the workers.
 *
 * @param worker its rank
 * @param bytes of {@link RowCodec}
 */
record RowKey(int worker, byte[] bytes) implements Serializable {

    /** Orders the rows of a worker. */
    static final class Order implements Comparator<RowKey>, Serializable {

        private static final long serialVersionUID = 1;

        @Override
        public int compare(RowKey a, RowKey b) {
            return RowCodec.compare(a.bytes, b.bytes);
        }
    }

    /** Sends each row to its worker. */
    static final class ByWorker extends Partitioner {

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
            return ((RowKey) key).worker;
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
}
