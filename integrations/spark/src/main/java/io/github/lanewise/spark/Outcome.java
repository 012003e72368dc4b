package io.github.lanewise.spark;

import java.io.Serializable;

/**
 * What a worker ends with.
 *
 * @param model file with the trained network, from rank 0; else null
 * @param fault why training came to nothing, where doing it again would too; else null
 * @param report where its time went
 */
record Outcome(byte[] model, String fault, String report) implements Serializable {}
