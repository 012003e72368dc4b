/**
 * Operations along rows: softmax, its logarithm, cross-entropy, sums and dot products. Read {@code
 * SimdRows} first.
 */
package io.github.lanewise.engine.internal.simd.rows;
