/**
 * What the other SIMD packages stand on: the vector width ({@code Lanes}), scratch arrays, exp and
 * log, strided sums and transpositions.
 */
package io.github.lanewise.engine.internal.simd.support;
