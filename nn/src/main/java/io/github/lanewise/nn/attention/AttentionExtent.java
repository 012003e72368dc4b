package io.github.lanewise.nn.attention;

/**
 * How long the sequences of an attention are.
 *
 * @param queries steps that ask
 * @param keys steps that are asked
 * @param self whether they are the same
 */
record AttentionExtent(int queries, int keys, boolean self) {}
