/**
 * Cuts calls into parts that do not depend on each other and runs them on a team of threads; knows
 * no arithmetic. Read {@link io.github.lanewise.engine.internal.parallel.ParallelKernels} first,
 * then {@code Team}.
 */
package io.github.lanewise.engine.internal.parallel;
