/**
 * Losses: how far predictions are from targets, and the gradient of that.
 *
 * <p>Read {@link io.github.lanewise.nn.loss.Loss} first, then {@link
 * io.github.lanewise.nn.loss.SoftmaxCrossEntropy}.
 */
package io.github.lanewise.nn.loss;
