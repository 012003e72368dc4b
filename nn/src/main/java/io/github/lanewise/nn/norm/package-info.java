/**
 * Normalizations over batches, layers and groups of channels.
 *
 * <p>Read {@link io.github.lanewise.nn.norm.BatchNorm2d} and {@link
 * io.github.lanewise.nn.norm.LayerNorm} first.
 */
package io.github.lanewise.nn.norm;
