/**
 * Attention over sequences and images: {@link io.github.lanewise.nn.attention.MultiheadAttention},
 * the encoder layer made of it, positions, and images as sequences of patches.
 *
 * <p>Read {@link io.github.lanewise.nn.attention.TransformerEncoderLayer} first.
 */
package io.github.lanewise.nn.attention;
