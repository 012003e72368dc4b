package io.github.lanewise.spark;

import scala.Tuple3;

/**
 * What a worker ends with.
 *
 * @param model file with the trained network, from rank 0; else null
 * @param fault why training came to nothing, where doing it again would too; else null
 * @param report where its time went
 */
record Outcome(byte[] model, String fault, String report) {

    /** Returns it as a type that every serializer of Spark knows; not all know records. */
    Tuple3<byte[], String, String> toTuple() {
        return new Tuple3<>(model, fault, report);
    }

    static Outcome of(Tuple3<byte[], String, String> tuple) {
        return new Outcome(tuple._1(), tuple._2(), tuple._3());
    }
}
