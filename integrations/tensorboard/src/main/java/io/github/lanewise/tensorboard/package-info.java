/**
 * Writes what TensorBoard shows.
 *
 * <p>Read {@link io.github.lanewise.tensorboard.TensorBoard} first.
 */
package io.github.lanewise.tensorboard;
