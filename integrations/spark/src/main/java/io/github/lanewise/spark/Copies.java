package io.github.lanewise.spark;

import org.apache.spark.sql.Row;

import scala.Tuple2;

import java.util.Iterator;

/** Each row once for each worker: every worker will need every row, in one epoch or another. */
final class Copies implements Iterator<Tuple2<byte[], Boolean>> {

    private final Iterator<Row> rows;
    private final RowCodec codec;
    private final int workers;
    private byte[] row;
    private int next;

    Copies(Iterator<Row> rows, RowCodec codec, int workers) {
        this.rows = rows;
        this.codec = codec;
        this.workers = workers;
        this.next = workers;
    }

    @Override
    public boolean hasNext() {
        return next < workers || rows.hasNext();
    }

    @Override
    public Tuple2<byte[], Boolean> next() {
        if (next == workers) {
            row = codec.encode(rows.next());
            next = 0;
        }
        return new Tuple2<>(RowCodec.copy(row, next++), Boolean.TRUE);
    }
}
