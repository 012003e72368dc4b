/**
 * What all kernel sets share: an interface for each family of kernels, {@link
 * io.github.lanewise.engine.internal.KernelSet}, {@link io.github.lanewise.engine.internal.Family},
 * and the sums and choices that each set must make alike. Read {@code ProductKernels} first, then
 * {@code KernelSet}.
 */
package io.github.lanewise.engine.internal;
