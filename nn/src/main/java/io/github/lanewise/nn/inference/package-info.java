/**
 * Predictions by any number of threads at a time.
 *
 * <p>Read {@link io.github.lanewise.nn.inference.InferenceSession}; the rest is behind it.
 */
package io.github.lanewise.nn.inference;
