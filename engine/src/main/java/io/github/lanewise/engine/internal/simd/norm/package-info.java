/**
 * Normalizations: of rows ({@code SimdNormalizations}) and of channels over a batch ({@code
 * SimdChannels}).
 */
package io.github.lanewise.engine.internal.simd.norm;
