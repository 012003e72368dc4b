/**
 * Optimizers, groups of parameters with rates of their own, and what is done beside a step: clip,
 * penalise, constrain.
 *
 * <p>Read {@link io.github.lanewise.nn.optim.Optimizer} first; {@link
 * io.github.lanewise.nn.optim.SGD} is the shortest one.
 */
package io.github.lanewise.nn.optim;
