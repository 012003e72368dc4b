/**
 * The kernels on the Vector API, from which {@link
 * io.github.lanewise.engine.internal.simd.SimdKernels} makes a set. The packages below hold them by
 * job; {@code gemm}, with {@code BlockedProduct} and {@code FullTile}, is the one to read first.
 *
 * <p>Vectors live in local variables only, and C2 knows the class of each that is asked to compute;
 * see "What C2 wants" in the engine's DESIGN.md.
 */
package io.github.lanewise.engine.internal.simd;
