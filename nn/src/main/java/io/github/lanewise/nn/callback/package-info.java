/**
 * What to do while a {@link io.github.lanewise.nn.train.Trainer} trains: stop in time, keep the
 * best weights, log.
 *
 * <p>Read {@link io.github.lanewise.nn.callback.EarlyStopping} first.
 */
package io.github.lanewise.nn.callback;
