/**
 * Optimizers, groups of parameters with rates of their own, and what is done beside a step: clip,
 * penalize, constrain.
 *
 * <p>Read {@link io.github.lanewise.nn.optim.Optimizer} first; {@link
 * io.github.lanewise.nn.optim.SGD} is the shortest one. Rules are fused passes of the engine on all
 * threads, but those of {@link io.github.lanewise.nn.optim.LoopOptimizer}, a program's own among
 * them, which are loops on the caller's thread: {@link io.github.lanewise.nn.optim.NAdam}, RAdam,
 * Adamax, Rprop and ASGD.
 */
package io.github.lanewise.nn.optim;
