/** Pointwise losses with their derivatives. Read {@code SimdLosses} first. */
package io.github.lanewise.engine.internal.simd.loss;
