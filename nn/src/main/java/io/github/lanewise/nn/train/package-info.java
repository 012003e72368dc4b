/**
 * The training loop: {@link io.github.lanewise.nn.train.Trainer} for all of it, {@link
 * io.github.lanewise.nn.train.TrainingStep} for those who write the loop themselves.
 *
 * <p>Read {@code Trainer} first.
 */
package io.github.lanewise.nn.train;
