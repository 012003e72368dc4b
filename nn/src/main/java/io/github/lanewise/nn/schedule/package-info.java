/**
 * Learning rates for each step or epoch, as functions of its number; each makes a callback for
 * {@code Trainer.fit}.
 *
 * <p>Read {@link io.github.lanewise.nn.schedule.Schedule} first.
 */
package io.github.lanewise.nn.schedule;
